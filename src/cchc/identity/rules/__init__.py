"""Arithmetic of identity: sign-in names, one-time passwords, the rows of a list of people."""
