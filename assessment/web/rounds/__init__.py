"""Rounds of several: how a respondent comes in, and what a facilitator works with."""
