"""Units and their lineage: the agency as a tree, one unit through time, the whole directory, and what may happen to a unit."""
