"""What the cells of a city's file mean: headings, numbers, days, times, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

HEADER_WITHIN: Final = 15
"""Title lines that may stand above the headings."""
EXCEL_EPOCH: Final = date(1899, 12, 30)
EXCEL_DAYS: Final = range(30_000, 80_000)
LONGEST_NUMBER: Final = 25
YEARS: Final = range(1990, 2101)
MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            "januari jan", "februari feb pebruari", "maret mar", "april apr", "mei may",
            "juni jun", "juli jul", "agustus agu ags aug", "september sep sept",
            "oktober okt oct", "november nov nopember nop", "desember des dec",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_SCIENTIFIC: Final = re.compile(r"^\d([.,]\d+)?e\+?\d+$", re.IGNORECASE)
_NUMERIC_DAY: Final = re.compile(r"^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[ T].*)?$")
_WORD_DAY: Final = re.compile(r"^(?:[a-z']+,?\s+)?(\d{1,2})[-/ ]([a-z]+)[-/ ](\d{4})$")
_CLOCK: Final = re.compile(r"^(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?:\s*(?:wib|wita|wit))?$")


class Unreadable(ValueError):
    """A cell that cannot be understood; never guessed."""


@dataclass(frozen=True)
class Columns:
    """Where the headings stand and which column holds what."""

    header: int
    places: Mapping[str, int]

    def of(self, row: Sequence[Any], name: str) -> Any:
        """The cell of a name in a row; None where the file has no such column."""
        place = self.places.get(name)
        return row[place] if place is not None and place < len(row) else None


def plain_words(value: Any) -> str:
    """Text for comparing: small letters, only letters, digits and single spaces."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", str(value).lower()).split())


def find_columns(
    rows: Sequence[Sequence[Any]], known: Mapping[str, Iterable[str]], required: Iterable[str]
) -> Columns | None:
    """The first line that has all required headings, in any order and spelling; else None."""
    words = {plain_words(word): name for name, spelled in known.items() for word in spelled}
    words.update({plain_words(name): name for name in known})
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = words.get(plain_words(cell)) if cell is not None else None
            if name is not None:
                places.setdefault(name, place)
        if set(required) <= set(places):
            return Columns(number, places)
    return None


def code_of_words(value: Any, known: Mapping[str, Iterable[str]]) -> str | None:
    """The code a word of the file stands for; None where it stands for nothing known."""
    words = plain_words(value)
    for code, spelled in known.items():
        if words == plain_words(code) or words in {plain_words(word) for word in spelled}:
            return code
    return None


def read_number(value: Any) -> str:
    """An employee or worker number as text; empty for an empty cell.

    Raises Unreadable where Excel has rounded it: a lost digit is never guessed.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        raise Unreadable
    text = str(value).strip().lstrip("'`").strip()
    if _SCIENTIFIC.match(text):
        raise Unreadable
    return re.sub(r"[\s.\-]+", "", text)[:LONGEST_NUMBER]


def read_day(value: Any) -> date | None:
    """A day; None for an empty cell. Day before month, as written here. Raises Unreadable."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return _in_years(value.date())
    if isinstance(value, date):
        return _in_years(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value not in EXCEL_DAYS:
            raise Unreadable
        return EXCEL_EPOCH + timedelta(days=value)
    return _day_of_text(str(value).strip().lstrip("'").lower())


def _day_of_text(text: str) -> date:
    numeric = _NUMERIC_DAY.match(text)
    if numeric:
        first, month, last = (int(part) for part in numeric.groups())
        year, day = (first, last) if first > 31 else (last, first)
        return _made(year, month, day)
    words = _WORD_DAY.match(text)
    if words and words[2] in MONTHS:
        return _made(int(words[3]), MONTHS[words[2]], int(words[1]))
    raise Unreadable


def _made(year: int, month: int, day: int) -> date:
    try:
        return _in_years(date(year, month, day))
    except ValueError as error:
        raise Unreadable from error


def _in_years(day: date) -> date:
    if day.year not in YEARS:
        raise Unreadable
    return day


def read_clock(value: Any) -> time | None:
    """A time of day; None for an empty cell or a dash. Raises Unreadable."""
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    text = "" if value is None else str(value).strip().lstrip("'").lower()
    if text in {"", "-", "--", "--:--", "00:00:00"}:
        return None
    found = _CLOCK.match(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Unreadable
    return time(int(found[1]), int(found[2]))


def read_count(value: Any, most: int) -> int | None:
    """A whole number of minutes or days; None for an empty cell or a dash. Raises Unreadable."""
    if value is None or isinstance(value, bool):
        return None
    text = str(value).strip().lstrip("'").lower()
    text = re.sub(r"\s*(menit|hari|hk|hari kerja|mnt)$", "", text)
    if text in {"", "-"}:
        return None
    if not re.fullmatch(r"\d{1,5}(\.0)?", text) or int(text.split(".")[0]) > most:
        raise Unreadable
    return int(text.split(".")[0])


def read_moment(value: Any) -> datetime | None:
    """A day with its time, naive, as the file's clock showed it; None where there is none."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    text = "" if value is None else str(value).strip().lstrip("'").replace("T", " ")
    if not text:
        return None
    day, _space, clock = text.partition(" ")
    try:
        found = read_day(day)
        hour = read_clock(clock.strip()) if clock.strip() else time()
    except Unreadable:
        return None
    return datetime.combine(found, hour or time()) if found else None
