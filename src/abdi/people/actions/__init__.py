"""Changes on the people floor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from abdi.people import events, rules
from abdi.people.actions.accounts import close_ended_accounts as close_ended_accounts
from abdi.people.actions.accounts import end_sessions as end_sessions
from abdi.people.actions.consoles import enrol_console as enrol_console
from abdi.people.actions.consoles import keep_card as keep_card
from abdi.people.actions.consoles import make_console as make_console
from abdi.people.actions.consoles import remove_card as remove_card
from abdi.people.actions.consoles import revoke_console as revoke_console
from abdi.people.actions.consoles import set_console_pin as set_console_pin
from abdi.people.actions.consoles import try_pin as try_pin
from abdi.people.actions.deputies import hand_over as hand_over
from abdi.people.actions.deputies import take_back as take_back
from abdi.people.actions.desk import Entered as Entered
from abdi.people.actions.factor_changes import ask_factor_reset as ask_factor_reset
from abdi.people.actions.factor_changes import ask_new_phone as ask_new_phone
from abdi.people.actions.factor_changes import decide_factor_change as decide_factor_change
from abdi.people.actions.factor_changes import use_handed_code as use_handed_code
from abdi.people.actions.factor_changes import withdraw_factor_change as withdraw_factor_change
from abdi.people.actions.factors import add_passkey as add_passkey
from abdi.people.actions.factors import is_oneself
from abdi.people.actions.factors import remove_passkey as remove_passkey
from abdi.people.actions.factors import rename_passkey as rename_passkey
from abdi.people.actions.factors import renew_backup_codes as renew_backup_codes
from abdi.people.actions.factors import switch_second_factor_on as switch_second_factor_on
from abdi.people.actions.factors import use_backup_code as use_backup_code
from abdi.people.actions.freezing import enter_consent as enter_consent
from abdi.people.actions.freezing import set_freeze as set_freeze
from abdi.people.actions.freezing import withdraw_freeze as withdraw_freeze
from abdi.people.actions.leaving import take_back_leaving as take_back_leaving
from abdi.people.actions.lines import contest_superior as contest_superior
from abdi.people.actions.lines import decide_contest as decide_contest
from abdi.people.actions.lines import set_line as set_line
from abdi.people.actions.lists import enter_people as enter_people
from abdi.people.actions.organising import ActGiven as ActGiven
from abdi.people.actions.organising import approve_act as approve_act
from abdi.people.actions.organising import cancel_act as cancel_act
from abdi.people.actions.organising import note_needs as note_needs
from abdi.people.actions.organising import prepare_act as prepare_act
from abdi.people.actions.organising import take_effect as take_effect
from abdi.people.actions.posts import Posts as Posts
from abdi.people.actions.privacy import answer_privacy as answer_privacy
from abdi.people.actions.privacy import ask_privacy as ask_privacy
from abdi.people.actions.privacy import note_breach_step as note_breach_step
from abdi.people.actions.privacy import note_copy as note_copy
from abdi.people.actions.privacy import note_readings as note_readings
from abdi.people.actions.privacy import open_breach as open_breach
from abdi.people.actions.roles import confirm_role as confirm_role
from abdi.people.actions.roles import grant_role as grant_role
from abdi.people.actions.roles import revoke_role as revoke_role
from abdi.people.actions.seating import appoint_acting as appoint_acting
from abdi.people.actions.seating import end_placement as end_placement
from abdi.people.actions.seating import end_service as end_service
from abdi.people.actions.seating import place_person as place_person
from abdi.people.actions.skills import check_skill as check_skill
from abdi.people.actions.skills import drop_skill as drop_skill
from abdi.people.actions.skills import say_skill as say_skill
from abdi.people.actions.taking_back import Change as Change
from abdi.people.actions.taking_back import take_back_people as take_back_people
from abdi.people.actions.teams import add_to_team as add_to_team
from abdi.people.actions.teams import end_team as end_team
from abdi.people.actions.teams import leave_team as leave_team
from abdi.people.actions.teams import make_team as make_team
from abdi.people.choices import RecordSource, TimeKind
from abdi.people.models import (
    Account,
    BusyTime,
    Person,
    RankHold,
    Service,
    Unit,
)
from abdi.people.permissions import (
    may_change_person,
    may_change_unit,
    may_see_profile,
    only_other_modules,
    role_for,
)
from abdi.platform import clock
from abdi.platform.access import Actor, Where
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.journal import Delivery, record
from abdi.platform.journal.records import DeliveryState
from abdi.platform.norms import norms
from abdi.platform.tenancy import current_institution_id


@action(allowed=may_change_unit)
def add_unit(
    parent: Unit | None, *, by: Actor, code: str, name: str, kind: str, opd_kind: str = ""
) -> Unit:
    """Make a unit below another; an agency becomes its own agency."""
    unit = Unit.objects.create(
        code=code, name=name, kind=kind, parent=parent, opd_kind=opd_kind, path=""
    )
    starts_agency = kind in ("agency", "subdistrict", "city") or parent is None
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.agency_id = unit.pk if starts_agency else parent.agency_id if parent else unit.pk
    unit.save(update_fields=["path", "agency"])
    record(events.UnitChanged(unit_id=unit.pk), by=by, about=unit)
    return unit


@action(allowed=may_change_unit)
def add_service(unit: Unit, *, by: Actor, code: str, name: str) -> Service:
    """Give a unit one more service; the same code again is the same service."""
    service, _made = Service.objects.get_or_create(code=code, defaults={"unit": unit, "name": name})
    record(events.UnitChanged(unit_id=unit.pk), by=by, about=unit)
    return service


@action(allowed=only_other_modules)
def take_time(
    person: Person, *, start: datetime, end: datetime, kind: TimeKind, about: str, by: Actor
) -> BusyTime:
    """Enter a shift, class, meeting or leave in a calendar; the same twice changes nothing."""
    row, made = BusyTime.objects.get_or_create(
        person=person, about=about, start_at=start, defaults={"end_at": end, "kind": kind}
    )
    if not made and row.end_at != end:
        row.end_at = end
        row.save(update_fields=["end_at"])
    fact = events.TimeTaken(person_id=person.pk, kind=str(kind), about=about)
    record(fact, by=by, about=person)
    return row


@action(allowed=only_other_modules)
def take_times(
    times: Sequence[tuple[int, datetime, datetime, str]], *, kind: TimeKind, about: str, by: Actor
) -> int:
    """Enter many stretches at once, each (person id, start, end, about), with one entry."""
    BusyTime.objects.bulk_create(
        [
            BusyTime(person_id=person_id, start_at=start, end_at=end, kind=kind, about=what)
            for person_id, start, end, what in times
        ]
    )
    record(events.TimesTaken(about=about, kind=str(kind), count=len(times)), by=by, about=about)
    return len(times)


@action(allowed=only_other_modules)
def free_time(about: str, *, by: Actor, person: Person | None = None) -> int:
    """Give back the time taken for something (of one person, or of all); returns the count."""
    rows = BusyTime.objects.filter(about=about)
    if person is not None:
        rows = rows.filter(person=person)
    count = rows.delete()[0]
    record(events.TimeFreed(about=about, count=count), by=by, about=about)
    return count


@action(allowed=only_other_modules)
def free_times(what: Sequence[str], *, about: str, by: Actor) -> int:
    """Give back the time taken for many things at once, with one entry; returns the count."""
    count = BusyTime.objects.filter(about__in=what).delete()[0]
    record(events.TimeFreed(about=about, count=count), by=by, about=about)
    return count


@action(allowed=may_change_person)
def enter_rank(
    person: Person,
    *,
    by: Actor,
    rank: str,
    start_on: date,
    served_months: int | None = None,
    decree: str = "",
    source: RecordSource | str = RecordSource.TYPED,
) -> RankHold:
    """A person holds a rank from a day on; the same twice changes nothing.

    `rank` is a code of facts/ranks (`III/b`) or a grade of a contract (`IX`).
    Raises Invalid for any other.
    """
    if rank not in rules.rank_codes(norms("people", on=start_on)):
        raise Invalid(_("This rank does not exist."), field="rank")
    row, _made = RankHold.objects.get_or_create(
        person=person,
        start_on=start_on,
        rank=rank,
        defaults={"served_months": served_months, "decree": decree, "source": source},
    )
    record(events.RankEntered(person_id=person.pk, rank=rank), by=by, about=person)
    return row


@action(allowed=only_other_modules)
def open_account(login: str, *, by: Actor, password: str) -> Account:
    """An account without a person, such as the first one of an installation.

    Raises Conflict where the name is taken.
    """
    if Account.objects.filter(login=login).exists():
        raise Conflict(_("This sign-in name is taken."))
    account = Account(institution_id=current_institution_id(), login=login)
    account.set_password(password)
    account.save()
    record(events.AccountOpened(account_id=account.pk), by=by, about=account)
    return account


@action(allowed=is_oneself)
def change_password(account: Account, *, by: Actor, password: str) -> None:
    """Set a new password (checked by the form); other sessions end by themselves."""
    account.set_password(password)
    account.password_at = clock.now()
    account.save(update_fields=["password", "password_at"])
    record(events.PasswordChanged(account_id=account.pk), by=by, about=account)


def _may_retry(by: Actor, delivery: Delivery) -> bool:
    return by.may("system.journal", "retry", Where())


@action(allowed=_may_retry)
def retry_delivery(delivery: Delivery, *, by: Actor) -> None:
    """Put a parked delivery back into the queue; raises Conflict where it is not parked."""
    parked = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.PARKED)
    if parked.update(state=DeliveryState.WAITING, due_at=clock.now(), tries=0) != 1:
        raise Conflict(_("This delivery is not parked."))
    fact = events.DeliveryRetried(delivery_id=delivery.pk)
    record(fact, by=by, about=f"platform.delivery:{delivery.pk}")


def _may_read(by: Actor, person: Person) -> bool:
    return may_see_profile(by, person)


@action(allowed=_may_read)
def note_reading(person: Person, *, by: Actor) -> None:
    """One line in the person's access log: who opened the record."""
    role = role_for(by, "people.profile")
    record(events.ProfileRead(person_id=person.pk, role=role), by=by, about=person)
