"""Reads of duty PCs: which machine a cookie proves, the list of them, whose card or PIN it is."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from abdi.people import console_secrets
from abdi.people.models import Account, Console, ConsolePin, StaffCard
from abdi.people.rules.pins import TRIES, card_number
from abdi.platform.consoles import Machine
from abdi.platform.tenancy import current_institution_id


def machine_of_token(token: str) -> Machine | None:
    """The enrolled machine that a cookie proves; None for an unknown or revoked one. One query."""
    row = (
        Console.objects.filter(token_digest=console_secrets.token_digest(token))
        .select_related("unit")
        .first()
    )
    if row is None:
        return None
    agency_id = None if row.is_city_wide else row.unit.agency_id
    return Machine(row.pk, current_institution_id(), row.name, row.unit_id, agency_id)


def consoles() -> QuerySet[Console]:
    """All machines with the number of PINs that live there, those in use first."""
    pins = ConsolePin.objects.filter(console=OuterRef("pk"), wrong_tries__lt=TRIES)
    counted = pins.order_by().values("console").annotate(n=Count("pk")).values("n")
    people = Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
    rows = Console.objects.select_related("unit").annotate(people=people)
    return rows.order_by("revoked_at", "name", "id")


def owner_of_card(typed: str) -> Account | None:
    """Whose card a reader typed; None for unknown numbers and closed accounts."""
    digest = console_secrets.card_digest(current_institution_id(), card_number(typed))
    row = StaffCard.objects.select_related("account__person").filter(digest=digest).first()
    return row.account if row is not None and row.account.is_active else None


def pin_of(console_id: int, account_id: int) -> ConsolePin | None:
    """The PIN of somebody at a console, dead or alive."""
    return ConsolePin.objects.filter(console_id=console_id, account_id=account_id).first()


def has_card(account_id: int) -> bool:
    """Whether an account has a card."""
    return StaffCard.objects.filter(account_id=account_id).exists()
