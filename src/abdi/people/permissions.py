"""May this actor do this on the people floor? Asks the cells of the permission file."""

from __future__ import annotations

from typing import Any

from abdi.people import rules
from abdi.people.choices import FactorWay
from abdi.people.models import (
    Account,
    Act,
    Assignment,
    Breach,
    Contest,
    FactorChange,
    Leaving,
    Person,
    PersonSkill,
    Position,
    PrivacyRequest,
    RoleGrant,
    Team,
    TeamMember,
    Unit,
)
from abdi.platform import clock
from abdi.platform.access import Actor, Where, law


def agency_of_person(person_id: int) -> int | None:
    """The agency a person works for today, by definite position."""
    row = (
        Assignment.objects.on(clock.today())
        .filter(person_id=person_id, kind="definite")
        .values_list("position__unit__agency_id", flat=True)
        .first()
    )
    return row


def where_person(person: Person) -> Where:
    """Where a person's record stands for the scopes."""
    return Where(person_id=person.pk, agency_id=agency_of_person(person.pk))


def role_for(by: Actor, resource: str, act: str = "view") -> str:
    """The role that opens this cell of others to the actor, for the access log; else nothing."""
    grants = law().cell(resource, act).grants
    return next((one.role for one in by.grants if grants.get(one.role, "self") != "self"), "")


def may_place(by: Actor, person: Person, unit: Unit) -> bool:
    """May this actor seat this person in a unit."""
    where = Where(person_id=person.pk, agency_id=unit.agency_id)
    return by.may("people.placement", "update", where)


def may_place_in(by: Actor, position: Position) -> bool:
    """May this actor say who sits in a post."""
    return by.may("people.placement", "update", Where(agency_id=position.unit.agency_id))


def may_appoint(by: Actor, position: Position, person: Person) -> bool:
    """May this actor appoint this person to act in a post; never himself."""
    return by.person_id != person.pk and may_place_in(by, position)


def may_end_placement(by: Actor, assignment: Assignment) -> bool:
    """May this actor give an assignment its last day."""
    return may_place_in(by, assignment.position)


def may_change_unit(by: Actor, unit: Unit | None = None) -> bool:
    """May this actor make or change a unit or a position."""
    agency_id = unit.agency_id if unit else None
    return by.may("people.placement", "update", Where(agency_id=agency_id))


def may_change_person(by: Actor, person: Person | None = None, where: Where | None = None) -> bool:
    """May this actor make or change a person's record."""
    if person is None:
        return by.may("people.profile", "create", Where(agency_id=by.agency_id))
    return by.may("people.profile", "update", where or where_person(person))


def may_end_service(by: Actor, person: Person, where: Where | None = None) -> bool:
    """May this actor note that a person leaves: officers who keep his record, never himself."""
    return by.person_id != person.pk and may_change_person(by, person, where)


def may_take_back_leaving(by: Actor, leaving: Leaving) -> bool:
    """May this actor take a last day back: officers of the agency he left, never himself."""
    where = Where(person_id=leaving.person_id, agency_id=leaving.agency_id)
    return by.person_id != leaving.person_id and by.may("people.profile", "update", where)


def may_see_profile(by: Actor, person: Person, where: Where | None = None) -> bool:
    """May this actor open the personal profile."""
    return by.may("people.profile", "view", where or where_person(person))


def takes_lists(by: Actor) -> bool:
    """Whether this actor takes records of others along, not only his own."""
    reach = by.reach("people.profile", "export")
    return reach.all or bool(reach.agency_ids)


def may_grant(
    by: Actor, account_person_id: int | None, agency_id: int | None, role: str = ""
) -> bool:
    """May this actor give a role; never to himself, and one of the city only city-wide."""
    if role in rules.CITY_ROLES and not by.reach("system.role_grant", "create").all:
        return False
    where = Where(person_id=account_person_id, agency_id=agency_id)
    return by.may("system.role_grant", "create", where)


def may_confirm(by: Actor, grant: RoleGrant) -> bool:
    """May this actor confirm a role somebody else gave."""
    return may_grant(by, grant.account.person_id, grant.agency_id, grant.role)


def may_revoke(by: Actor, grant: RoleGrant) -> bool:
    """May this actor end a role."""
    if grant.role in rules.CITY_ROLES and not by.reach("system.role_grant", "revoke").all:
        return False
    return by.may("system.role_grant", "revoke", Where(agency_id=grant.agency_id))


def only_other_modules(by: Actor, *things: Any) -> bool:
    """Actions that other modules' actions call inside their own permission, and SYSTEM."""
    return by.is_system


