"""Labels of choices in the reader's language: for columns, forms and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy

from abdi.platform.choices import Choice

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def pairs(kind: type[Choice]) -> list[tuple[str, _StrPromise]]:
    """Code and lazy label of every member, as Django's `choices=` wants them."""
    return [(member.value, gettext_lazy(member.text)) for member in kind]


def label(value: str | None, kind: type[Choice] | None = None) -> str:
    """The label of a member, or of a stored code where its kind is named; empty for nothing.

    Raises ValueError for a code the kind does not know.
    """
    if isinstance(value, Choice):  # the one whose code is empty, too
        return gettext(value.text)
    if not value:
        return ""
    return gettext(kind(value).text) if kind is not None else value
