"""Long lists: paging without counting everything, sorting and filters that live in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from abdi.platform.text import BadText, clean_text

PER_PAGE = 25
LAST_PAGE = 4_000


class Shown(NamedTuple):
    """Which rows of a list a page shows; what stands below it says no more than this."""

    number: int
    first: int
    last: int
    total: int | None
    has_previous: bool
    has_next: bool


@dataclass(frozen=True)
class Page:
    """The rows of one page. `total` is None where counting would cost more than it tells."""

    rows: Sequence[Any]
    number: int
    per_page: int
    has_next: bool
    total: int | None = None

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before this one."""
        return self.number > 1

    @property
    def first(self) -> int:
        """The place of the first row in the whole list, from 1; 0 for an empty page."""
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The place of the last row in the whole list."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def shown(self) -> Shown:
        """The page without its rows."""
        return Shown(
            self.number, self.first, self.last, self.total, self.has_previous, self.has_next
        )


def page_of(
    rows: QuerySet[Any] | Sequence[Any],
    request: HttpRequest,
    *,
    per_page: int = PER_PAGE,
    total: int | None = None,
    key: str = "hal",
) -> Page:
    """The page that the address asks for (`?hal=3`). One query: a row more than shown is read.

    An unreadable or absurd number counts as the first or the last page; nothing is raised.
    """
    number = page_number(request.GET.get(key, "1"))
    start = (number - 1) * per_page
    found = list(rows[start : start + per_page + 1])
    return Page(found[:per_page], number, per_page, len(found) > per_page, total)


def page_number(text: str) -> int:
    """A page number from the address, between 1 and LAST_PAGE."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return 1
    return min(max(int(text), 1), LAST_PAGE)


def sort_of(
    request: HttpRequest, allowed: Mapping[str, str], default: str, *, key: str = "urut"
) -> str:
    """The ordering asked for, as a column of `allowed`: `?urut=nama`; `?urut=-nama` turns it.

    An unknown word counts as `default`. The value is safe for `order_by`.
    """
    asked = request.GET.get(key, default)
    word = asked.removeprefix("-")
    if word not in allowed:
        asked, word = default, default.removeprefix("-")
    column = allowed[word]
    if not asked.startswith("-"):
        return column
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"


def asked(request: HttpRequest, key: str, limit: int = 100) -> str:
    """A word of the address (`?q=lampu`), cleaned; empty where it is missing, bad or too long."""
    try:
        return clean_text(request.GET.get(key, ""), limit, lines=False).strip()
    except BadText:
        return ""


def with_query(request: HttpRequest, **changes: Any) -> str:
    """This address with some of its questions changed; None takes one away. For links in lists."""
    kept = {name: request.GET.getlist(name) for name in request.GET}
    for name, value in changes.items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = [str(value)]
    return f"?{urlencode(kept, doseq=True)}" if kept else request.path
