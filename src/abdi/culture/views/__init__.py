"""Pages of culture."""
