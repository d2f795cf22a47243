"""Speed and weight, each beside its floor: the smallest code that does the same work."""
