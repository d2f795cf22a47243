"""The bank as a form for other programs (XLSForm)."""
