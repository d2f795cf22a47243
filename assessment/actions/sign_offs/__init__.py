"""Both sides sign the result of a round, or say why not."""
