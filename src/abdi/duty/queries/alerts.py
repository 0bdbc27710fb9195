"""Reads of calls: what is due in all institutions, what an actor may see, the time line of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from abdi.duty import rules
from abdi.duty.choices import AlertChannel, AlertState, TellingState
from abdi.duty.models import Alert, AlertGateway, AlertStep, Telling
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.tenancy import unscoped

LONGEST_PAUSE = timedelta(minutes=10)
"""Nothing that is to be sent waits longer; a time further ahead means the clock was set back."""
BATCH = 100


def due_alerts(now: datetime) -> list[tuple[int, int]]:
    """Calls whose step is due, or whose clock was set back: (institution, call). One query."""
    due = Q(next_due_at__lte=now) | Q(clocked_at__gt=now + rules.BACKWARDS)
    with unscoped("one look finds what is due in every institution"):
        rows = Alert.objects.filter(due, next_due_at__isnull=False).order_by("next_due_at", "id")
        return list(rows.values_list("institution_id", "id")[:BATCH])


def due_fallbacks(now: datetime) -> list[tuple[int, int]]:
    """Messages without a receipt in time: (institution, message). One query."""
    due = Q(fallback_at__lte=now) | Q(fallback_at__gt=now + LONGEST_PAUSE)
    with unscoped("one look finds what is due in every institution"):
        rows = Telling.objects.filter(due, fallback_at__isnull=False).order_by("fallback_at", "id")
        return list(rows.values_list("institution_id", "id")[:BATCH])


def due_tellings(channels: Iterable[str], now: datetime) -> list[tuple[int, int]]:
    """Messages of these channels that are to leave now: (institution, message). One query."""
    with unscoped("one look finds what is due in every institution"):
        rows = Telling.objects.filter(
            is_due(now), channel__in=list(channels), state__in=TellingState.open_ones()
        )
        return list(rows.order_by("due_at", "id").values_list("institution_id", "id")[:BATCH])


def is_due(now: datetime) -> Q:
    """Whether a message may leave: its time has come, or lies where no clock put it."""
    return Q(due_at__lte=now) | Q(due_at__gt=now + LONGEST_PAUSE)


def visible_alerts(actor: Actor) -> QuerySet[Alert]:
    """Calls this actor may see: those he was told of, those of the agencies he dispatches for."""
    told = Telling.objects.filter(alert=OuterRef("pk"), person_id=actor.person_id or 0)
    rows = Alert.objects.select_related("unit", "acknowledged_by").order_by("-raised_at", "-id")
    reach = actor.reach("reports.dispatch", "view")
    if reach.all:
        return rows
    return rows.filter(Exists(told) | Q(unit__agency_id__in=reach.agency_ids))


def alerts_by_need(actor: Actor) -> QuerySet[Alert]:
    """The same calls: those nobody answered first, by what is due next and how urgent it is."""
    place = Case(
        When(state=AlertState.OPEN, then=Value(0)),
        When(state=AlertState.ACKNOWLEDGED, then=Value(1)),
        default=Value(2),
    )
    due = Case(When(state=AlertState.OPEN, then=F("next_due_at")))
    rows = visible_alerts(actor).annotate(place=place, due=due)
    return rows.order_by("place", F("due").asc(nulls_first=True), "severity", "-raised_at", "-id")


@dataclass(frozen=True)
class CallRow:
    """A call as a handover tells it: what, whom it went through, who is on it since when."""

    path: str
    subject: str
    unit_name: str
    raised_at: datetime
    told: int
    """Steps that told somebody."""
    passed_over: int
    """Steps that had nobody."""
    answered_by: str
    answered_at: datetime | None
    is_over: bool
    has_nobody_left: bool
    """Whether the whole chain was gone through without an answer."""


def calls_of_shift(actor: Actor, since: datetime, at: datetime) -> list[CallRow]:
    """Calls of an actor's reach that began in a shift, or go on at its end; one query."""
    rows = visible_alerts(actor).filter(
        Q(raised_at__gte=since) | ~Q(state=AlertState.ENDED), raised_at__lte=at
    )
    counted = rows.annotate(
        told=Count("steps", filter=Q(steps__skip_reason="")),
        passed_over=Count("steps", filter=~Q(steps__skip_reason="")),
    )
    return [_call_row(one) for one in counted.order_by("raised_at", "id")]


