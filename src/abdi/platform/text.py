"""Text from people, made safe to store: the same on SQLite and PostgreSQL."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext_lazy as _

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_COMPOSING = 4  # NFC never needs more than four characters in for one out


class BadInput(ValueError):
    """Input that is refused; the message is a sentence for the person who sent it. Answer: 422."""

    field = ""

    def __init__(self, message: Any, code: str = "bad") -> None:
        super().__init__(message)
        self.message = message
        self.code = code

    def __str__(self) -> str:
        return str(self.message)


class BadText(BadInput):
    """Text that is refused."""


def clean_text(value: object, limit: int, *, lines: bool = True) -> str:
    """Return `value` in NFC with `\\n` line ends, or raise BadText.

    `limit` is the most characters allowed after cleaning; longer text is refused, never cut.
    With `lines=False` a line break is refused too. Refused as well: NUL and other control
    characters (tab apart), lone surrogates and code points that are no characters.
    """
    if not isinstance(value, str):
        raise BadText(_("Please write text here."), "type")
    if len(value) > limit * _COMPOSING:
        raise too_long(limit)
    if _SURROGATE.search(value):
        raise BadText(_("This text holds a broken character. Please type it again."), "surrogate")
    text = _NEWLINES.sub("\n", value)
    if _CONTROL.search(text) or any(_is_nothing(char) for char in text):
        raise BadText(
            _("This text holds a hidden control character. Please type it again."), "control"
        )
    text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise too_long(limit)
    if not lines and "\n" in text:
        raise BadText(_("Please write this on one line."), "lines")
    return text


def too_long(limit: int) -> BadText:
    """The refusal of text longer than `limit` characters."""
    return BadText(_("Please use at most %(limit)d characters.") % {"limit": limit}, "limit")


def _is_nothing(char: str) -> bool:
    point = ord(char)
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
