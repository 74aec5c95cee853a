"""The arithmetic of units: codes, titles, places in the tree, lineage."""
