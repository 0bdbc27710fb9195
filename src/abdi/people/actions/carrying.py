"""How an approved act is written down: states, successors, seats. Called by the acts only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.people import events, queries
from abdi.people.choices import ActKind, ActState
from abdi.people.models import (
    Act,
    ActPart,
    Assignment,
    Position,
    Service,
    Succession,
    Unit,
    UnitState,
)
from abdi.people.queries import UnitAt
from abdi.platform.actions import Invalid

if TYPE_CHECKING:
    from abdi.people.actions.organising import ActGiven

DAY = timedelta(days=1)


def carry_out(act: Act, given: ActGiven) -> Iterator[Any]:
    """Write the dated rows of an act; yields the further events. Raises Invalid."""
    yield from WAYS[ActKind(act.kind)](act, given)


def _rename(act: Act, given: ActGiven) -> Iterator[Any]:
    now = queries.unit_at(act.unit, act.on)
    _keep_states(act, [(now, replace(now, name=given.new_name))])
    return iter(())


def _move(act: Act, given: ActGiven) -> Iterator[Any]:
    if given.new_parent is None:
        raise Invalid(_("Please choose the unit above."), field="new_parent")
    _move_below(act, act.unit, given.new_parent)
    return iter(())


def _move_below(act: Act, unit: Unit, parent: Unit) -> None:
    """A unit and all below it get their place under another parent, and its agency."""
    top, above = queries.unit_at(unit, act.on), queries.unit_at(parent, act.on)
    below = queries.units_at(act.on, [top.path])
    inside = {one.id for one in below}
    pairs = []
    for one in below:
        path = f"{above.path}{unit.pk}/{one.path.removeprefix(top.path)}"
        stays = one.agency_id in inside
        agency_id = one.agency_id if stays else above.agency_id
        parent_id = parent.pk if one.id == unit.pk else one.parent_id
        pairs.append((one, replace(one, path=path, agency_id=agency_id, parent_id=parent_id)))
    _keep_states(act, pairs)


def _merge(act: Act, given: ActGiven) -> Iterator[Any]:
    target = act.unit
    for unit in given.units:
        children = Unit.objects.on(act.on).filter(
            id__in=[
                one.id
                for one in queries.units_at(act.on, [queries.unit_at(unit, act.on).path])
                if one.parent_id == unit.pk
            ]
        )
        for child in children:
            _move_below(act, child, target)
        services = Service.objects.filter(unit=unit)
        ActPart.objects.bulk_create(
            [ActPart(act=act, service=one, origin=unit) for one in services]
        )
        yield from _take_posts(act, Position.objects.on(act.on).filter(unit=unit), target)
        _end_unit(unit, act)
        Succession.objects.create(act=act, before=unit, after=target, on=act.on)
        yield events.UnitSucceeded(unit_id=unit.pk, successor_id=target.pk, on=act.on.isoformat())
    if given.new_name and given.new_name != target.name:
        yield from _rename(act, given)


def _end_unit(unit: Unit, act: Act) -> None:
    last = act.on - DAY
    Unit.objects.filter(pk=unit.pk).update(end_on=last)
    UnitState.objects.filter(unit=unit, end_on__isnull=True).update(end_on=last)


def _split(act: Act, given: ActGiven) -> Iterator[Any]:
    now = queries.unit_at(act.unit, act.on)
    made = Unit.objects.create(
        code=given.new_code,
        name=given.new_name,
        kind=given.new_kind or act.unit.kind,
        parent_id=now.parent_id,
        start_on=act.on,
    )
    made.path = f"{now.path.removesuffix(f'{act.unit_id}/')}{made.pk}/"
    made.agency_id = made.pk if now.agency_id == now.id else now.agency_id
    made.save(update_fields=["path", "agency"])
    head = Position.objects.on(act.on).filter(unit=act.unit, is_head=True).first()
    if head is not None:
        _copy(head, made, act, title=_("Head of %(unit)s") % {"unit": made.name}, before=None)
    chosen = Position.objects.filter(id__in=[one.pk for one in given.positions])
    yield from _take_posts(act, chosen, made)
    Succession.objects.create(act=act, before=act.unit, after=made, on=act.on)
    yield events.UnitSucceeded(unit_id=act.unit_id, successor_id=made.pk, on=act.on.isoformat())


def _copy(post: Position, unit: Unit, act: Act, *, title: str, before: Position | None) -> Position:
    return Position.objects.create(
        unit=unit,
        title=title,
        kind=post.kind,
        tier=post.tier,
        echelon=post.echelon,
        job_class=post.job_class,
        is_managerial=post.is_managerial,
        is_head=post.is_head,
        need_count=post.need_count,
        work_need=post.work_need,
        start_on=act.on,
        predecessor=before,
    )


def _take_posts(act: Act, posts: Iterable[Position], unit: Unit) -> Iterator[Any]:
    """Posts continue in another unit with who sits there; a head's post ends instead."""
    for post in posts:
        seats = list(_lasting_seats(act, post))
        Assignment.objects.filter(id__in=[seat.pk for seat in seats]).update(end_on=act.on - DAY)
        Position.objects.filter(pk=post.pk).update(end_on=max(act.on - DAY, post.start_on))
        if post.is_head:
            continue
        after = _copy(post, unit, act, title=post.title, before=post)
        for seat in seats:
            Assignment.objects.create(
                person_id=seat.person_id,
                position=after,
                kind=seat.kind,
                start_on=act.on,
                end_on=seat.end_on,
                decree=act.decree,
                extension=seat.extension,
            )
        yield events.PositionSucceeded(
            position_id=post.pk, successor_id=after.pk, on=act.on.isoformat()
        )


