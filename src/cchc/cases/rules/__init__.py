"""The arithmetic of the law for cases: transitions, intake checks, codes, timeliness. No Django, no clock."""
