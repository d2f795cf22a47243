"""The result of a round for other programs: figures one by one, and their dictionary."""
