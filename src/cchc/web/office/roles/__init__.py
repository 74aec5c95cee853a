"""The room «Quyền»: which role may do what, and who holds it."""
