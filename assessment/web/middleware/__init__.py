"""What every request and answer pass through."""
