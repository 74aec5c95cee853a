"""Messages to applicants and officials: kept, sent, tried again."""
