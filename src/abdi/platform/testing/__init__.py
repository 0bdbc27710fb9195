"""Helpers for tests of every floor."""

from abdi.platform.testing.owner import as_owner
from abdi.platform.testing.queries import counted_queries
from abdi.platform.testing.web import sign_in_as

__all__ = ["as_owner", "counted_queries", "sign_in_as"]
