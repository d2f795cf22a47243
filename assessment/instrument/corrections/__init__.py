"""Typing errors put right in published texts, and what no correction may change."""
