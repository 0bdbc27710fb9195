"""Until when an account opens the program, and whose access is over."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from abdi.people import rules
from abdi.people.models import Account, Assignment, Delegation
from abdi.platform import clock
from abdi.platform.tenancy import current_institution_id


def last_day_of_access(account: Account, seat: Assignment | None = None) -> date | None:
    """The last day an account opens anything; None where no end is known.

    `seat` is a post of today, where the caller has it at hand: one without end spares the query.
    """
    person = account.person
    if person is None:
        return account.ends_on
    post = None
    if seat is None or seat.end_on is not None:
        ends = Assignment.objects.filter(person_id=person.pk).values_list("end_on", flat=True)
        post = rules.last_day_of_posts(list(ends))
    return rules.last_day(account.ends_on, person.left_on, post)


def accounts_past_their_end(on: date | None = None) -> QuerySet[Account]:
    """Accounts still open whose time is over: own end, person left, last post ended."""
    day = on or clock.today()
    posts = Assignment.objects.filter(person_id=OuterRef("person_id"))
    lasting = posts.filter(Q(end_on__isnull=True) | Q(end_on__gte=day))
    past = Q(ends_on__lt=day) | Q(person__left_on__lt=day) | (Exists(posts) & ~Exists(lasting))
    rows = Account.objects.filter(past, is_active=True, institution_id=current_institution_id())
    return rows.select_related("person").order_by("id")


def delegations_of(person_id: int | None) -> QuerySet[Delegation]:
    """Powers a person handed over or was handed, that count today or later; first ones first."""
    rows: QuerySet[Delegation] = Delegation.objects.lasting(clock.today())
    rows = rows.filter(Q(giver_id=person_id) | Q(receiver_id=person_id))
    return rows.select_related("giver", "receiver").order_by("start_on", "id")
