"""The report on the screen: its sections on pages of their own, and the way between them."""
