"""Questions to the database that are no model's own."""
