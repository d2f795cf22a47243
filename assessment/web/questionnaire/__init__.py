"""The questionnaire: its pages, forms, fields and how far a person has come."""
