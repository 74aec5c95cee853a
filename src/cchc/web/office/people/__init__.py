"""The room «Người và vị trí»: accounts, posts through time, passwords, lists from Excel."""
