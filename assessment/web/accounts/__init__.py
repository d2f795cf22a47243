"""Accounts of those who work on the site: signing in, second factors, sessions, addresses."""
