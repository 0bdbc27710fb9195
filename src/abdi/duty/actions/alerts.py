"""Calls: raised once, gone on with step by step, answered by somebody, over when the thing is.

A step is taken by one conditional statement; its messages and the time of the next step are
written in the same transaction. What leaves the program is sent afterwards (`duty.carrying`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.duty import events, queries, rules
from abdi.duty.choices import (
    AckVia,
    AlertChannel,
    AlertState,
    EndReason,
    Severity,
    TellingState,
    Whom,
)
from abdi.duty.models import Alert, AlertStep, Telling
from abdi.duty.permissions import may_answer, may_raise, only_other_modules
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.actions import Conflict, action, lock
from abdi.platform.journal import record
from abdi.platform.norms import norms
from abdi.platform.notices import telling as notices

if TYPE_CHECKING:
    from abdi.people.models import Unit

LIVE = (AlertState.OPEN, AlertState.ACKNOWLEDGED)
LONGEST_SUBJECT, LONGEST_NOTE = 120, 200


@dataclass(frozen=True)
class Happening:
    """What a call is about: the reference of the thing, what kind it is, its page, how urgent.

    `subject` names the kind (no person, no words of citizens); `note` is one line of reason that
    the head's copy carries.
    """

    about: str
    subject: str
    path: str
    severity: Severity
    area: str = ""
    note: str = ""


@action(allowed=may_raise)
def raise_alert(
    unit: Unit, what: Happening, *, by: Actor, key: str, first: rules.Step | None = None
) -> Alert:
    """Begin a call and tell the first of its chain; the same key leads to the same call.

    `first`: who was given it already. Raises Conflict where another call about the same thing is
    going on.
    """
    known = Alert.objects.filter(key=key).first()
    if known is not None:
        _note_raised(known, by)
        return known
    if Alert.objects.filter(about=what.about, state__in=LIVE).exists():
        raise Conflict(_("A call about this is going on already."))
    at = clock.now()
    chain = queries.chain_for(unit, at, what.severity, what.area, first)
    alert = Alert.objects.create(
        key=key,
        about=what.about,
        subject=what.subject[:LONGEST_SUBJECT],
        path=what.path,
        note=what.note[:LONGEST_NOTE],
        unit=unit,
        severity=what.severity,
        area=what.area,
        plan=[asdict(step) for step in chain],
        raised_at=at,
        clocked_at=at,
        next_due_at=at,
    )
    _note_raised(alert, by)
    _copy_to_head(alert, by)
    _go_on(alert, by)
    return alert


def _note_raised(alert: Alert, by: Actor) -> None:
    """The journal says that a call was asked for; also where it is going on already."""
    record(
        events.AlertRaised(
            alert_id=alert.pk,
            unit_id=alert.unit_id,
            severity=alert.severity,
            about=alert.about,
            plan_count=len(alert.plan),
        ),
        by=by,
        about=alert,
    )


def _copy_to_head(alert: Alert, by: Actor) -> None:
    """The head reads what his people are called for, with the reason; he need not do anything."""
    head = people.head_of(alert.unit_id)
    if head is None:
        return
    data = {
        "severity": alert.get_severity_display(),
        "subject": alert.subject,
        "unit": alert.unit.name,
        "note": alert.note,
        "path": f"/piket/siaga/{alert.pk}",
    }
    notices.tell(
        head[0],
        _("Copy: your unit is being called"),
        "duty/mail/copy.txt",
        data,
        about=alert,
        by=by,
        key=f"alert-copy:{alert.pk}",
    )


@action(allowed=only_other_modules)
def step_alert(alert: Alert, *, by: Actor) -> Alert:
    """Take the step that is due. Raises Conflict where it is not due or was taken meanwhile."""
    if not _go_on(lock(alert), by):
        raise Conflict(_("This step was taken already."))
    alert.refresh_from_db()
    return alert


def _go_on(alert: Alert, by: Actor) -> bool:
    """Take the due step with all empty ones before it; False where somebody else did."""
    now, due_at = clock.now(), alert.next_due_at
    if due_at is None:
        return False
    if rules.is_set_back(alert.clocked_at, now):
        return _wind_back(alert, now, by)
    chain = [_planned(one) for one in alert.plan]
    told = set(Telling.objects.filter(alert=alert).values_list("person_id", flat=True))
    went = rules.advance(chain, alert.next_number, queries.Finder(now), told)
    following = rules.next_due(now, went.told, chain)
    last = went.told.number if went.told else len(chain)
    if not _claim(alert, now, number=last + 1, due_at=following):
        return False
    for step, why in went.skipped:
        _keep(alert, step, due_at, now, why)
    if went.told is not None:
        _tell(_keep(alert, went.told, due_at, now), went.person_ids, now)
    record(
        events.AlertStepTaken(
            alert_id=alert.pk,
            number=last,
            skipped=len(went.skipped),
            told=len(went.person_ids),
        ),
        by=by,
        about=alert,
    )
    return True


def _planned(row: dict[str, Any]) -> rules.Planned:
    return rules.Planned(**{**row, "whom": Whom(row["whom"])})


def _claim(alert: Alert, now: datetime, **then: Any) -> bool:
    """One statement decides who takes the step: only while it is open, at this step, and due."""
    rows = Alert.objects.filter(
        pk=alert.pk, state=AlertState.OPEN, next_number=alert.next_number, next_due_at__lte=now
    )
    return bool(rows.update(next_number=then["number"], next_due_at=then["due_at"], clocked_at=now))


def _wind_back(alert: Alert, now: datetime, by: Actor) -> bool:
    """The clock was set back: what is left of the wait starts at the time it shows now."""
    left = max((alert.next_due_at or now) - alert.clocked_at, timedelta(0))
    rows = Alert.objects.filter(
        pk=alert.pk, state=AlertState.OPEN, next_number=alert.next_number, clocked_at__gt=now
    )
    if not rows.update(next_due_at=now + left, clocked_at=now):
        return False
    fact = events.AlertStepTaken(alert_id=alert.pk, number=alert.next_number - 1, skipped=0, told=0)
    record(fact, by=by, about=alert)
    return True


def _keep(
    alert: Alert, step: rules.Planned, due_at: datetime, now: datetime, why: str = ""
) -> AlertStep:
    return AlertStep.objects.create(
        alert=alert,
        number=step.number,
        whom=step.whom,
        unit_id=step.unit_id,
        due_at=due_at,
        taken_at=now,
        skip_reason=why,
    )


def _tell(step: AlertStep, person_ids: tuple[int, ...], now: datetime) -> None:
    """The messages of a step: in the program, and by each person's first channel."""
    severity = Severity(step.alert.severity)
    order = queries.channels_for(person_ids, severity, now)
    in_program = queries.ways_to(person_ids)
    rows = []
    for one in person_ids:
        if AlertChannel.PROGRAM in in_program[one]:
            rows.append(_message(step, one, AlertChannel.PROGRAM, now))
        rows += [_message(step, one, channel, now) for channel in order[one][:1]]
    Telling.objects.bulk_create(rows)


