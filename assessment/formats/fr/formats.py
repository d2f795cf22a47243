"""French says “à” between a day and its hour."""

DATETIME_FORMAT = "j F Y à H:i"
