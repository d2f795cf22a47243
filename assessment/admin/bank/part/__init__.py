"""What the screens of all parts of the bank share."""
