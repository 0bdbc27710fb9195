"""A reading in words, for people at a terminal: findings by kind, with counts and places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.imports import wording
from abdi.imports.choices import Line
from abdi.imports.rules import repair_of
from abdi.platform.labels import label

if TYPE_CHECKING:
    from abdi.imports.difference import Report
    from abdi.imports.queries import Comparison
    from abdi.imports.reading import Reading
    from abdi.imports.rules import Issue

EXAMPLES = 3
SHOWN_UNITS = 20


def report_lines(reading: Reading, ready: int, found: Comparison | None) -> Iterator[str]:
    """What was read and what is wrong with it; `found` adds what the records say."""
    yield from _about(reading, ready)
    if others := wording.other_lists(reading):
        yield f"  {others}"
    yield from _by_kind(reading)
    skipped = Counter(kind for __, kind in reading.skipped if kind is not Line.BLANK)
    for kind, count in skipped.most_common():
        yield "  " + _("not a person: %(kind)s × %(count)d") % {"kind": label(kind), "count": count}
    if found is not None:
        yield from _against_records(found)


def details(reading: Reading, issue: Issue) -> dict[str, object]:
    """A finding with its place and its sentence, for other programs."""
    return {
        "sheet": reading.sheet,
        "row": issue.row,
        "column": wording.heading_of(issue.field, reading.header.columns),
        "code": issue.code.value,
        "value": wording.shortened(issue.value),
        "sentence": wording.sentence(issue),
    }


def _about(reading: Reading, ready: int) -> Iterator[str]:
    place = _("row %(row)d") % {"row": reading.header_row}
    if reading.sheet:
        place = _("sheet %(sheet)s, %(rest)s") % {"sheet": reading.sheet, "rest": place}
    yield f"{reading.name}: {label(reading.layout)}"
    yield "  " + _("heading: %(place)s") % {"place": place}
    for field, index in sorted(reading.mapping.items(), key=lambda item: item[1]):
        heading = " ".join(reading.headings[index].split())
        yield f"    {heading or index + 1} → {label(field)}"
    if reading.other_sheets:
        yield "  " + _("other sheets: %(names)s") % {"names": ", ".join(reading.other_sheets)}
    waiting = reading.count - ready
    yield "  " + _("%(count)d people: %(ready)d ready, %(waiting)d need a repair") % {
        "count": reading.count,
        "ready": ready,
        "waiting": waiting,
    }


def _by_kind(reading: Reading) -> Iterator[str]:
    groups: dict[str, list[Issue]] = defaultdict(list)
    for issue in reading.issues:
        groups[issue.code].append(issue)
    for issues in sorted(groups.values(), key=lambda group: (not group[0].blocks, -len(group))):
        code = issues[0].code
        repair = repair_of(code)
        button = f" [{_(repair.label)}]" if repair else ""
        yield f"  {len(issues)} × {label(code)} ({code.value}){button}"
        for issue in issues[:EXAMPLES]:
            place = wording.place(issue, reading.sheet, reading.header.columns)
            yield f"      {place}: {wording.sentence(issue)}"


def _against_records(found: Comparison) -> Iterator[str]:
    yield "  " + _("already known: %(known)d, new: %(new)d, not in the file: %(missing)d") % {
        "known": found.known,
        "new": found.new,
        "missing": found.missing_count,
    }
    for unit, nearest in list(found.unknown_units.items())[:SHOWN_UNITS]:
        count = found.unknown_unit_rows[unit]
        hint = _("perhaps %(name)s") % {"name": nearest} if nearest else _("none alike")
        told = {"unit": wording.shortened(unit), "count": count, "hint": hint}
        yield "    " + _("unit does not exist yet: %(unit)s × %(count)d, %(hint)s") % told


def difference_lines(found: Report) -> Iterator[str]:
    """A newer list beside the record: counts, then person by person."""
    yield "  " + _("the same here and there: %(n)d") % {"n": found.same}
    for kind, people in found.people.items():
        yield f"  {label(kind)}: {len(people)}"
        for one in people:
            yield f"    {one.number or '–'} {one.name}"
            for field in one.fields:
                told = f"{label(field.field)}: {field.here or '–'} → {field.there}"
                yield f"      {told} ({label(field.decides)})"
