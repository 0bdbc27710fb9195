"""Input of reports: citizens, desk, field."""
