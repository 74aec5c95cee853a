"""What somebody wants to read in the journal, and whether it still holds."""
