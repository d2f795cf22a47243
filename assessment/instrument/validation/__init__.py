"""Whether an edition is whole: what keeps it from being published, as data."""
