"""Fixtures for every test of the repository, in src/ and in tests/."""

pytest_plugins = ["tests.fixtures"]
