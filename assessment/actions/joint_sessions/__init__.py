"""A closed round talks about its answers: question by question, and what it agrees on."""
