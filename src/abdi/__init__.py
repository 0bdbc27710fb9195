"""Abdi: open-source software for Indonesian local governments."""
