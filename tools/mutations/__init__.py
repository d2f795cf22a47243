"""Power of the tests: small faults put into a copy of the tree, one at a time, to be found."""
