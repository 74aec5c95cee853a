"""Statutory reports: forms as data, filled from figures, locked, signed and sent up."""
