"""The forms of the reference data, and filled forms as files."""
