"""Organisations: what they say of themselves, who is a member, who is invited."""
