"""Pages of competence."""
