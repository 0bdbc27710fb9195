"""The formats as template filters, bound to the reader's language and the institution's zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from django.utils.translation import get_language

from abdi.platform import clock
from abdi.platform.pages import formats
from abdi.platform.pages.kept import refuse_in_kept


def _lang() -> str:
    return get_language() or formats.INDONESIAN


def _day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


def _of_day(function: Callable[..., str]) -> Callable[[date | datetime], str]:
    def apply(value: date | datetime) -> str:
        return function(_day(value), _lang())

    return apply


def _of_moment(function: Callable[..., str]) -> Callable[[datetime], str]:
    def apply(value: datetime) -> str:
        return function(value, clock.zone(), _lang())

    return apply


def _spoken(function: Callable[..., str]) -> Callable[..., str]:
    def apply(value: Any, *args: Any, **kwargs: Any) -> str:
        return function(value, *args, lang=_lang(), **kwargs)

    return apply


def _span(first: date, last: date) -> str:
    return formats.date_span(first, last, _lang())


def _time(value: datetime) -> str:
    return formats.clock_time(value, clock.zone())


def _hour(value: datetime) -> str:
    return formats.hour(value, clock.zone())


def _ago(value: datetime, now: datetime | None = None) -> str:
    if now is None:
        refuse_in_kept("how long ago something was")
    return formats.relative(value, now or clock.now(), clock.zone(), _lang())


def _table_day(value: date | datetime) -> str:
    return formats.date_table(_day(value))


def _dash(value: Any) -> Any:
    return "–" if value is None or value == "" else value


def _groupby_kept(rows: Iterable[Any], name: str) -> list[tuple[Any, list[Any]]]:
    """Neighbours with the same attribute together, in the order given."""
    return [(key, list(group)) for key, group in groupby(rows, key=lambda row: getattr(row, name))]


def _label(value: Any) -> str:
    from abdi.platform.labels import label

    return str(label(value))


ALL: Final[dict[str, Callable[..., Any]]] = {
    "date": _of_day(formats.date_long),
    "date_plain": _of_day(formats.date_plain),
    "date_short": _of_day(formats.date_short),
    "date_table": _table_day,
    "date_to": _span,
    "month": _of_day(formats.month_year),
    "time": _time,
    "hour": _hour,
    "moment": _of_moment(formats.moment_long),
    "moment_short": _of_moment(formats.moment_short),
    "machine": formats.moment_machine,
    "ago": _ago,
    "minutes": _spoken(formats.duration),
    "minutes_short": _spoken(formats.duration_short),
    "number": _spoken(formats.number),
    "decimal": _spoken(formats.decimal),
    "percent": _spoken(formats.percent),
    "percent_of": _spoken(formats.percent_of),
    "rupiah": _spoken(formats.rupiah),
    "rupiah_round": _spoken(formats.rupiah_round),
    "nip": formats.nip,
    "phone": formats.phone,
    "phone_masked": formats.phone_masked,
    "receipt": formats.receipt,
    "initials": formats.initials,
    "bare_name": formats.bare_name,
    "dash": _dash,
    "label": _label,
    "groupby_kept": _groupby_kept,
}
