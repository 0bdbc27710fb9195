"""Pages of leave and presence."""
