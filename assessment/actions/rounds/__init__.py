"""Writes to rounds: made, opened, closed, agreed on."""
