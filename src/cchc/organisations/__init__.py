"""Administrative units through time: codes, titles, parents, lineage, and the schedules they keep."""
