"""The desk: where officials receive, process, sign and hand over."""
