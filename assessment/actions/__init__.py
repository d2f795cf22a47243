"""Every write that spans models: one verb a function."""
