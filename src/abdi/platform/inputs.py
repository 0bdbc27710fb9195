"""How a named formula reads its inputs: exact, bounded, with one clear sentence when refused.

A `Spec` turns a JSON value into a Python value or raises BadInput. Numbers arrive as int or
Decimal (never float), dates as ISO texts. Booleans are no numbers, NaN and Infinity no values.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

LARGEST = 10**12
FINEST = 9
LONGEST_TEXT = 200
MOST_ITEMS = 10_000


class BadInput(ValueError):
    """An input is missing, unknown, of the wrong kind or out of range; `field` names it."""

    def __init__(self, error: str, field: str) -> None:
        super().__init__(error)
        self.error = error
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Spec(ABC):
    """What one input must look like."""

    unit: str = ""
    optional: bool = False
    default: str = ""

    @abstractmethod
    def read(self, value: Any) -> Any:
        """The value as a rule wants it. Raises ValueError with a sentence."""

    @abstractmethod
    def words(self) -> str:
        """What is accepted, for people."""


@dataclass(frozen=True, kw_only=True)
class Number(Spec):
    """A number written in decimals, from `low` to `high`, both included."""

    low: Decimal | int = 0
    high: Decimal | int = LARGEST
    above: bool = False
    """The lower bound itself is refused."""

    def read(self, value: Any) -> Decimal:
        """An exact decimal."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise ValueError("must be a number")
        exact = Decimal(value)
        if not exact.is_finite():
            raise ValueError("must be a finite number")
        if exact and exact.adjusted() > FINEST + 3:
            raise ValueError(f"must be {self._range()}")
        if -int(exact.as_tuple().exponent) > FINEST:
            exact = self._trimmed(exact)
        if not self.low <= exact <= self.high or (self.above and exact == self.low):
            raise ValueError(f"must be {self._range()}")
        return exact

    @staticmethod
    def _trimmed(exact: Decimal) -> Decimal:
        if len(exact.as_tuple().digits) > LONGEST_TEXT or exact != round(exact, FINEST):
            raise ValueError(f"must have at most {FINEST} decimals")
        return round(exact, FINEST)

    def _range(self) -> str:
        if self.above:
            return f"above {self.low} and at most {self.high}"
        return f"from {self.low} to {self.high}"

    def words(self) -> str:
        """The range."""
        return f"number {self._range()}"


@dataclass(frozen=True, kw_only=True)
class Whole(Number):
    """A whole number."""

    def read(self, value: Any) -> int:  # type: ignore[override]
        """A whole number; 5.0 is one, 5.5 is not."""
        exact = super().read(value)
        if exact != int(exact):
            raise ValueError("must be a whole number")
        return int(exact)

    def words(self) -> str:
        """The range."""
        return f"whole number {self._range()}"


@dataclass(frozen=True, kw_only=True)
class Code(Spec):
    """One of a few codes."""

    codes: tuple[str, ...]

    def read(self, value: Any) -> str:
        """The code as written in the list."""
        if not isinstance(value, str):
            raise ValueError(f"must be one of {self.words()}")
        found = next((code for code in self.codes if code == value), None)
        if found is None:
            raise ValueError(f"must be one of {self.words()}")
        return str(found)

    def words(self) -> str:
        """The codes."""
        return ", ".join(str(code) for code in self.codes)


def one_of(
    codes: Iterable[str], *, unit: str = "", optional: bool = False, default: str = ""
) -> Code:
    """A code input; takes a Choice class or any iterable of codes."""
    plain = tuple(str(code) for code in codes)
    return Code(codes=plain, unit=unit, optional=optional, default=default)


@dataclass(frozen=True, kw_only=True)
class Text(Spec):
    """A text of limited length."""

    longest: int = LONGEST_TEXT
    shortest: int = 0

    def read(self, value: Any) -> str:
        """The text."""
        if not isinstance(value, str):
            raise ValueError("must be a text in quotes")
        if not self.shortest <= len(value) <= self.longest:
            raise ValueError(f"must have {self.shortest} to {self.longest} characters")
        return value

    def words(self) -> str:
        """The length."""
        return f"text of at most {self.longest} characters"


@dataclass(frozen=True, kw_only=True)
class Flag(Spec):
    """true or false."""

    def read(self, value: Any) -> bool:
        """The truth value."""
        if not isinstance(value, bool):
            raise ValueError("must be true or false")
        return value

    def words(self) -> str:
        """Both values."""
        return "true or false"