def may_ask_privacy(by: Actor, person: Person) -> bool:
    """May this actor ask for a right over this person's data: the person himself."""
    return by.may("people.privacy_request", "create", Where(person_id=person.pk))


def may_answer_privacy(by: Actor, row: PrivacyRequest) -> bool:
    """May this actor answer a request about own data; never his own."""
    return by.may("people.privacy_request", "decide", where_person(row.person))


def may_handle_breach(by: Actor, _breach: Breach | None = None) -> bool:
    """May this actor open and lead the handling of a breach."""
    return by.may("people.breach", "update", Where())


def may_prepare_act(by: Actor, unit: Unit) -> bool:
    """May this actor prepare a dated change of a unit."""
    return by.may("people.placement", "create", Where(agency_id=unit.agency_id))


def may_cancel_act(by: Actor, act: Act) -> bool:
    """May this actor take back a change that waits."""
    return may_prepare_act(by, act.unit)


def may_approve_act(by: Actor, act: Act) -> bool:
    """May this actor approve a change; never one he prepared himself."""
    where = Where(author_id=act.prepared_by_id, agency_id=act.unit.agency_id)
    return by.may("people.placement", "approve", where)


def may_set_line(by: Actor, person: Person, *more: Any, where: Where | None = None) -> bool:
    """May this actor say who leads this person against what is derived; never for himself."""
    where = where or where_person(person)
    return by.person_id != person.pk and by.may("people.placement", "update", where)


def may_contest(by: Actor, person: Person) -> bool:
    """May this actor say that the superior of this person is wrong: the person himself."""
    return by.may("people.privacy_request", "create", Where(person_id=person.pk))


def may_decide_contest(by: Actor, contest: Contest) -> bool:
    """May this actor decide such a notice; never his own."""
    where = Where(person_id=contest.person_id, agency_id=agency_of_person(contest.person_id))
    return by.may("people.privacy_request", "decide", where)


def may_lead_team(by: Actor, unit: Unit) -> bool:
    """May this actor make a team of several units at this unit."""
    return by.may("people.placement", "create", Where(agency_id=unit.agency_id))


def may_change_team(by: Actor, team: Team) -> bool:
    """May this actor change who is in a team."""
    return by.may("people.placement", "update", Where(agency_id=team.unit.agency_id))


def may_change_member(by: Actor, member: TeamMember) -> bool:
    """May this actor change when somebody is in a team."""
    return may_change_team(by, member.team)


def may_set_freeze(by: Actor, *things: Any) -> bool:
    """May this actor enter the freeze of an election and the consents that lift it."""
    return by.may("people.placement", "approve", Where())


def may_say_skill(by: Actor, person: Person) -> bool:
    """May this actor say what this person can: the person himself."""
    mine = by.person_id is not None and by.person_id == person.pk
    return mine and by.may("people.profile", "update", Where(person_id=person.pk))


def may_drop_skill(by: Actor, skill: PersonSkill) -> bool:
    """May this actor take back what was said: the person himself."""
    return may_say_skill(by, skill.person)


def may_check_skill(by: Actor, skill: PersonSkill) -> bool:
    """May this actor confirm what somebody else says he can; never his own."""
    where = where_person(skill.person)
    return by.person_id != skill.person_id and by.may("people.profile", "create", where)


def may_ask_new_phone(by: Actor, account: Account) -> bool:
    """May this actor ask for a new phone on this account: its owner, who is a person here."""
    own = by.account_id == account.pk and account.person_id is not None
    return own and by.may("system.factor_change", "create", Where(person_id=account.person_id))


def may_ask_reset(by: Actor, account: Account) -> bool:
    """May this actor ask that the factors of an account are taken off; never of his own."""
    return by.account_id != account.pk and by.may(
        "system.account", "reset_mfa", Where(person_id=account.person_id)
    )


def may_decide_factor(by: Actor, row: FactorChange) -> bool:
    """May this actor confirm or refuse: neither whose account it is nor who asked."""
    if by.account_id == row.account_id or by.ref == row.asked_by:
        return False
    person_id = row.account.person_id
    if row.way == FactorWay.TWO_PERSONS:
        return by.may("system.account", "reset_mfa", Where(person_id=person_id))
    where = Where(person_id=person_id, agency_id=agency_of_person(person_id or 0))
    return row.way == FactorWay.IN_PERSON and by.may("system.factor_change", "decide", where)


def may_enrol(by: Actor, *things: Any) -> bool:
    """May this actor make a PC a duty console, or take it out: who changes the settings."""
    return by.may("system.settings", "update", Where())
