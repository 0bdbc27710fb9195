"""Builders for tests: invitations, ratings, surveys with answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from abdi.platform import clock
from abdi.platform.access import SYSTEM, citizen
from abdi.platform.tenancy import current_institution_id
from abdi.survey import actions
from abdi.survey.choices import Element
from abdi.survey.models import Invitation, Period, Rating

if TYPE_CHECKING:
    from abdi.people.models import Service, Unit


def an_invitation(unit: Unit, service: Service | None = None, about: str = "") -> Invitation:
    """An invitation to rate something."""
    return actions.invite(about=about or "uji.thing:1", unit=unit, service=service, by=SYSTEM)


def a_rating(
    unit: Unit, service: Service | None = None, *, about: str = "", stars: int = 4, words: str = ""
) -> Rating:
    """A rating given."""
    invitation = an_invitation(unit, service, about)
    return actions.rate(invitation, stars=stars, words=words, by=SYSTEM)


def a_period(service: Service, *, days: int = 30, weight: str = "") -> Period:
    """An open survey."""
    closes_on = clock.today() + timedelta(days=days)
    return actions.open_period(service, by=SYSTEM, closes_on=closes_on, weight=weight)


def answered(
    service: Service, times: int, value: int = 4, answers: Mapping[str, int] | None = None
) -> None:
    """So many citizens answer the open survey, each the same."""
    given = answers if answers is not None else dict.fromkeys(Element.codes(), value)
    for n in range(times):
        actions.answer_survey(
            service,
            answers=given,
            by=citizen(current_institution_id()),
            token=f"perangkat-{value}-{len(given)}-{n}",
        )


def a_closed_period(service: Service, *, times: int = 6, value: int = 4) -> Period:
    """A survey that ended with so many equal answers."""
    period = a_period(service)
    answered(service, times, value)
    return actions.close_period(period, by=SYSTEM)
