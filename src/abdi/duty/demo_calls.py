"""Calls of the demo city: chains of two units, and one call of last night as a story."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from abdi.duty import events, rules
from abdi.duty.choices import (
    AckVia,
    AlertChannel,
    AlertState,
    EndReason,
    Hours,
    Severity,
    SkipReason,
    TellingState,
    Whom,
)
from abdi.duty.models import Alert, AlertStep, ChainStep, Telling
from abdi.platform.journal import PastFact, record_many

if TYPE_CHECKING:
    from abdi.people.demo import DemoCity

CHAINS: Final = {
    "pju": (
        rules.Step(Whom.ON_DUTY, 300),
        rules.Step(Whom.STANDBY, 240, hours=Hours.OUTSIDE),
        rules.Step(Whom.COMMANDER, 300),
        rules.Step(Whom.HEAD, 600, severities=("P1",)),
    ),
    "damkar": (rules.Step(Whom.ON_DUTY, 60), rules.Step(Whom.COMMANDER, 120)),
}
UNIT: Final = "pju"
MINUTE: Final = timedelta(minutes=1)


def build(city: DemoCity, began: datetime) -> None:
    """The chains, then the call: nobody answers, standby is empty, the commander takes it."""
    ChainStep.objects.bulk_create(
        ChainStep(
            unit=city.units[code],
            number=number,
            whom=step.whom,
            delay_seconds=step.delay_seconds,
            hours=step.hours,
            severities=" ".join(step.severities),
        )
        for code, steps in CHAINS.items()
        for number, step in enumerate(steps, start=1)
    )
    _story(city, began)


def _story(city: DemoCity, began: datetime) -> None:
    second, ended = began + 5 * MINUTE, began + 47 * MINUTE
    crew, commander = city.logins["petugas"], city.logins["komandan"]
    alert = Alert.objects.create(
        key="demo-story",
        about="duty.story:1",
        subject="Kabel lampu menjuntai",
        path="",
        note="Kabel setinggi kepala di depan sekolah.",
        unit=city.units[UNIT],
        severity=Severity.P1,
        state=AlertState.ENDED,
        raised_at=began,
        clocked_at=second,
        next_number=4,
        acknowledged_at=second + MINUTE,
        acknowledged_by_id=commander,
        acknowledged_via=AckVia.LINK,
        ended_at=ended,
        ended_why=EndReason.DONE,
    )
    told = (
        (1, Whom.ON_DUTY, began, "", crew),
        (2, Whom.STANDBY, second, SkipReason.NOBODY, None),
        (3, Whom.COMMANDER, second, "", commander),
    )
    for number, whom, at, why, person_id in told:
        step = AlertStep.objects.create(
            alert=alert,
            number=number,
            whom=whom,
            unit=city.units[UNIT],
            due_at=at,
            taken_at=at + timedelta(seconds=1),
            skip_reason=why,
        )
        if person_id is not None:
            _tell(step, person_id, proven=person_id == commander)
    _write_down(city, alert)


def _tell(step: AlertStep, person_id: int, *, proven: bool) -> None:
    at = step.taken_at
    Telling.objects.create(
        alert=step.alert,
        step=step,
        person_id=person_id,
        channel=AlertChannel.PUSH,
        key=f"a{step.alert_id}-s{step.number}-p{person_id}-push",
        state=TellingState.DELIVERED if proven else TellingState.SENT,
        made_at=at,
        due_at=at,
        tries=1,
        sent_at=at + timedelta(seconds=1),
        receipt_at=at + timedelta(seconds=3) if proven else None,
    )


def _write_down(city: DemoCity, alert: Alert) -> None:
    commander = city.logins["komandan"]
    raised = events.AlertRaised(
        alert_id=alert.pk,
        unit_id=alert.unit_id,
        severity=alert.severity,
        about=alert.about,
        plan_count=6,
    )
    second = alert.clocked_at
    went_on = events.AlertStepTaken(alert_id=alert.pk, number=3, skipped=1, told=1)
    answered = events.AlertAcknowledged(
        alert_id=alert.pk, person_id=commander, via=alert.acknowledged_via
    )
    over = events.AlertEnded(alert_id=alert.pk, why=alert.ended_why)
    record_many(
        [
            PastFact(raised, alert.raised_at, "system", alert.ref),
            PastFact(went_on, second, "system", alert.ref),
            PastFact(answered, second + MINUTE, city.by(commander), alert.ref),
            PastFact(over, second + 42 * MINUTE, "system", alert.ref),
        ]
    )
