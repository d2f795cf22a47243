"""What the method says to thousands of invented schemes, counted: `manage.py simulate`."""