def _lasting_seats(act: Act, post: Position) -> Iterator[Assignment]:
    lasting = Q(end_on__isnull=True) | Q(end_on__gte=act.on)
    for seat in Assignment.objects.filter(lasting, position=post):
        if seat.start_on >= act.on:
            message = _("Somebody gets the post %(post)s on that day or later.")
            raise Invalid(message % {"post": post.title}, field="on")
        yield seat


def _keep_states(act: Act, pairs: Iterable[tuple[UnitAt, UnitAt]]) -> None:
    """What units were ends the day before, what they will be begins; nothing is lost."""
    last = act.on - DAY
    for before, after in pairs:
        states = UnitState.objects.filter(unit_id=before.id)
        if states.filter(start_on=act.on, act=act).update(**_columns(after)):
            continue  # the same act touches the unit twice: merged below and renamed
        if states.filter(start_on__gte=act.on).exists():
            raise Invalid(_("%(unit)s is changed later.") % {"unit": before.name}, field="on")
        unit = Unit.objects.get(pk=before.id)
        if not states.filter(start_on__lt=act.on).exists():
            UnitState.objects.create(
                unit=unit, start_on=unit.start_on, end_on=last, **_columns(before)
            )
        else:
            states.on(act.on).update(end_on=last)
        UnitState.objects.create(
            unit=unit, start_on=act.on, end_on=unit.end_on, act=act, **_columns(after)
        )


def _columns(unit: UnitAt) -> dict[str, Any]:
    return {
        "name": unit.name,
        "parent_id": unit.parent_id,
        "agency_id": unit.agency_id,
        "path": unit.path,
    }


def put_in_force(act: Act) -> None:
    """What an act says becomes what units are now, and services stand with their new unit."""
    for state in UnitState.objects.filter(act=act):
        Unit.objects.filter(pk=state.unit_id).update(**_columns_of(state))
    after = Succession.objects.filter(act=act).first()
    if after is not None:
        ids = ActPart.objects.filter(act=act, service__isnull=False).values("service_id")
        Service.objects.filter(id__in=ids).update(unit=after.after_id)
    act.state = ActState.IN_FORCE
    act.save(update_fields=["state"])


def _columns_of(state: UnitState) -> dict[str, Any]:
    return {
        "name": state.name,
        "parent_id": state.parent_id,
        "agency_id": state.agency_id,
        "path": state.path,
    }


WAYS = {
    ActKind.RENAME: _rename,
    ActKind.MOVE: _move,
    ActKind.MERGE: _merge,
    ActKind.SPLIT: _split,
}
