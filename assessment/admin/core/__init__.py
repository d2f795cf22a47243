"""What every screen of the administration shares."""
