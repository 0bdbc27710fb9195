"""Rows beside the records: who a row is, which unit it means, what it would say there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from abdi.imports.choices import Fault, Field
from abdi.imports.rules import Issue, Names, Value, same_name
from abdi.people import queries as people
from abdi.people import rules as people_rules
from abdi.people.choices import Employment
from abdi.people.rules import Listed
from abdi.platform import clock
from abdi.platform.access import Reach
from abdi.platform.db.among import Among

_FACTS: Final = {
    "name": Field.NAME,
    "title_prefix": Field.TITLE_PREFIX,
    "title_suffix": Field.TITLE_SUFFIX,
    "employee_number": Field.NUMBER,
    "sex": Field.SEX,
    "birth_on": Field.BIRTH_ON,
    "email": Field.EMAIL,
}
_LIMITS: Final = {"email": 254, "phone": 20}
_CONTRACTS: Final = (
    ("paruh waktu", Employment.PPPK_PW),
    ("pppk", Employment.PPPK),
    ("p3k", Employment.PPPK),
    ("relawan", Employment.VOLUNTEER),
    ("sukarela", Employment.VOLUNTEER),
    ("kontrak", Employment.CONTRACT),
    ("honor", Employment.CONTRACT),
    ("thl", Employment.CONTRACT),
    ("non asn", Employment.CONTRACT),
    ("outsourc", Employment.CONTRACT),
    ("pejabat negara", Employment.ELECTED),
)
_NAMES: Final = ("title_prefix", "name", "title_suffix")
_SAID: Final = ("title_prefix", "title_suffix", "phone", "education")
_COLUMNS: Final = ("id", "employee_number", "code", "name", "birth_on", *_SAID)
_SHORTEST_PHONE: Final = 8
_LONGEST_CODE: Final = 12
_LEVELS: Final = {"SMA": "SLTA", "SMK": "SLTA", "SMP": "SLTP", "DIII": "D3", "DIV": "D4"}
FIRST_CONTRACT: Final = 13
PART: Final = 2_000
RowT = TypeVar("RowT")


def in_parts(rows: Iterable[RowT]) -> Iterator[list[RowT]]:
    """Rows two thousand at a time."""
    source = iter(rows)
    while part := list(islice(source, PART)):
        yield part


class UnitFact(NamedTuple):
    """A unit as rows are matched with it."""

    pk: int
    name: str
    agency_id: int
    path: str


class Known(NamedTuple):
    """A person the record has already."""

    pk: int
    name: str
    unit_id: int | None
    agency_id: int | None
    said: Mapping[str, str] = {}

    def says(self, facts: Mapping[str, str | date]) -> set[str]:
        """Which of these facts are in the record already, though written in another way."""
        same = {name for name in ("phone", "education") if self._has(name, facts.get(name))}
        told = {name: str(facts.get(name, "")) for name in _NAMES}
        if full_name(told) == full_name({**self.said, "name": self.name}):
            same |= set(_NAMES)
        return same

    def _has(self, name: str, told: object) -> bool:
        held = self.said.get(name, "")
        return bool(held) and _MEANT[name](held) == told


@dataclass(frozen=True)
class Beside:
    """A row beside the records: findings, and what applying it would say."""

    issues: list[Issue]
    listed: Listed


class Records:
    """Units and people of the institution, as far as this reach may touch them."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.today = clock.today()
        rows = people.units().values_list("id", "name", "agency_id", "path", "code")
        self.units: dict[int, UnitFact] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for pk, name, agency_id, path, code in rows:
            self.units[pk] = UnitFact(pk, name, agency_id or pk, path)
            self.by_name[same_name(name)].append(pk)
            if same_name(code) != same_name(name):
                self.by_name[same_name(code)].append(pk)
        self.names = Names(unit.name for unit in self.units.values() if self._is_mine(unit.pk))

    def _is_mine(self, unit_id: int | None) -> bool:
        if self.reach.all:
            return True
        unit = self.units.get(unit_id or 0)
        return unit is not None and unit.agency_id in self.reach.agency_ids

    def beside(self, rows: Iterable[tuple[int, Mapping[Field, Value]]]) -> list[Beside]:
        """Some thousand rows (line, values) at once, looked up together."""
        given = list(rows)
        known = self._known(given)
        found = []
        for line, values in given:
            key = next((key for key in _keys(values) if key in known), None)
            found.append(self._one(line, values, known[key] if key else None))
        return _with_undated_ranks(found)

    def _one(self, line: int, values: Mapping[Field, Value], known: Known | None) -> Beside:
        issues: list[Issue] = []
        unit_id = self._unit(line, values, known, issues)
        if not self.reach.all and not issues:
            outside = known is not None and known.agency_id not in {None, *self.reach.agency_ids}
            homeless = known is None and unit_id is None
            if outside or homeless:
                told = str(values.get(Field.UNIT, ""))
                issues.append(Issue(line, Fault.OTHER_AGENCY, Field.UNIT, told))
        told_name = str(values.get(Field.NAME, ""))
        says = listed(line, values, known, unit_id)
        if known and "name" in says.facts and same_name(known.name) != same_name(told_name):
            issues.append(Issue(line, Fault.NAME_DIFFERS, Field.NAME, told_name, hint=known.name))
        return Beside(issues, says)

    def _unit(
        self,
        line: int,
        values: Mapping[Field, Value],
        known: Known | None,
        issues: list[Issue],
    ) -> int | None:
        """The unit a row means; a finding where that is not one."""
        text = str(values.get(Field.UNIT, ""))
        if not text:
            return None
        found = self.by_name.get(same_name(text), [])
        mine = [pk for pk in found if self._is_mine(pk)]
        if len(mine) > 1:
            mine = self._narrowed(mine, str(values.get(Field.PARENT_UNIT, "")), known)
        if len(mine) == 1:
            return mine[0]
        if mine:
            issues.append(Issue(line, Fault.UNIT_SEVERAL, Field.UNIT, text))
        elif found:
            issues.append(Issue(line, Fault.OTHER_AGENCY, Field.UNIT, text))
        else:
            hint = self.names.nearest(text) or ""
            issues.append(Issue(line, Fault.UNIT_UNKNOWN, Field.UNIT, text, hint=hint))
        return None

    def _narrowed(self, units: list[int], parent: str, known: Known | None) -> list[int]:
        if parent:
            above = set(self.by_name.get(same_name(parent), ()))
            below = [pk for pk in units if above & _ids(self.units[pk].path)]
            units = below or units
        if len(units) > 1 and known is not None and known.unit_id in units:
            return [known.unit_id]
        return units

    def _known(
        self, given: Sequence[tuple[int, Mapping[Field, Value]]]
    ) -> dict[tuple[str, Any], Known]:
        """The people these rows may mean, by number, stable id, and name with birth."""
        wanted: dict[str, set[Any]] = defaultdict(set)
        for _line, values in given:
            for kind, key in _keys(values):
                wanted[kind].add(key)
        active = people.persons().active()
        numbered = active.filter(Among("employee_number", wanted["number"]))
        rows = set(numbered.values_list(*_COLUMNS)) if wanted["number"] else set()
        if wanted["code"]:
            rows |= set(active.filter(Among("code", wanted["code"])).values_list(*_COLUMNS))
        if births := {birth for _name, birth in wanted["birth"] if birth}:
            same_day = active.filter(birth_on__in=births, employee_number=None)
            rows |= set(same_day.values_list(*_COLUMNS))
        seats = people.seat_units((row[0] for row in rows), self.today) if rows else {}
        found: dict[tuple[str, Any], Known] = {}
        for pk, number, code, name, birth, *said in rows:
            unit_id = seats.get(pk)
            unit = self.units.get(unit_id or 0)
            kept = dict(zip(_SAID, said, strict=True))
            known = Known(pk, name, unit_id, unit.agency_id if unit else None, kept)
            found["code", code] = known
            if number:
                found["number", number] = known
            else:
                found["birth", (name.casefold(), birth)] = known
        return found

    def mine(self) -> set[int] | None:
        """Ids of the people of this reach; None for everybody."""
        if self.reach.all:
            return None
        ids: set[int] = set()
        for agency_id in self.reach.agency_ids:
            ids |= set(people.people_of_unit(agency_id).values_list("id", flat=True))
        return ids

    def missing(self, numbers: set[str]) -> tuple[int, list[str]]:
        """People of this reach with a number that the list has not: how many, the first by name."""
        held = people.persons().active().exclude(employee_number=None)
        if (mine := self.mine()) is not None:
            held = held.filter(id__in=mine)
        known = {one for one in held.values_list("employee_number", flat=True) if one}
        gone = sorted(known - numbers)
        named = people.persons().filter(employee_number__in=gone[:50]).order_by("name")
        return len(gone), [person.display_name for person in named]


