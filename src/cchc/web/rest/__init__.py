"""Open data for everybody, and the API for programs. Reads, never writes."""
