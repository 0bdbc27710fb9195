"""How the desk says things: time left, where a report came from, why a kind is suggested."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.actions import Conflict
from abdi.platform.labels import label
from abdi.platform.pages import formats
from abdi.reports import queries, rules
from abdi.reports.choices import Channel, Priority, Status
from abdi.reports.models import Category, Report
from abdi.reports.queries.desk import Advice, Alike, Tab
from abdi.reports.views.clock_words import stopped_short, stopped_since

HOUR = 60
MAP_MIDDLE = (280, 150)
E6_PER_MAP_UNIT = 8


def lang() -> str:
    """The reader's language."""
    return (get_language() or "id").split("-")[0]


def name_of(category: Category) -> str:
    """A kind in the reader's language."""
    return (category.name_en or category.name) if lang() == "en" else category.name


def kind_of(report: Report) -> str:
    """What a report is about."""
    return name_of(report.category)


def status_of(status: str) -> str:
    """Where a report stands, said to the staff; the label itself speaks to the reporter."""
    if status == Status.RESOLVED:
        return _("Done, the reporter is asked")
    if status == Status.WAITING_REPORTER:
        return _("Waits for the reporter's answer")
    return label(status, Status)


def label_of(tab: Tab) -> str:
    """The name of a list."""
    return label(tab)


def minutes_left(report: Report, now: datetime) -> int:
    """Minutes until the next promise: the first answer, then the end of the work."""
    until = report.due_at if report.acknowledged_at else report.ack_due_at
    return int((until - now).total_seconds() // 60)


def is_stopped(report: Report) -> bool:
    """Whether what is due next stands still: the work, once the first answer was given."""
    return report.paused_at is not None and report.acknowledged_at is not None


def left_of(report: Report, now: datetime) -> tuple[str, str]:
    """Time left in a row of the queue, with its tone."""
    if report.status == Status.RESOLVED:
        return _("asks for confirmation"), "blue"
    if not report.is_open:
        return status_of(report.status), ""
    if is_stopped(report):
        return stopped_short(report), "blue"
    left = minutes_left(report, now)
    if left < 0:
        return _("late by %(time)s") % {"time": formats.duration_short(-left, lang())}, "red"
    text = _("%(time)s left") % {"time": formats.duration_short(left, lang())}
    return text, _tone(report, left)


def _tone(report: Report, left: int) -> str:
    until = report.due_at if report.acknowledged_at else report.ack_due_at
    promised = int((until - report.received_at).total_seconds() // 60)
    if left < HOUR:
        return "red"
    return "amber" if rules.urgency(left, promised) == "soon" or left < 4 * HOUR else ""


def promise_of(report: Report, now: datetime) -> tuple[str, str]:
    """The chip beside the title: until when what has to happen."""
    if not report.is_open:
        return left_of(report, now)
    if is_stopped(report):
        return stopped_since(report, now), "blue"
    left = minutes_left(report, now)
    until = report.due_at if report.acknowledged_at else report.ack_due_at
    words = {
        "time": _moment(until, now),
        "left": formats.duration_short(abs(left), lang()),
    }
    if left < 0:
        return _("Promised for %(time)s, late by %(left)s") % words, "red"
    if report.acknowledged_at is None:
        return _("Answer before %(time)s (%(left)s)") % words, _tone(report, left)
    return _("Solve before %(time)s (%(left)s)") % words, _tone(report, left)


def _moment(moment: datetime, now: datetime) -> str:
    if clock.local(moment).date() == clock.local(now).date():
        return formats.hour(moment, clock.zone())
    return formats.moment_short(moment, clock.zone(), lang())


SHORT_CHANNELS = {Channel.PHONE_112: "112", Channel.WHATSAPP: "WA", Channel.SP4N_LAPOR: "LAPOR!"}


def came_in(report: Report) -> str:
    """`19.12 · WA`."""
    channel = Channel(report.channel)
    words = SHORT_CHANNELS.get(channel) or label(channel)
    return f"{formats.hour(report.received_at, clock.zone())} · {words}"


def advice_of(advice: Advice, similar: int) -> dict[str, Any]:
    """The suggestion in words: what, why, how sure; or the three it could be."""
    if advice.best is None or advice.category is None:
        return {
            "best": None,
            "others": [(kind.code, name_of(kind)) for _one, kind in advice.others],
        }
    reasons = []
    if advice.best.is_chosen:
        reasons.append(_("the reporter chose it"))
    if advice.best.words:
        quoted = ", ".join(f"“{word}”" for word in advice.best.words[:3])
        reasons.append(
            ngettext("the word %(words)s", "the words %(words)s", len(advice.best.words[:3]))
            % {"words": quoted}
        )
    if similar:
        reasons.append(
            ngettext("one similar report nearby", "%(num)d similar reports nearby", similar)
            % {"num": similar}
        )
    return {
        "best": advice.category.code,
        "title": _("Suggestion: %(kind)s, %(priority)s")
        % {
            "kind": name_of(advice.category),
            "priority": label(advice.category.priority, Priority).lower(),
        },
        "reason": _("Because: %(reasons)s. Certainty %(sure)d of 100.")
        % {
            "reasons": ", ".join(reasons) or _("nothing speaks against it"),
            "sure": advice.best.confidence,
        },
        "others": [],
    }


def alike_of(found: list[Alike]) -> list[dict[str, Any]]:
    """Similar reports as the page lists them."""
    rows = []
    for one in found:
        text = one.report.text.strip()
        rows.append(
            {
                "number": one.report.number,
                "words": f"“{text[:80]}{'…' if len(text) > 80 else ''}”"
                if text
                else one.report.number,
                "small": _("%(metres)d m, %(time)s, %(channel)s, likeness %(likeness)d")
                % {
                    "metres": one.metres,
                    "time": formats.clock_time(one.report.received_at, clock.zone()),
                    "channel": label(one.report.channel, Channel),
                    "likeness": one.likeness,
                },
                "status": status_of(one.report.status),
            }
        )
    return rows


def marks_of(report: Report, found: list[Alike]) -> list[dict[str, Any]]:
    """Marks of similar reports on the sketch around the report."""
    if report.lat_e6 is None or report.lng_e6 is None:
        return []
    marks = []
    for number, one in enumerate(found, start=1):
        if one.report.lat_e6 is None or one.report.lng_e6 is None:
            continue
        east = (one.report.lng_e6 - report.lng_e6) // E6_PER_MAP_UNIT
        north = (one.report.lat_e6 - report.lat_e6) // E6_PER_MAP_UNIT
        marks.append(
            {
                "x": max(16, min(544, MAP_MIDDLE[0] + east)),
                "y": max(16, min(284, MAP_MIDDLE[1] - north)),
                "text": str(number),
                "tone": "amber",
            }
        )
    return marks


def conflict_of(conflict: Conflict) -> str:
    """What somebody else has just done to the report."""
    current = conflict.current
    newest = queries.newest_change(current) if isinstance(current, Report) else None
    if newest is None or not isinstance(current, Report):
        return conflict.message
    who = _who_changed(newest)
    if newest.is_step and newest.status == Status.FORWARDED and current.person is not None:
        return _("%(who)s has just given this report to %(name)s, %(unit)s.") % {
            "who": who,
            "name": current.person.display_name,
            "unit": current.unit.name,
        }
    return _("%(who)s has just changed this report. It now stands at: %(status)s.") % {
        "who": who,
        "status": status_of(newest.status),
    }


def _who_changed(newest: queries.NewestChange) -> str:
    if newest.name:
        return newest.name
    return {"citizen": _("The reporter"), "system": _("The program")}.get(newest.by, _("Somebody"))
