"""Writes to editions of the question bank."""