def listed(
    line: int, values: Mapping[Field, Value], known: Known | None, unit_id: int | None
) -> Listed:
    """What a row says, in the words of the record; what the record says already is left out."""
    facts: dict[str, str | date] = {
        name: values[field]
        for name, field in _FACTS.items()
        if values.get(field) and len(str(values[field])) <= _LIMITS.get(name, 250)
    }
    employment = _employment(values, is_new=known is None)
    if employment:
        facts["employment"] = employment
    if "@" not in str(facts.get("email", "@")):
        del facts["email"]
    phone = _phone(str(values.get(Field.PHONE, "")))
    if _SHORTEST_PHONE <= len(phone) <= _LIMITS["phone"]:
        facts["phone"] = phone
    if level := _level(str(values.get(Field.EDUCATION, ""))):
        facts["education"] = level
    for name in known.says(facts) if known else ():
        facts.pop(name, None)
    since, rank_since = values.get(Field.POSITION_SINCE), values.get(Field.RANK_SINCE)
    return Listed(
        line=line,
        person_id=known.pk if known else None,
        facts=facts,
        unit_id=unit_id,
        title=str(values.get(Field.POSITION, ""))[:200],
        echelon=str(values.get(Field.ECHELON, "")),
        since=since if isinstance(since, date) else None,
        rank=str(values.get(Field.RANK, "")),
        rank_since=rank_since if isinstance(rank_since, date) else None,
    )


