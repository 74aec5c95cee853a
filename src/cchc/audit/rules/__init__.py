"""The arithmetic of the chain."""
