"""Settings, addresses, the schedule and the import contracts of the installation."""
