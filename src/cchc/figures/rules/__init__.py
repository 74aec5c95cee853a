"""Half-months, sums of flows, the registry. No Django, no clock."""
