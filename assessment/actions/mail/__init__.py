"""Messages: written into the outbox, prepared, sent, and let go."""
