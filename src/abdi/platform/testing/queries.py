"""A budget of SQL queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def counted_queries(at_most: int) -> Iterator[CaptureQueriesContext]:
    """Fail where a block asks the database more than `at_most` times; lists the queries."""
    with CaptureQueriesContext(connection) as found:
        yield found
    if len(found) > at_most:
        asked = "\n".join(query["sql"][:200] for query in found.captured_queries)
        raise AssertionError(f"{len(found)} queries, at most {at_most} allowed:\n{asked}")
