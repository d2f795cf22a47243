"""Kills the worker while it mails: nothing is lost, and a copy too many is counted."""
