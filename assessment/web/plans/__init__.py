"""The plan of a round: its page, its lines, what is taken into it, and its files."""
