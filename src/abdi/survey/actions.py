"""Changes of the survey: invite and rate; open, answer and close the survey of a service."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor, citizen
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record
from abdi.platform.norms import norms
from abdi.platform.text import BadText, clean_text
from abdi.survey import events, queries
from abdi.survey.choices import Element, Weight
from abdi.survey.models import Answer, ElementTotal, Invitation, Participation, Period, Rating
from abdi.survey.permissions import may_answer, may_close, may_open, only_other_modules

if TYPE_CHECKING:
    from abdi.people.models import Service, Unit

WORDS_LIMIT = 500
LONGEST = timedelta(days=366)


@action(allowed=only_other_modules)
def invite(
    *, about: str, unit: Unit, service: Service | None, by: Actor, round: int | None = None
) -> Invitation:
    """Invite the citizen to rate a thing; the same round twice changes nothing.

    Without `round` it is the open one, or the next after a rated one.
    """
    last = Invitation.objects.filter(about=about).order_by("-round").first()
    if round is None:
        round = last.round + int(Rating.objects.filter(invitation=last).exists()) if last else 1
    row, _made = Invitation.objects.get_or_create(
        about=about,
        round=round,
        defaults={"unit": unit, "service": service, "invited_at": clock.now()},
    )
    fact = events.Invited(invitation_id=row.pk, about=about, unit_id=row.unit_id)
    record(fact, by=by, about=row)
    return row


@action(allowed=only_other_modules)
def rate(invitation: Invitation, *, stars: int, words: str = "", by: Actor) -> Rating:
    """Rate what was done, one to five, with words; once for each invitation.

    Raises Invalid for other numbers or broken text, Conflict where it was rated already.
    """
    if not 1 <= stars <= 5:
        raise Invalid(_("Please choose one to five."), field="stars")
    try:
        text = clean_text(words.strip(), WORDS_LIMIT)
    except BadText as refusal:
        raise Invalid(str(refusal), field="words") from refusal
    invitation = lock(invitation)
    known = Rating.objects.filter(invitation=invitation).first()
    if known is not None:
        raise Conflict(_("This was rated already. Thank you."), current=known)
    row = Rating.objects.create(
        invitation=invitation, stars=stars, words=text, rated_at=clock.now()
    )
    fact = events.RatingGiven(
        invitation_id=invitation.pk,
        about=invitation.about,
        unit_id=invitation.unit_id,
        service_id=invitation.service_id,
        stars=stars,
    )
    record(fact, by=by, about=invitation.about)
    return row


@action(allowed=may_open)
def open_period(
    service: Service,
    *,
    by: Actor,
    closes_on: date,
    weight: str = "",
    people_served: int | None = None,
) -> Period:
    """Open a survey of a service until a day; the weight rule is fixed now and stored.

    Raises Invalid for a day in the past or more than a year away, Conflict where one is open.
    """
    today = clock.today()
    if not today <= closes_on <= today + LONGEST:
        raise Invalid(_("Choose a last day within the coming year."), field="closes_on")
    known = queries.open_period(service.pk)
    if known is not None:
        raise Conflict(_("A survey of this service is open already."), current=known)
    chosen = weight or norms("survey", on=today)["weight"]
    if chosen not in Weight.codes():
        raise Invalid(_("Choose one of the weight rules."), field="weight")
    row = Period.objects.create(
        service=service,
        opened_on=today,
        closes_on=closes_on,
        weight=chosen,
        people_served=people_served,
    )
    record(events.PeriodOpened(period_id=row.pk, service_id=service.pk), by=by, about=row)
    return row


def sealed(period_id: int, by: Actor, token: str = "") -> str:
    """Who answers, as a word nobody can read back: a person, or the token of a device."""
    who = f"person:{by.person_id}" if by.person_id is not None else f"token:{token}"
    return salted_hmac("abdi.survey.participation", f"{period_id}:{who}").hexdigest()


@action(allowed=may_answer)
def answer_survey(
    service: Service, *, answers: Mapping[str, int], by: Actor, token: str = ""
) -> None:
    """Answer the open survey of a service, once. A question may be left out, not all of them.

    What was answered is written apart from who answered. Raises Invalid for unknown elements
    or choices, Conflict where the survey is closed or this person has answered.
    """
    period = queries.open_period(service.pk)
    if period is None:
        raise Conflict(_("This survey is closed."))
    _check_answers(answers)
    if by.person_id is None and not token:
        raise Invalid(_("Please open the form again and send it from there."))
    _row, made = Participation.objects.get_or_create(
        period=period,
        who=sealed(period.pk, by, token),
        defaults={"answered_on": clock.today()},
    )
    if not made:
        raise Conflict(_("You have answered this survey already. Thank you."))
    Answer.objects.bulk_create(
        [Answer(period=period, element=key, value=value) for key, value in answers.items()]
    )
    nobody = citizen(by.institution_id)
    record(events.Participated(period_id=period.pk), by=nobody, about=period)


def _check_answers(answers: Mapping[str, int]) -> None:
    if not answers:
        raise Invalid(_("Please answer at least one question."), field=Element.REQUIREMENTS)
    for key, value in answers.items():
        if key not in Element.codes() or value not in (1, 2, 3, 4):
            raise Invalid(_("Please choose one of the four answers."), field=str(key)[:20])


@action(allowed=may_close)
def close_period(period: Period, *, by: Actor, seen: int | None = None) -> Period:
    """End a survey: count each element, then rewrite all answers in random order.

    Raises Conflict where it has ended or changed since `seen`.
    """
    period = lock(period)
    if not period.is_open:
        raise Conflict(_("This survey has ended already."), current=period)
    guard_version(period, seen)
    period.closed_on = clock.today()
    period.save(update_fields=["closed_on"])
    _count(period)
    _shuffle(period)
    result = queries.result_of(period)
    fact = events.PeriodClosed(
        period_id=period.pk,
        service_id=period.service_id,
        unit_id=period.service.unit_id,
        index_hundredths=result.index,
        grade=str(result.grade or ""),
    )
    record(fact, by=by, about=period)
    return period


def _count(period: Period) -> None:
    rows = Answer.objects.filter(period=period).values_list("element").order_by("element")
    counted = rows.annotate(n=Count("id"), total=Sum("value"))
    ElementTotal.objects.bulk_create(
        [
            ElementTotal(period=period, element=element, respondents=n, answers_sum=total)
            for element, n, total in counted
        ]
    )


def _shuffle(period: Period) -> None:
    """Write all answers anew, so that neither key nor place tells when one came in."""
    values = list(Answer.objects.filter(period=period).values_list("element", "value"))
    secrets.SystemRandom().shuffle(values)
    Answer.objects.filter(period=period).delete()
    Answer.objects.bulk_create(
        [Answer(period=period, element=element, value=value) for element, value in values],
        batch_size=1_000,
    )
