"""The Jinja environment."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """Jinja with strict names and escaping."""
    return Environment(  # noqa: S701 - escapes
        **{**options, "undefined": StrictUndefined, "autoescape": True}
    )
