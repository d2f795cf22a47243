"""Writes to responses, from start to result."""
