"""Try out what is written: rules, conditions, pages of the questionnaire."""
