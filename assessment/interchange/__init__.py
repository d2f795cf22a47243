"""The forms that bank, answers and results take outside the program; no Django, no database."""
