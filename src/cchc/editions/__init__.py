"""Which edition of the stored data a page is drawn from."""
