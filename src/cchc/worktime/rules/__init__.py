"""The arithmetic of working time. Pure: no tables, no clock on the wall, no settings."""
