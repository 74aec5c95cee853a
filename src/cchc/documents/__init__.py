"""Papers: which form a day asks for, its number, its PDF, and the bytes that were handed over."""
