"""What the pages of norms show: figures in force on a day, what comes next, what was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.platform import clock
from abdi.platform.access import Actor, law
from abdi.platform.norms import Norms, Row, fits, norms, rows_of, value_at
from abdi.platform.norms.entering import may_approve, may_enter, may_see
from abdi.platform.norms.leaves import Leaf, leaf_at, leaves_of, packaged
from abdi.platform.norms.records import DatedNorm, NormState
from abdi.platform.norms.wording import (
    module_name,
    norm_name,
    path_name,
    shown,
    source_name,
    step_name,
)
from abdi.platform.pages.todo import ToDo

FLAT = 30
"""A norm of at most so many figures is shown at once; a larger one branch by branch."""


@cache
def modules() -> tuple[str, ...]:
    """Every module that carries norms, in the order of the alphabet."""
    folders = (one for one in files("abdi").iterdir() if one.is_dir() and one.name.islower())
    return tuple(sorted(one.name for one in folders if one.joinpath("norms.yaml").is_file()))


def visible_modules(actor: Actor) -> list[str]:
    """The modules whose figures an actor may read."""
    return [module for module in modules() if may_see(actor, module)]


@dataclass(frozen=True)
class ModuleLine:
    """One module in the list: how many figures, how many of its own, what changes next."""

    module: str
    title: str
    count: int
    unverified: int
    own: int
    waiting: int
    next_on: date | None


@dataclass(frozen=True)
class NormLine:
    """One norm in force on a day."""

    name: str
    title: str
    value: str
    since: date
    source: str
    verified: bool
    own: int
    waiting: int
    next_on: date | None


@dataclass(frozen=True)
class Place:
    """One line of a norm's page: a figure, or a branch that holds several."""

    key: str
    title: str
    value: str
    packaged: str
    own: DatedNorm | None
    planned: DatedNorm | None
    is_branch: bool
    can_change: bool


@dataclass(frozen=True)
class Past:
    """One line of the history of a norm."""

    since: date
    until: date | None
    title: str
    value: str
    source: str
    reason: str
    state: NormState
    row: DatedNorm | None


def rows_by_module() -> dict[str, list[DatedNorm]]:
    """All figures of the institution by module, latest first: one query."""
    found: dict[str, list[DatedNorm]] = {}
    for row in DatedNorm.objects.order_by("-since", "-id"):
        found.setdefault(row.module, []).append(row)
    return found


def module_lines(actor: Actor, on: date) -> list[ModuleLine]:
    """The modules an actor may read, with what stands in each on a day: one query."""
    own = rows_by_module()
    return [_module_line(module, own.get(module, []), on) for module in visible_modules(actor)]


def _module_line(module: str, own: Sequence[DatedNorm], on: date) -> ModuleLine:
    found = [packaged(module, name, on) for name in rows_of(module)]
    return ModuleLine(
        module,
        module_name(module),
        len(found),
        sum(row is not None and not row.verified for row in found),
        _count(own, on, NormState.IN_FORCE),
        _count(own, on, NormState.WAITING),
        _next(_dates(module, tuple(rows_of(module)), own), on),
    )


def _count(own: Sequence[DatedNorm], on: date, state: NormState) -> int:
    return sum(row.state(on) is state for row in own)


def _dates(module: str, names: Sequence[str], own: Sequence[DatedNorm]) -> list[date]:
    days = [row.since for name in names for row in rows_of(module)[name]]
    for row in own:
        if row.counts:
            days += [row.since, *([row.until + timedelta(days=1)] if row.until else [])]
    return days


def _next(days: Sequence[date], on: date) -> date | None:
    return min((day for day in days if day > on), default=None)


def norm_lines(module: str, on: date) -> list[NormLine]:
    """The norms of a module on a day: one query."""
    figures = norms(module, on=on)
    by_name: dict[str, list[DatedNorm]] = {}
    for row in DatedNorm.objects.filter(module=module):
        by_name.setdefault(row.steps[0], []).append(row)
    return [
        _norm_line(module, name, figures, by_name.get(name, []), on) for name in rows_of(module)
    ]


def _norm_line(
    module: str, name: str, figures: Norms, own: Sequence[DatedNorm], on: date
) -> NormLine:
    row = packaged(module, name, on) or rows_of(module)[name][0]
    value = figures[name] if row.since <= on else row.value
    return NormLine(
        name,
        norm_name(module, name),
        _summary(row, value),
        row.since,
        source_name(row.source),
        row.verified,
        _count(own, on, NormState.IN_FORCE),
        _count(own, on, NormState.WAITING),
        _next(_dates(module, (name,), own), on),
    )


def _summary(row: Row, value: Any) -> str:
    count = sum(1 for _leaf in leaves_of(row))
    if count == 1 and not isinstance(value, Mapping):
        return shown(value)
    return ngettext("%(count)d figure", "%(count)d figures", count) % {"count": count}


def own_of(module: str, name: str) -> list[DatedNorm]:
    """The institution's figures of one norm, latest first."""
    rows = DatedNorm.objects.filter(module=module).order_by("-since", "-id")
    return [row for row in rows if row.steps[0] == name]


