"""Hostile requests: what is sent, where to, and what no answer to one may be."""
