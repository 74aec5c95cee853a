"""The journal: append-only, one hash chain per stream, private parts that can be forgotten."""
