"""Measurements against the bare minimum; both sides of each comparison run in turns."""
