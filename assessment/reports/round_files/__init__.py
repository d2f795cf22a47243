"""The result of a round as files for other programs, in the reader's words."""
