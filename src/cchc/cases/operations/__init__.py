"""What happens to a case when somebody acts: one file per behaviour, each one transaction with its journal entry."""
