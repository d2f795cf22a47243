"""Writes to the accounts of those who work in the administration."""
