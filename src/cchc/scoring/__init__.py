"""The index engine: sets of criteria as data, rule kinds, points, ranks."""