@dataclass(frozen=True, kw_only=True)
class Day(Spec):
    """A calendar day, YYYY-MM-DD, from 1900 to 2199."""

    def read(self, value: Any) -> date:
        """The day."""
        if not isinstance(value, str) or len(value) != 10 or not value.isascii():
            raise ValueError("must be a day written YYYY-MM-DD")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise ValueError("must be a real day written YYYY-MM-DD") from None
        return _in_time(day)

    def words(self) -> str:
        """The form."""
        return "day YYYY-MM-DD"


@dataclass(frozen=True, kw_only=True)
class Moment(Spec):
    """A moment in ISO form, with or without zone; a day alone is its midnight."""

    def read(self, value: Any) -> datetime:
        """The moment as written: the zone is kept, none is invented."""
        if not isinstance(value, str) or len(value) > 40 or not value.isascii():
            raise ValueError("must be a moment in ISO form, such as 2026-01-05T08:30:00+07:00")
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(
                "must be a real moment in ISO form, such as 2026-01-05T08:30:00+07:00"
            ) from None
        _in_time(moment.date())
        return moment

    def words(self) -> str:
        """The form."""
        return "moment in ISO form"


def _in_time(day: date) -> date:
    if not 1900 <= day.year <= 2199:
        raise ValueError("must lie in the years 1900 to 2199")
    return day


@dataclass(frozen=True, kw_only=True)
class ListOf(Spec):
    """A list of equal things."""

    item: Spec
    most: int = MOST_ITEMS

    def read(self, value: Any) -> list[Any]:
        """The read items."""
        if not isinstance(value, list):
            raise ValueError("must be a list")
        if len(value) > self.most:
            raise ValueError(f"must have at most {self.most} items")
        return [_inside(f"item {number}", self.item, item) for number, item in enumerate(value, 1)]

    def words(self) -> str:
        """What the items are."""
        return f"list of {self.item.words()}"


@dataclass(frozen=True, kw_only=True)
class Record(Spec):
    """An object with named parts; unknown parts are refused."""

    parts: Mapping[str, Spec] = field(default_factory=dict)

    def read(self, value: Any) -> dict[str, Any]:
        """The read parts; an optional part that is missing is None."""
        if not isinstance(value, dict):
            raise ValueError("must be an object {…}")
        try:
            return read_all(self.parts, value)
        except BadInput as bad:
            raise ValueError(f"{bad.field}: {bad.error}") from None

    def words(self) -> str:
        """The parts."""
        return "{" + ", ".join(f"{k}: {v.words()}" for k, v in self.parts.items()) + "}"


@dataclass(frozen=True, kw_only=True)
class MapOf(Spec):
    """An object from keys to equal things."""

    key: Spec
    item: Spec
    fewest: int = 0
    most: int = MOST_ITEMS

    def read(self, value: Any) -> dict[str, Any]:
        """The read items by key."""
        if not isinstance(value, dict):
            raise ValueError("must be an object {…}")
        if not self.fewest <= len(value) <= self.most:
            raise ValueError(f"must have {self.fewest} to {self.most} entries")
        return {
            _inside("key", self.key, name): _inside(_short(name), self.item, item)
            for name, item in value.items()
        }

    def words(self) -> str:
        """Keys and values."""
        return "{" + f"{self.key.words()}: {self.item.words()}" + "}"


@dataclass(frozen=True, kw_only=True)
class Either(Spec):
    """The first of several readings that fits."""

    ways: tuple[Spec, ...]

    def read(self, value: Any) -> Any:
        """The value by the first way that takes it; the last refusal where none does."""
        for way in self.ways[:-1]:
            try:
                return way.read(value)
            except ValueError:
                continue
        return self.ways[-1].read(value)

    def words(self) -> str:
        """All ways."""
        return " or ".join(way.words() for way in self.ways)


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:40] + "…"


def _inside(where: str, spec: Spec, value: Any) -> Any:
    try:
        return spec.read(value)
    except ValueError as bad:
        raise ValueError(f"{where}: {bad}") from None


def read_all(specs: Mapping[str, Spec], values: Mapping[str, Any]) -> dict[str, Any]:
    """Read every input by its spec; optional ones that are missing or null become None.

    Raises BadInput for a missing, an unknown or a refused one.
    """
    for name in values:
        if name not in specs:
            raise BadInput(f"unknown input; known are {', '.join(specs)}", _short(name))
    read: dict[str, Any] = {}
    for name, spec in specs.items():
        if values.get(name) is None:
            if not spec.optional:
                raise BadInput("is missing", name)
            read[name] = None
            continue
        try:
            read[name] = spec.read(values[name])
        except ValueError as bad:
            raise BadInput(str(bad), name) from None
    return read
