"""What people do with reports: lock, explain, sign, send, receive, return."""
