"""Pages that cross modules."""
