"""Languages of an edition and their texts beside the source."""
