"""The office: where an administrator keeps calendar, units, people, procedures, papers, seals and jobs."""