def _message(step: AlertStep, person_id: int, channel: AlertChannel, now: datetime) -> Telling:
    stays = channel == AlertChannel.PROGRAM
    waits = norms("duty", on=clock.local(now).date())["receipt_seconds"]
    wait = timedelta(seconds=int(waits[step.alert.severity]))
    return Telling(
        alert_id=step.alert_id,
        step=step,
        person_id=person_id,
        channel=channel,
        key=f"a{step.alert_id}-s{step.number}-p{person_id}-{channel}",
        state=TellingState.SENT if stays else TellingState.WAITING,
        made_at=now,
        due_at=now,
        sent_at=now if stays else None,
        fallback_at=None if stays else now + wait,
    )


@action(allowed=only_other_modules)
def fall_back(telling: Telling, *, by: Actor) -> Telling | None:
    """Without a receipt in time: try the next channel of the same person, if he has one.

    Returns the new message. Raises Conflict where that was done, or there is a receipt.
    """
    now = clock.now()
    rows = Telling.objects.filter(pk=telling.pk, fallback_at__isnull=False)
    if not rows.exclude(state__in=TellingState.proven()).update(fallback_at=None):
        raise Conflict(_("The next channel was tried already."))
    alert = Alert.objects.get(pk=telling.alert_id)
    severity = Severity(alert.severity)
    order = queries.channels_for([telling.person_id], severity, now)[telling.person_id]
    same = Telling.objects.filter(step_id=telling.step_id, person_id=telling.person_id)
    tried = set(same.values_list("channel", flat=True))
    following = next((one for one in order if one not in tried), None)
    fact = events.AlertFellBack(
        alert_id=alert.pk, person_id=telling.person_id, channel=str(following or "")
    )
    record(fact, by=by, about=alert)
    if following is None or not alert.is_open:
        return None
    step = AlertStep.objects.select_related("alert").get(pk=telling.step_id)
    made = _message(step, telling.person_id, following, now)
    made.save(force_insert=True)
    return made


