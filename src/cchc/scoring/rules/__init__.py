"""The arithmetic of scoring. Pure: no tables, no clock on the wall, no settings, no binary floats."""
