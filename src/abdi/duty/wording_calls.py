"""On call in words: who is called first, what a call did, who is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
from abdi.duty.models import Alert, ChainStep, Telling
from abdi.duty.queries.alerts import Line
from abdi.duty.queries.chain import Preview
from abdi.platform import clock
from abdi.platform.choices import Choice
from abdi.platform.labels import label

if TYPE_CHECKING:
    from abdi.duty.forms.calls import LineForm
    from abdi.people.models import Unit


def chain_title(seen: list[Preview], unit: Unit | None, severity: Severity) -> str:
    """The finding of the page: who is called first, or that nobody is."""
    if unit is None:
        return _("No unit of yours has a chain of calls")
    first = next((one for one in seen if one.names), None)
    if first is None:
        return _("Nobody can be called at %(unit)s at this moment") % {"unit": unit.name}
    words = {"name": first.names[0], "severity": severity.value, "unit": unit.name}
    return _("%(severity)s at %(unit)s: %(name)s is called first") % words


def own_chain_title(unit: Unit, own: list[ChainStep]) -> str:
    """The finding of the form: how many steps a unit has set, or that the common chain counts."""
    words: dict[str, object] = {"unit": unit.name, "num": len(own)}
    if not own:
        return _("%(unit)s: the common chain counts") % words
    return (
        ngettext(
            "%(unit)s: one step of its own before the units above",
            "%(unit)s: %(num)d steps of its own before the units above",
            len(own),
        )
        % words
    )


def step_words(line: LineForm) -> str:
    """A step of the form in one line: whom, when, how urgent; that it is empty."""
    whom = line["whom"].value()
    if not whom:
        return _("empty")
    parts = [_known(whom, Whom)]
    minutes = line["minutes"].value()
    if minutes:
        parts.append(_("%(minutes)s minutes until the next") % {"minutes": minutes})
    hours = line["hours"].value()
    if hours and hours != Hours.ALWAYS:
        parts.append(_known(hours, Hours).lower())
    parts += [_known(one, Severity).lower() for one in line["severities"].value() or []]
    return ", ".join(parts)


def _known(code: str, kind: type[Choice]) -> str:
    """The label of a code, or the code as it was sent where nobody knows it."""
    return label(code, kind) if code in kind.codes() else code


def answered_words(alert: Alert) -> str:
    """Who is on it since when, or why it is over; empty while nobody has answered."""
    if alert.state == AlertState.ENDED and alert.ended_at:
        words = {
            "time": f"{clock.local(alert.ended_at):%H.%M}",
            "why": label(EndReason(alert.ended_why)),
        }
        return _("Over since %(time)s: %(why)s.") % words
    if alert.acknowledged_at is None:
        return ""
    name = alert.acknowledged_by.display_name if alert.acknowledged_by else _("Somebody")
    words = {"name": name, "time": f"{clock.local(alert.acknowledged_at):%H.%M}"}
    return _("%(name)s is on it since %(time)s.") % words


def story(alert: Alert, lines: list[Line]) -> list[dict[str, Any]]:
    """The time line: the call began, each step, the answer, the end, or what comes next."""
    found: list[dict[str, Any]] = [
        {"title": _("The call began"), "text": alert.note, "at": alert.raised_at, "full": True}
    ]
    found += [_step(line) for line in lines]
    if alert.acknowledged_at:
        name = alert.acknowledged_by.display_name if alert.acknowledged_by else _("Somebody")
        how = label(AckVia(alert.acknowledged_via))
        text = _("Answered %(how)s") % {"how": how}
        found.append({"title": _("%(name)s is on it") % {"name": name}, "text": text,
                      "at": alert.acknowledged_at, "full": True})  # fmt: skip
    if alert.ended_at:
        why = label(EndReason(alert.ended_why))
        found.append({"title": _("The call is over"), "text": why, "at": alert.ended_at,
                      "full": True})  # fmt: skip
    if alert.is_open:
        found.append(_next(alert))
    return found


def _step(line: Line) -> dict[str, Any]:
    whom = f"{label(Whom(line.step.whom))}, {line.step.unit.name}"
    row: dict[str, Any] = {"at": line.step.taken_at, "full": True}
    if line.step.skip_reason:
        why = label(SkipReason(line.step.skip_reason))
        text = _("Empty, passed over at once: %(why)s") % {"why": why}
        return {**row, "title": whom, "text": text, "state": "late"}
    return {**row, "title": whom, "text": " · ".join(_told(one) for one in line.tellings)}


def _told(telling: Telling) -> str:
    channel, state = AlertChannel(telling.channel), TellingState(telling.state)
    words = f"{telling.person.display_name}, {label(channel)}: {label(state)}"
    at = telling.receipt_at or telling.sent_at
    if at is not None:
        words += f" {clock.local(at):%H.%M}"
    return words + (f" ({telling.problem})" if telling.problem else "")


def _next(alert: Alert) -> dict[str, Any]:
    if alert.next_due_at is None:
        title = _("The whole chain was called and nobody has answered")
        return {
            "title": title,
            "text": _("Please call by telephone."),
            "state": "late",
            "when": "–",
        }
    left = len(alert.plan) - alert.next_number + 1
    words = {"time": f"{clock.local(alert.next_due_at):%H.%M}", "num": left}
    text = ngettext(
        "Next step at %(time)s, one is left", "Next step at %(time)s, %(num)d are left", left
    )
    return {
        "title": _("Nobody has answered yet"),
        "text": text % words,
        "state": "now",
        "when": "–",
    }
