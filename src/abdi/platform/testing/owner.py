"""What only the owner of the database can do, for tests of what the program must not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the login role of PostgreSQL inside the block; elsewhere nothing changes."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield
        cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.ABDI_DB_ROLE)}")
