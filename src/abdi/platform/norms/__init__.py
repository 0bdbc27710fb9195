"""Norms: figures set by law or by the institution, dated, with their source.

Each module keeps `norms.yaml` (and `norms_*.yaml`): a name, then rows, oldest first:

    effective_minutes:
      - from: 2020-01-01
        value: 75000
        set: panrb_2020
        source: PermenPANRB 1/2020
        verified: true
        kind: regulation

`norms("workload", on=day)` gives the values of that day. A row the institution entered goes
before the file: the database hands such rows over (`norms.kept`), see `set_override_provider`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


class NoNorm(LookupError):
    """No figure of that name is in force on that day."""


@dataclass(frozen=True)
class Row:
    """One dated figure."""

    name: str
    value: Any
    since: date
    set: str
    source: str
    verified: bool
    kind: str


@dataclass(frozen=True)
class Override:
    """A figure entered by the institution.

    `path` begins with the norm and may reach into its value: `("priorities", "P1", "ack_minutes")`.
    """

    path: tuple[str, ...]
    value: Any
    since: date
    source: str
    verified: bool = False
    set: str = "institution"
    until: date | None = None

    def covers(self, on: date) -> bool:
        """Whether it counts on a day; `until` is the last day it does."""
        return self.since <= on and (self.until is None or on <= self.until)


OverrideProvider = Callable[[str, date], Iterable[Override]]


class _Exact(yaml.SafeLoader):
    """YAML in which 0.30 is the decimal it is written as, never a float."""


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)).replace("_", ""))


_Exact.add_constructor("tag:yaml.org,2002:float", _decimal)


@lru_cache
def rows_of(module: str) -> Mapping[str, tuple[Row, ...]]:
    """All rows of a module's files by name, oldest first. Raises ValueError on a bad file."""
    found: dict[str, tuple[Row, ...]] = {}
    folder = files(f"abdi.{module}")
    names = sorted(
        entry.name
        for entry in folder.iterdir()
        if entry.name == "norms.yaml"
        or (entry.name.startswith("norms_") and entry.name.endswith(".yaml"))
    )
    for file in names:
        text = folder.joinpath(file).read_text(encoding="utf-8")
        for name, rows in (yaml.load(text, Loader=_Exact) or {}).items():  # noqa: S506
            if name in found:
                raise ValueError(f"{module}: norm {name} is written twice")
            found[name] = tuple(sorted((_row(name, row) for row in rows), key=lambda r: r.since))
    return found


def _row(name: str, row: Mapping[str, Any]) -> Row:
    since = row["from"]
    if not isinstance(since, date):
        raise ValueError(f"norm {name}: from is no date")
    return Row(
        name,
        row["value"],
        since,
        str(row.get("set", name)),
        str(row["source"]),
        bool(row["verified"]),
        str(row["kind"]),
    )


def _no_overrides(module: str, on: date) -> Iterable[Override]:
    return ()


_provider: list[OverrideProvider] = [_no_overrides]
_usual: list[OverrideProvider] = [_no_overrides]


def set_override_provider(provider: OverrideProvider | None) -> None:
    """Say where dated rows of the institution come from: provider(module, on) -> Overrides.

    None brings back the usual one, which the program names when it starts.
    """
    _provider[0] = provider or _usual[0]


def use_by_default(provider: OverrideProvider) -> None:
    """Name the usual source of the institution's rows: its table, once Django runs."""
    _usual[0] = _provider[0] = provider


class Norms(Mapping[str, Any]):
    """The figures of one module on one day; remembers which it was asked for."""

    def __init__(self, module: str, on: date) -> None:
        self.module = module
        self.on = on
        self.used: dict[str, Row] = {}
        self._rows = rows_of(module)
        valid = [o for o in _provider[0](module, on) if o.covers(on)]
        self._overrides = sorted(valid, key=lambda o: o.since)

    def row(self, name: str) -> Row:
        """The figure with its date and source. Raises NoNorm where none is in force."""
        if name not in self.used:
            self.used[name] = self._overridden(name, self._from_file(name))
        return self.used[name]

    def _from_file(self, name: str) -> Row | None:
        rows = [row for row in self._rows.get(name, ()) if row.since <= self.on]
        return rows[-1] if rows else None

    def _overridden(self, name: str, row: Row | None) -> Row:
        for over in self._overrides:
            head, *rest = over.path
            if head != name or (rest and row is None):
                continue
            if rest and row and not fits(row.value, rest):
                continue  # the packaged value lost this place; a reconciliation check counts it
            value = _replaced(row.value, rest, over.value) if rest and row else over.value
            row = Row(name, value, over.since, over.set, over.source, over.verified, "institution")
        if row is None:
            raise NoNorm(f"{self.module}.{name} has no figure on {self.on.isoformat()}")
        return row

    def __getitem__(self, name: str) -> Any:
        return self.row(name).value

    def __iter__(self) -> Iterator[str]:
        names = dict.fromkeys(self._rows)
        names.update(dict.fromkeys(over.path[0] for over in self._overrides))
        return iter(names)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def value_at(value: Any, path: Sequence[str]) -> Any:
    """What stands at a path inside a nested value. Raises LookupError where there is nothing."""
    for key in path:
        value = value[_known(value, key)]
    return value


def fits(value: Any, path: Sequence[str]) -> bool:
    """Whether a path leads anywhere inside a nested value."""
    try:
        value_at(value, path)
    except (LookupError, TypeError):
        return False
    return True


def _replaced(value: Any, path: Sequence[str], new: Any) -> Any:
    """A copy of a nested value with one leaf replaced."""
    copy = deepcopy(value)
    *parents, leaf = path
    spot = value_at(copy, parents)
    spot[_known(spot, leaf)] = new
    return copy


def _known(spot: Any, key: str) -> Any:
    """The key as the file has it: numbered levels and places in a list are numbers there."""
    if not (key.isascii() and key.isdigit()):
        return key
    return int(key) if isinstance(spot, list) or int(key) in spot else key


def norms(module: str, *, on: date) -> Norms:
    """The figures of a module in force on a day."""
    return Norms(module, on)
