"""What may happen to the journal: entries are added, private parts are erased."""