def _with_undated_ranks(found: list[Beside]) -> list[Beside]:
    """A finding where a rank is new to the record and nobody says since when; at most one query."""
    undated = [one for one in found if one.listed.rank and one.listed.rank_since is None]
    ids = [one.listed.person_id for one in undated if one.listed.person_id is not None]
    held = {hold.person_id: hold.rank for hold in people.ranks_of(ids)} if ids else {}
    for one in undated:
        if held.get(one.listed.person_id or 0) != one.listed.rank:
            told = one.listed.rank
            one.issues.append(Issue(one.listed.line, Fault.RANK_UNDATED, Field.RANK_SINCE, told))
    return found


def _employment(values: Mapping[Field, Value], *, is_new: bool) -> str:
    """The kind of employment by its word, else (for somebody new) by the number."""
    words = f"{values.get(Field.EMPLOYMENT, '')} {values.get(Field.STANDING, '')}".casefold()
    for word, kind in _CONTRACTS:
        if word in words:
            return kind
    if not is_new:
        return ""
    number = str(values.get(Field.NUMBER, ""))
    if not number:
        return Employment.CONTRACT
    return Employment.PPPK if int(number[12:14]) >= FIRST_CONTRACT else Employment.PNS


def _phone(text: str) -> str:
    """A phone number as the record keeps it: digits, with the country in front."""
    digits = "".join(sign for sign in text if sign in "+0123456789")
    return f"+62{digits[1:]}" if digits.startswith("0") else digits


def full_name(parts: Mapping[str, str]) -> str:
    """Name and titles together, as they are compared."""
    words = (parts.get(name, "") for name in _NAMES)
    return same_name(" ".join(words))


def _level(text: str) -> str:
    code = "".join(sign for sign in text.upper() if sign.isalnum())
    code = _LEVELS.get(code, code)
    return code if code in people_rules.EDUCATION_LEVELS else ""


def _ids(path: str) -> set[int]:
    return {int(part) for part in path.split("/") if part}


def _keys(values: Mapping[Field, Value]) -> Iterator[tuple[str, Any]]:
    """By what a row may be known, the surest first: number, stable id, else name with birth."""
    number, code = values.get(Field.NUMBER), str(values.get(Field.OUTSIDE_ID, ""))
    if number:
        yield "number", str(number)
    if 0 < len(code) <= _LONGEST_CODE:
        yield "code", code
    if not number:
        name = str(values.get(Field.NAME, "")).casefold()
        yield "birth", (name, values.get(Field.BIRTH_ON))


_MEANT: Final = {"phone": _phone, "education": _level}

__all__ = ["Beside", "Known", "Records", "UnitFact", "in_parts", "listed"]
