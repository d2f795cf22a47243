"""The plan of a round: lines taken from advice or written by oneself, changed and let go."""
