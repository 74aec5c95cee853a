"""Every published number, once: definitions, rollups, drill-down, imported values."""
