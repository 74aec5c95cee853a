"""The official calendar: a year at a glance, its days off and swaps, how far it can be trusted, hours fixed by law."""
