"""The published catalogue of administrative procedures: versions, terms, fees, papers, results and process steps."""
