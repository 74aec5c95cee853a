"""What happens to the catalogue when somebody acts."""
