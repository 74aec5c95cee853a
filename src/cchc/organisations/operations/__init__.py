"""What happens when somebody acts on units."""
