"""The screens of the question bank, one file a part."""
