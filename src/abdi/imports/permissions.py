"""May this actor bring staff lists in? An import is create and update of many people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abdi.imports.models import ApplyOrder, ImportDraft, ImportRun
from abdi.people.permissions import may_change_unit
from abdi.platform.access import Actor, Reach, Where

if TYPE_CHECKING:
    from abdi.people.models import Unit

CELL = ("people.profile", "create")
EXPORT = ("people.profile", "export")


def importing(by: Actor) -> Reach:
    """For which agencies this actor brings lists in."""
    return Reach(all=True) if by.is_system else by.reach(*CELL)


def may_start(by: Actor, agency: Unit | None) -> bool:
    """May this actor bring a list of an agency in, or of the whole city (None)."""
    return by.may(*CELL, Where(agency_id=agency.pk if agency else None))


def may_use(by: Actor, draft: ImportDraft) -> bool:
    """May this actor repair, apply or put away a draft."""
    return by.may(*CELL, Where(agency_id=draft.agency_id))


def may_carry_out(by: Actor, order: ApplyOrder) -> bool:
    """May this actor still apply the list he asked for."""
    return by.account_id == order.account_number and may_use(by, order.draft)


def may_make_unit(by: Actor, draft: ImportDraft, parent: Unit) -> bool:
    """May this actor make a unit that a list names: use the list, and change units there."""
    return may_use(by, draft) and may_change_unit(by, parent)


def may_change_units(by: Actor) -> bool:
    """May this actor make units anywhere, so that a page offers it."""
    reach = by.reach("people.placement", "update")
    return reach.all or bool(reach.agency_ids)


def may_undo(by: Actor, run: ImportRun) -> bool:
    """May this actor take an applied list back."""
    return by.may(*CELL, Where(agency_id=run.agency_id))


def exported(by: Actor) -> Reach:
    """Of which agencies this actor takes people along; of himself alone where of none."""
    return Reach(all=True) if by.is_system else by.reach(*EXPORT)


def may_export(by: Actor, agency: Unit | None) -> bool:
    """May this actor take the people of an agency along; None: all of his reach."""
    if agency is None:
        return by.holds(*EXPORT)
    return by.may(*EXPORT, Where(agency_id=agency.pk))


def only_other_modules(by: Actor, *_things: object) -> bool:
    """Only jobs."""
    return by.is_system
