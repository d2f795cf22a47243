"""Slow, idle and odd connections from a second process, while people save."""
