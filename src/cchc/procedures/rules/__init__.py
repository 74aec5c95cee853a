"""Arithmetic of the catalogue: reading published texts, fees, the shape of a version, ranking a search. No Django, no clock."""