@action(allowed=may_answer)
def acknowledge(alert: Alert, *, by: Actor, via: AckVia = AckVia.PAGE) -> Alert:
    """Say that one is on it: nobody else is called.

    A second time by the same person changes nothing. Raises Conflict, with who it was and when,
    where somebody else was first, or where the thing is over.
    """
    now = clock.now()
    rows = Alert.objects.filter(pk=alert.pk, state=AlertState.OPEN)
    first = rows.update(
        state=AlertState.ACKNOWLEDGED,
        acknowledged_at=now,
        acknowledged_by_id=by.person_id,
        acknowledged_via=via,
        next_due_at=None,
    )
    alert.refresh_from_db()
    mine = by.person_id is not None and alert.acknowledged_by_id == by.person_id
    if not first and not (mine and alert.state == AlertState.ACKNOWLEDGED):
        raise Conflict(_answered(alert), current=alert)
    if first:
        _quieten(alert)
    fact = events.AlertAcknowledged(
        alert_id=alert.pk, person_id=by.person_id or 0, via=alert.acknowledged_via
    )
    record(fact, by=by, about=alert)
    return alert


def _answered(alert: Alert) -> str:
    """Why it is too late, in words."""
    if alert.state == AlertState.ENDED:
        words = {"time": f"{clock.local(alert.ended_at or clock.now()):%H.%M}"}
        return _("This call is over since %(time)s. You need not do anything.") % words
    name = alert.acknowledged_by.display_name if alert.acknowledged_by else _("Somebody")
    words = {"name": name, "time": f"{clock.local(alert.acknowledged_at or clock.now()):%H.%M}"}
    return _("%(name)s is on it since %(time)s. You need not do anything.") % words


def _quieten(alert: Alert) -> None:
    """What has not left yet stays here; nothing falls back any more."""
    mine = Telling.objects.filter(alert=alert)
    mine.filter(state=TellingState.WAITING).update(state=TellingState.DROPPED)
    mine.filter(fallback_at__isnull=False).update(fallback_at=None)


@action(allowed=only_other_modules)
def end_alerts(about: str, *, by: Actor, why: EndReason, answered_by: int | None = None) -> int:
    """The thing is over or somebody else has it: end its call; returns how many ended.

    `answered_by`: who took the job, where that was the first answer.
    """
    rows = list(Alert.objects.filter(about=about, state__in=LIVE))
    return sum(_end(alert, by, why, answered_by) for alert in rows)


def _end(alert: Alert, by: Actor, why: EndReason, answered_by: int | None) -> int:
    now = clock.now()
    columns: dict[str, Any] = {"state": AlertState.ENDED, "ended_at": now, "ended_why": why}
    if answered_by is not None and alert.is_open:
        columns |= {
            "acknowledged_at": now,
            "acknowledged_by_id": answered_by,
            "acknowledged_via": AckVia.JOB,
        }
    rows = Alert.objects.filter(pk=alert.pk, state=alert.state)
    if not rows.update(next_due_at=None, **columns):
        return 0
    _quieten(alert)
    record(events.AlertEnded(alert_id=alert.pk, why=why), by=by, about=alert)
    return 1


@action(allowed=only_other_modules)
def note_receipt(telling: Telling, *, by: Actor, state: TellingState, problem: str = "") -> bool:
    """Keep what a gateway or device said became of a message; returns whether that was new.

    Later news goes before earlier: read after arrived; a failure does not undo a proof.
    """
    now = clock.now()
    rows = Telling.objects.filter(pk=telling.pk)
    if state == TellingState.FAILED:
        open_ones = ~Q(state__in=[*TellingState.proven(), TellingState.FAILED])
        new = rows.filter(open_ones).update(state=state, problem=problem[:60], fallback_at=now)
    elif state == TellingState.READ:
        new = rows.exclude(state=state).update(state=state, receipt_at=now, fallback_at=None)
    else:
        new = rows.exclude(state__in=TellingState.proven()).update(
            state=state, receipt_at=now, fallback_at=None
        )
    record(events.ReceiptCame(telling_id=telling.pk, state=state), by=by, about=telling)
    return bool(new)


def seen_in_program(alert: Alert, person_id: int | None) -> None:
    """Who was told opened the page: his message in the program is read."""
    mine = Telling.objects.filter(
        alert=alert, person_id=person_id or 0, channel=AlertChannel.PROGRAM, state=TellingState.SENT
    ).first()
    if mine is not None:
        note_receipt(mine, by=SYSTEM, state=TellingState.READ)
