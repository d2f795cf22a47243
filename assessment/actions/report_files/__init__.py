"""The PDFs of reports: asked for, printed by one at a time, and let go."""
