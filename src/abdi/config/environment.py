"""Reading the environment: typed, loud, and with a list of the names that are known."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(SystemExit):
    """A setting is missing, unknown or unreadable; the message says what to do."""


class Environment:
    """Typed access to environment variables that remembers which names were asked for."""

    ALSO_KNOWN = frozenset({"ABDI_TEST_NO_GATE", "ABDI_CHROMIUM", "ABDI_SHARED"})

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.asked: set[str] = set(self.ALSO_KNOWN)

    def text(self, name: str, default: str) -> str:
        """The value as text."""
        self.asked.add(name)
        return self.values.get(name, default)

    def flag(self, name: str) -> bool:
        """True for 1, true, yes; false where empty or absent."""
        value = self.text(name, "").lower()
        if value not in ("", "0", "false", "no", "1", "true", "yes"):
            raise BadSetting(f"{name} must be 1 or 0, not {value!r}.")
        return value in ("1", "true", "yes")

    def number(self, name: str, default: int) -> int:
        """The value as a whole number from 0 up."""
        value = self.text(name, str(default))
        if not value.isdigit():
            raise BadSetting(f"{name} must be a whole number, not {value!r}.")
        return int(value)

    def choice(self, name: str, *offered: str) -> str:
        """One of the offered words; the first where it is empty or absent."""
        value = self.text(name, "") or offered[0]
        if value not in offered:
            raise BadSetting(f"{name} must be {' or '.join(offered)}, not {value!r}.")
        return value

    def words(self, name: str, default: str) -> list[str]:
        """The value as a list, separated by commas."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def refuse_unknown(self) -> None:
        """Stop where the environment has an ABDI_ name that no setting reads."""
        unknown = sorted(
            name for name in self.values if name.startswith("ABDI_") and name not in self.asked
        )
        if unknown:
            raise BadSetting(f"Unknown setting {', '.join(unknown)}: see docs/guides/operator.md.")

    @staticmethod
    def importable(name: str) -> bool:
        """Whether a module can be found (a slimmer installation may leave modules out)."""
        return importlib.util.find_spec(name) is not None

    @staticmethod
    def mail(url: str) -> dict[str, Any]:
        """Django's mail settings from smtp://user:password@host:port?tls=1."""
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        return {
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or 25,
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": options.get("tls") == "1",
            "EMAIL_TIMEOUT": 10,
        }


SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;"
    "PRAGMA foreign_keys=ON;PRAGMA cache_size=-32000;PRAGMA temp_store=MEMORY;"
)


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's database settings from DATABASE_URL; empty means SQLite in the data folder."""
    if not url:
        url = f"sqlite:///{data / 'abdi.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path)[1:] if parts.netloc == "" else unquote(parts.path))
    if parts.scheme in ("postgres", "postgresql"):
        return _postgresql(url)
    raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql://.")


def _sqlite(name: str) -> dict[str, Any]:
    path = name if name.startswith("/") else f"/{name}"
    return {
        "ENGINE": "abdi.platform.db.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_START,
        },
        "TEST": {"NAME": f"{path}.test"},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    host = unquote(parts.netloc.rpartition("@")[2])
    port = ""
    if not host.startswith("/"):
        host, port = parts.hostname or "", str(parts.port or "")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "abdi.platform.db.postgresql",
        "NAME": unquote(parts.path[1:]) or "abdi",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", host),
        "PORT": port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": "-c lock_timeout=3000 -c statement_timeout=15000 "
            "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed",
            **options,
        },
    }
