"""Shift scheduling: who works which shift on which day, at the least cost.

Reads the public benchmark format, checks a roster against the public rules, and searches for a
good one. Knows nothing of Django or the database; the search runs in processes of its own.
"""
