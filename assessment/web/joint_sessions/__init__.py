"""Pages of the joint session: for who leads it, for the wall, and for each own device."""
