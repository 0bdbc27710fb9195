"""May this actor open, close, answer a survey? Asks the cells of the permission file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.platform.access import Actor, Where
from abdi.survey.models import Period

if TYPE_CHECKING:
    from abdi.people.models import Service


def may_open(by: Actor, service: Service) -> bool:
    """May this actor open a survey of a service."""
    return by.may("survey.form", "publish", Where(agency_id=service.unit.agency_id))


def may_close(by: Actor, period: Period) -> bool:
    """May this actor end a survey."""
    return may_open(by, period.service)


def may_answer(by: Actor, service: Service) -> bool:
    """May this actor answer: everybody the service serves, while a survey of it is open."""
    if not by.holds("survey.answer", "create"):
        return False
    return Period.objects.filter(service_id=service.pk, closed_on__isnull=True).exists()


def only_other_modules(by: Actor, *things: Any) -> bool:
    """Actions that other modules' actions call inside their own permission, and SYSTEM."""
    return by.is_system
