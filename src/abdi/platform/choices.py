"""Choices: codes for the database with an English label, free of Django.

`labels.py` translates them. Labels are wrapped in `N_` so that extraction finds them:

    class Status(Choice):
        NEW = "new", N_("New")
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


def N_(text: str) -> str:  # noqa: N802 - the name extraction tools look for
    """Mark a text for translation without translating it."""
    return text


class Choice(StrEnum):
    """A code (`value`) with its English label (`text`)."""

    text: str

    def __new__(cls, value: str, text: str = "") -> Self:
        """Make a member from its code and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.text = text or value
        return member

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        """All codes in the order they are written."""
        return tuple(member.value for member in cls)
