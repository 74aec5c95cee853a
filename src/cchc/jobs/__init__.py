"""Jobs: what runs in the background, how far long work is, and what failed."""
