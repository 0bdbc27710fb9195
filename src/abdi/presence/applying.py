"""What the rows of a file do to what is known: new, corrects, the same, older."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError
from django.utils.translation import gettext as _

from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict
from abdi.platform.calendar import NATIONAL
from abdi.platform.journal import record
from abdi.platform.norms import norms
from abdi.presence import events, rules
from abdi.presence.choices import FileKind, LeaveState, RowFate
from abdi.presence.models import BalanceStatement, FileRow, Leave, PresenceDay
from abdi.presence.models.leaves import STANDING
from abdi.presence.states import change_state, keep_time, write_step

if TYPE_CHECKING:
    from abdi.presence.reading import ReadRow

CHANGING: Final = (RowFate.NEW, RowFate.CORRECTS)
CHUNK: Final = 500
FROM_FILE: Final = "file"
TIMES: Final = ("planned_in", "planned_out", "came_at", "left_at")
Key = tuple[int, date]


def judged(kind: FileKind | str, rows: Sequence[ReadRow]) -> list[tuple[ReadRow, RowFate]]:
    """Each row with what applying it would do now."""
    good = [row for row in rows if row.problem is None and row.person_id is not None]
    ids = {row.person_id for row in good if row.person_id is not None}
    if kind == FileKind.LEAVE:
        leaves = _leaves(ids)
        stated = _statements(ids)
        return [
            (row, RowFate.PROBLEM if row.problem else _leave_fate(row, leaves, stated))
            for row in rows
        ]
    days = _days(ids, [_day(row.values) for row in good])
    return [(row, RowFate.PROBLEM if row.problem else _day_fate(row, days)) for row in rows]


def apply_rows(kind: str, rows: Iterable[FileRow], by: Actor) -> int:
    """Write the rows of a file that still change something; returns how many did."""
    found = [row for row in rows if row.person_id is not None]
    if kind == FileKind.LEAVE:
        return sum(_apply_leave(row, by) for row in found)
    return _apply_days(found, by)


# ------------------------------------------------------------------ presence


def _day(values: dict[str, Any]) -> date:
    return date.fromisoformat(values["on"])


def _days(person_ids: set[int], on: list[date]) -> dict[Key, PresenceDay]:
    if not on:
        return {}
    found: dict[Key, PresenceDay] = {}
    wanted = sorted(person_ids)
    for start in range(0, len(wanted), CHUNK):
        rows = PresenceDay.objects.current().between(min(on), max(on))
        for row in rows.filter(person_id__in=wanted[start : start + CHUNK]):
            found[row.person_id, row.on] = row
    return found


def stored(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a row as the table keeps them."""
    found = {name: values[name] for name in PresenceDay.VALUES}
    for name in TIMES:
        found[name] = time.fromisoformat(found[name]) if found[name] else None
    return found


def _fate_of_day(values: dict[str, Any], before: PresenceDay | None) -> RowFate:
    if before is None:
        return RowFate.NEW
    if before.values() == tuple(stored(values).values()):
        return RowFate.SAME
    is_older = datetime.fromisoformat(values["fetched_at"]) < before.fetched_at
    return RowFate.OLDER if is_older else RowFate.CORRECTS


def _day_fate(row: ReadRow, days: dict[Key, PresenceDay]) -> RowFate:
    return _fate_of_day(row.values, days.get((row.person_id or 0, _day(row.values))))


def _apply_days(rows: list[FileRow], by: Actor) -> int:
    days = _days({row.person_id or 0 for row in rows}, [_day(row.values) for row in rows])
    made, gone = [], []
    for row in rows:
        before = days.get((row.person_id or 0, _day(row.values)))
        if _fate_of_day(row.values, before) not in CHANGING:
            continue
        if before is not None:
            gone.append(before.pk)
        made.append(_presence(row, before, by))
    try:
        for start in range(0, len(gone), CHUNK):
            part = gone[start : start + CHUNK]
            PresenceDay.objects.filter(pk__in=part).update(is_current=False)
        PresenceDay.objects.bulk_create(made, batch_size=CHUNK)
    except IntegrityError as error:
        raise Conflict(_("Another file for these days was applied just now. Press again.")) from (
            error
        )
    return len(made)


def _presence(row: FileRow, before: PresenceDay | None, by: Actor) -> PresenceDay:
    return PresenceDay(
        person_id=row.person_id or 0,
        on=_day(row.values),
        replaces=before,
        source=row.values["source"],
        fetched_at=datetime.fromisoformat(row.values["fetched_at"]),
        made_by=by.ref,
        made_at=clock.now(),
        **stored(row.values),
    )


# ------------------------------------------------------------------ leave


def _leaves(person_ids: set[int]) -> dict[int, list[Leave]]:
    found: dict[int, list[Leave]] = {}
    wanted = sorted(person_ids)
    for start in range(0, len(wanted), CHUNK):
        rows = Leave.objects.filter(person_id__in=wanted[start : start + CHUNK])
        for row in rows.order_by("id"):
            found.setdefault(row.person_id, []).append(row)
    return found


