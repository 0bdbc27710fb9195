"""How a report is told to a citizen: status in plain words, what comes next, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.choices import N_
from abdi.platform.labels import label
from abdi.reports import rules
from abdi.reports.choices import Jurisdiction, Obstacle, RejectReason, Status
from abdi.reports.models import Report, StatusChange
from abdi.reports.queries import title_of
from abdi.reports.views import clock_words

TONES = {
    Status.RECEIVED: ("blue", "inbox"),
    Status.VERIFIED: ("blue", "inbox"),
    Status.FORWARDED: ("amber", "users"),
    Status.ON_THE_WAY: ("amber", "truck"),
    Status.IN_PROGRESS: ("amber", "tool"),
    Status.WAITING_REPORTER: ("amber", "chat"),
    Status.RESOLVED: ("green", "check"),
    Status.CLOSED: ("green", "check"),
    Status.REJECTED: ("", "info"),
    Status.REOPENED: ("amber", "loop"),
}


@dataclass(frozen=True)
class Step:
    """One line of the timeline."""

    title: str
    text: str
    state: str
    icon: str
    at: datetime | None = None
    when: str = ""
    full: bool = True


@dataclass(frozen=True)
class Story:
    """What the tracking page says first."""

    title: str
    sentence: str
    tone: str
    icon: str
    steps: list[Step]
    due_at: datetime | None
    left_minutes: int
    stopped: str = ""
    broken: tuple[str, ...] = ()


SHORT = {
    Status.ON_THE_WAY: N_("On the way"),
    Status.IN_PROGRESS: N_("Being repaired"),
    Status.WAITING_REPORTER: N_("Asked the reporter"),
    Status.RESOLVED: N_("Done"),
    Status.CLOSED: N_("Done"),
}
"""Words for lists everybody reads: short, and speaking to nobody in particular."""


def chip_of(report: Report) -> tuple[str, str]:
    """Word and tone of a report's status in a list."""
    status = Status(report.status)
    word = _(SHORT[status]) if status in SHORT else label(status)
    return word, TONES[status][0]


def story_of(
    report: Report,
    changes: list[StatusChange],
    at: datetime,
    *,
    with_place: bool,
    is_reporter: bool,
) -> Story:
    """The whole story of a report, past and to come, told to its reporter or to everybody."""
    tone, icon = TONES[Status(report.status)]
    is_open = rules.is_open(report.status)
    left = (report.due_at - at).total_seconds() // 60
    stopped = clock_words.stopped_since(report, at, is_reporter=is_reporter) if is_open else ""
    return Story(
        title=title_of(report, with_place=with_place),
        sentence=sentence_of(report, is_reporter=is_reporter),
        tone="red" if is_open and left < 0 and not stopped else tone,
        icon=icon,
        steps=[*_past(changes, is_reporter), *_coming(report, is_reporter)],
        due_at=report.due_at if is_open else None,
        left_minutes=int(left),
        stopped=stopped,
        broken=tuple(clock_words.broken_of(report, at)),
    )


def sentence_of(report: Report, *, is_reporter: bool) -> str:
    """The status as a citizen reads it."""
    if report.status == Status.FORWARDED:
        return _("Passed to %(unit)s") % {"unit": report.unit.name}
    if report.status == Status.REJECTED and report.jurisdiction == Jurisdiction.CITY:
        return _("Not handled: %(why)s") % {
            "why": label(report.reject_reason, RejectReason).lower()
        }
    return _status(report.status, is_reporter)


def _status(status: str, is_reporter: bool) -> str:
    """The word of a status; it says "you" to the reporter alone."""
    if not is_reporter and status == Status.RESOLVED:
        return _("Done, the reporter is asked to confirm")
    if not is_reporter and status == Status.WAITING_REPORTER:
        return _("Waiting for the reporter's answer")
    return label(status, Status)


def _past(changes: list[StatusChange], is_reporter: bool) -> list[Step]:
    """The history; the last step of an open report is where it stands now."""
    last = len(changes) - 1
    found = []
    for place, change in enumerate(changes):
        going = place == last and rules.is_open(change.status)
        tone, icon = TONES[Status(change.status)]
        found.append(
            Step(
                title=_headline(change, is_reporter),
                text=_why(change),
                state="now" if going and change.status != Status.RECEIVED else "done",
                icon=icon if going and tone == "amber" else "",
                at=change.at,
                full=clock.local(change.at).date() != clock.today(),
            )
        )
    return found


def _headline(change: StatusChange, is_reporter: bool) -> str:
    if change.status == Status.RECEIVED:
        return _("Report received")
    if change.status == Status.FORWARDED and change.unit is not None and not change.obstacle:
        return _("Passed to %(unit)s") % {"unit": change.unit.name}
    return _status(change.status, is_reporter)


def _why(change: StatusChange) -> str:
    if change.obstacle:
        return _("Not possible yet: %(why)s.") % {"why": label(change.obstacle, Obstacle).lower()}
    if change.status == Status.RESOLVED and change.unit is not None:
        return _("%(unit)s says it is done.") % {"unit": change.unit.name}
    return ""


def _coming(report: Report, is_reporter: bool) -> list[Step]:
    """What still comes, from where the report stands."""
    status = Status(report.status)
    found = []
    if status in rules.AT_DESK:
        found.append(_next(_("Passed to a crew"), _("The desk is open day and night.")))
    if status in rules.AT_DESK or status in rules.IN_FIELD:
        found.append(_next(_("Repaired and photographed"), _("The photo is taken at the place.")))
    if status == Status.WAITING_REPORTER and is_reporter:
        found.append(_next(_("You answer"), _("Write it below; then the work goes on.")))
    if rules.is_open(status) or status == Status.RESOLVED:
        found.append(_checking(is_reporter))
    return found


def _checking(is_reporter: bool) -> Step:
    if is_reporter:
        return _next(
            _("You check the result"),
            _("The report is closed when you agree, or when nobody objects in time."),
        )
    return _next(
        _("The reporter checks the result"),
        _("The report is closed when the reporter agrees, or when nobody objects in time."),
    )


def _next(title: str, text: str) -> Step:
    return Step(title=title, text=text, state="next", icon="", when=_("next"))
