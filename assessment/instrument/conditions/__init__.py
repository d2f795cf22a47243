"""The condition language of questions and rules: grammar, evaluation, domains, checks."""