def _statements(person_ids: set[int]) -> dict[int, BalanceStatement]:
    rows = BalanceStatement.objects.filter(person_id__in=person_ids).order_by("at", "id")
    return {row.person_id: row for row in rows}


def known(leaves: Iterable[Leave], values: dict[str, Any]) -> Leave | None:
    """The leave a row is about: by its letter, else by kind and first day; the newest one."""
    first = date.fromisoformat(values["first_on"])
    number = values["letter_number"]
    same = [
        row
        for row in leaves
        if row.kind == values["kind"]
        and ((number and row.letter_number == number) or row.first_on == first)
    ]
    return same[-1] if same else None


def _says_new(row: Leave, values: dict[str, Any]) -> bool:
    return (row.state, row.first_on.isoformat(), row.last_on.isoformat()) != (
        values["state"],
        values["first_on"],
        values["last_on"],
    )


def _leave_fate(
    row: ReadRow, leaves: dict[int, list[Leave]], stated: dict[int, BalanceStatement]
) -> RowFate:
    before = known(leaves.get(row.person_id or 0, []), row.values)
    if before is None:
        return RowFate.NEW
    if not _says_new(before, row.values):
        says_left = _says_left(row.values, stated.get(row.person_id or 0))
        return RowFate.CORRECTS if says_left else RowFate.SAME
    moment = before.decided_at or before.asked_at
    is_older = datetime.fromisoformat(row.values["fetched_at"]) < moment
    return RowFate.OLDER if is_older else RowFate.CORRECTS


def _says_left(values: dict[str, Any], before: BalanceStatement | None) -> bool:
    """Whether a row brings a balance that is not known yet."""
    if values["left"] is None:
        return False
    if before is None:
        return True
    known_left = [before.left_n, before.left_n1, before.left_n2]
    newer = datetime.fromisoformat(values["fetched_at"]) > before.at
    return newer and values["left"] != known_left


def _apply_leave(row: FileRow, by: Actor) -> bool:
    person = people.persons().select_for_update(of=("self",)).get(pk=row.person_id or 0)
    values = row.values
    before = known(Leave.objects.filter(person=person).order_by("id"), values)
    stated = BalanceStatement.objects.filter(person=person).order_by("-at", "-id").first()
    changed = False
    if before is None or _says_new(before, values):
        _write_leave(person.pk, values, before, by)
        changed = True
    if _says_left(values, stated):
        _write_statement(person.pk, values)
        changed = True
    return changed


def _write_leave(person_id: int, values: dict[str, Any], before: Leave | None, by: Actor) -> Leave:
    first, last = (date.fromisoformat(values[name]) for name in ("first_on", "last_on"))
    at = datetime.fromisoformat(values["fetched_at"])
    same_days = before is not None and (before.first_on, before.last_on) == (first, last)
    if before is not None and not same_days and before.state in STANDING:
        _take_back(before, by)
    if values["state"] in STANDING:
        _make_room(person_id, first, last, before if same_days else None, by)
    if before is not None and same_days:
        before.refresh_from_db()
        change_state(before, LeaveState(values["state"]), by)
        return before
    figures = norms("presence", on=first)
    row = Leave.objects.create(
        person_id=person_id,
        kind=values["kind"],
        first_on=first,
        last_on=last,
        days=values["days"]
        or rules.leave_days(values["kind"], first, last, NATIONAL.working_days, figures),
        state=values["state"],
        address=values["address"],
        stand_in_id=values["stand_in"],
        letter_number=values["letter_number"],
        letter_on=values["letter_on"],
        source=values["source"] or "file",
        asked_at=at,
        decided_at=None if values["state"] == LeaveState.REQUESTED else at,
        replaces=before,
    )
    write_step(row, by.ref)
    if row.state == LeaveState.APPROVED:
        keep_time(row, by)
    _announce(row, by)
    return row


def _make_room(person_id: int, first: date, last: date, but: Leave | None, by: Actor) -> None:
    """The city's own system goes before what stood here: what overlaps is taken back, readable."""
    rows = Leave.objects.standing().touching(first, last).filter(person_id=person_id)
    for row in rows.exclude(pk=but.pk if but else 0):
        _take_back(row, by)


def _take_back(row: Leave, by: Actor) -> None:
    if row.state == LeaveState.APPROVED:
        people_actions.free_time(row.ref, by=by)
    row.state = LeaveState.CANCELLED
    row.save(update_fields=["state"])
    write_step(row, by.ref, FROM_FILE)
    _announce(row, by)


def _announce(row: Leave, by: Actor) -> None:
    fact = events.LeaveDecided(
        leave_id=row.pk,
        person_id=row.person_id,
        kind_code=row.kind,
        state=str(row.state),
        first_on=row.first_on.isoformat(),
        last_on=row.last_on.isoformat(),
    )
    record(fact, by=by, about=row)


def _write_statement(person_id: int, values: dict[str, Any]) -> None:
    at = datetime.fromisoformat(values["fetched_at"])
    left = values["left"]
    BalanceStatement.objects.update_or_create(
        person_id=person_id,
        at=at,
        defaults={
            "year": clock.local(at).year,
            "left_n": left[0],
            "left_n1": left[1],
            "left_n2": left[2],
            "source": values["source"],
        },
    )
