"""The screens of the question bank, one file a kind of part."""