def _call_row(alert: Alert) -> CallRow:
    who = alert.acknowledged_by
    return CallRow(
        alert.path,
        alert.subject,
        alert.unit.name,
        alert.raised_at,
        alert.told,  # type: ignore[attr-defined]  # counted by the query
        alert.passed_over,  # type: ignore[attr-defined]  # as above
        who.display_name if who is not None else "",
        alert.acknowledged_at,
        alert.state == AlertState.ENDED,
        alert.state == AlertState.OPEN and alert.next_due_at is None,
    )


def live_alert(about: str) -> Alert | None:
    """The call about a thing that is going on."""
    rows = Alert.objects.filter(about=about).exclude(state=AlertState.ENDED)
    return rows.select_related("acknowledged_by").first()


def alerts_about(refs: Iterable[str]) -> set[str]:
    """Which of these things a call is going on about; one query."""
    rows = Alert.objects.filter(about__in=list(refs)).exclude(state=AlertState.ENDED)
    return set(rows.values_list("about", flat=True))


@dataclass(frozen=True)
class Line:
    """A step of the time line, with its messages in order."""

    step: AlertStep
    tellings: tuple[Telling, ...]


def timeline(alert: Alert) -> list[Line]:
    """What a call did, step by step; two queries."""
    steps = list(AlertStep.objects.filter(alert=alert).select_related("unit").order_by("number"))
    found: dict[int, list[Telling]] = {step.pk: [] for step in steps}
    rows = Telling.objects.filter(alert=alert).select_related("person")
    for row in rows.order_by("made_at", "id"):
        found[row.step_id].append(row)
    return [Line(step, tuple(found[step.pk])) for step in steps]


def mail_stuck_since(actor: Actor, now: datetime) -> datetime | None:
    """Since when no mail of a call leaves, where this actor dispatches; None where mail goes."""
    rows = Telling.objects.filter(
        channel=AlertChannel.EMAIL, state__in=TellingState.open_ones(), tries__gt=0
    ).exclude(problem="")
    reach = actor.reach("reports.dispatch", "view")
    if not reach.all:
        rows = rows.filter(alert__unit__agency_id__in=reach.agency_ids)
    first = rows.order_by("made_at").values_list("made_at", flat=True).first()
    return first if first is not None and first <= now else None


def address_of_gateway(channel: str) -> AlertGateway | None:
    """The gateway in use for a channel."""
    return AlertGateway.objects.filter(channel=channel, off_at__isnull=True).first()


@dataclass(frozen=True)
class GatewayRow:
    """A gateway and what it carried in the last day."""

    gateway: AlertGateway
    sent: int
    proven: int
    failed: int


def gateway_rows(at: datetime | None = None) -> list[GatewayRow]:
    """Gateways, those in use first, with their messages of the last day; two queries."""
    since = (at or clock.now()) - timedelta(days=1)
    rows = Telling.objects.filter(made_at__gte=since).values_list("channel", "state")
    counts: dict[tuple[str, str], int] = {
        (channel, state): number
        for channel, state, number in rows.annotate(number=Count("id")).order_by()
    }

    def count(gateway: AlertGateway, *states: TellingState) -> int:
        if not gateway.is_on:
            return 0
        return sum(counts.get((gateway.channel, state), 0) for state in states)

    proven = TellingState.proven()
    return [
        GatewayRow(
            gateway,
            count(gateway, TellingState.SENT, *proven),
            count(gateway, *proven),
            count(gateway, TellingState.FAILED),
        )
        for gateway in AlertGateway.objects.order_by(F("off_at").desc(nulls_first=True), "id")
    ]
