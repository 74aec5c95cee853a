"""The numbers this module owns, and the cases behind each."""
