"""The database of the run: SQLite in a folder, or a fresh database of the PostgreSQL at hand."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.kill.place import Place, installed


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """Address of an empty database."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'kill.sqlite3'}"
        return
    import psycopg

    name = f"kill_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    """An installation of its own."""
    with installed(tmp_path, database_url) as ready:
        yield ready
