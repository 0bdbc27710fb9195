"""Pages of reports: citizens, desk, field."""