def places(
    module: str, row: Row, under: Sequence[str], own: Sequence[DatedNorm], *, on: date, by: Actor
) -> list[Place]:
    """The lines below a place of a norm: all its figures, or its branches where there are many."""
    whole = norms(module, on=on)[row.name] if row.since <= on else row.value
    below = list(leaves_of(row, under))
    enters = may_enter(by, module)
    if len(below) <= FLAT:
        return [_figure(row, leaf, whole, own, on, enters=enters, under=under) for leaf in below]
    value = value_at(row.value, under)
    keys = [str(key) for key in (value if isinstance(value, Mapping) else range(len(value)))]
    return [_branch(row, (*under, key), whole, own, on, enters=enters) for key in keys]


def _branch(
    row: Row, path: tuple[str, ...], whole: Any, own: Sequence[DatedNorm], on: date, *, enters: bool
) -> Place:
    below = list(leaves_of(row, path))
    if len(below) == 1 and below[0].path[1:] == path:
        return _figure(row, below[0], whole, own, on, enters=enters, under=path[:-1])
    inside = [one for one in own if one.steps[1 : len(path) + 1] == path]
    changed = [one for one in inside if one.state(on) is NormState.IN_FORCE]
    words = ngettext("%(count)d figure", "%(count)d figures", len(below)) % {"count": len(below)}
    title = step_name(value_at(row.value, path), path[-1])
    return Place(":".join(path), title, words, "", next(iter(changed), None), None, True, False)


def _figure(
    row: Row,
    leaf: Leaf,
    whole: Any,
    own: Sequence[DatedNorm],
    on: date,
    *,
    enters: bool,
    under: Sequence[str],
) -> Place:
    path = leaf.path[1:]
    mine = [one for one in own if one.path == leaf.key]
    force = next((one for one in mine if one.state(on) is NormState.IN_FORCE), None)
    coming = [one for one in mine if one.state(on) in (NormState.PLANNED, NormState.WAITING)]
    now = value_at(whole, path) if fits(whole, path) else leaf.value
    title = path_name(row.value, path)
    before = path_name(row.value, under)
    if before and title.startswith(f"{before}, "):
        title = title[len(before) + 2 :]
    return Place(
        ":".join(path),
        title,
        shown(now),
        shown(leaf.value),
        force,
        coming[-1] if coming else None,
        False,
        enters and leaf.is_settable,
    )


def history(module: str, name: str, own: Sequence[DatedNorm], on: date) -> list[Past]:
    """What was, is and will be, latest first: the rows of the program and of the institution."""
    found = [_of_program(module, name, at, on) for at in range(len(rows_of(module)[name]))]
    found += [_of_institution(module, row, on) for row in own]
    return sorted(found, key=lambda line: line.since, reverse=True)


def _of_program(module: str, name: str, at: int, on: date) -> Past:
    rows = rows_of(module)[name]
    row, later = rows[at], rows[at + 1 :]
    until = later[0].since - timedelta(days=1) if later else None
    ended = until is not None and until < on
    state = NormState.ENDED if ended else NormState.IN_FORCE
    state = NormState.PLANNED if row.since > on else state
    return Past(
        row.since, until, "", _summary(row, row.value), source_name(row.source), "", state, None
    )


def _of_institution(module: str, row: DatedNorm, on: date) -> Past:
    name, *rest = row.steps
    base = packaged(module, name, row.since)
    title = path_name(base.value, rest) if base and fits(base.value, rest) else ":".join(rest)
    reason = row.withdrawn_reason or row.reason
    state = row.state(on)
    return Past(row.since, row.until, title, shown(row.value), row.source, reason, state, row)


def leaf_of(module: str, name: str, path: Sequence[str], on: date) -> tuple[Row, Leaf] | None:
    """One figure of a norm with the row it stands in; None where there is none."""
    row = packaged(module, name, on)
    try:
        return (row, leaf_at(row, path)) if row else None
    except (LookupError, TypeError):
        return None


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """Figures that wait for this actor's approval; a query only for who may approve any."""
    asked = [module for module in modules() if _approves(actor, module)]
    if not asked:
        return []
    today = clock.local(at).date()
    rows = DatedNorm.objects.filter(module__in=asked, is_void=False, needs_approval=True)
    rows = rows.filter(approved_at__isnull=True).order_by("since")
    return [_waiting(row) for row in rows[:10] if may_approve(actor, row) and row.since > today]


def _approves(actor: Actor, module: str) -> bool:
    cell = (f"{module}.norm", "approve")
    return cell in law().cells and actor.holds(*cell)


def _waiting(row: DatedNorm) -> ToDo:
    name = row.steps[0]
    title = _("Approve a figure: %(norm)s") % {"norm": norm_name(row.module, name)}
    begins = _("It is to count from %(day)s.") % {"day": row.since.strftime("%d-%m-%Y")}
    address = reverse("portal:norm", args=[row.module, name])
    return ToDo("scale", title, begins, address, _("Look at it"))
