"""One personal calendar: leave, shifts, classes and meetings of a month."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import Request, own
from abdi.platform.labels import label
from abdi.platform.pages import page
from abdi.presence import queries
from abdi.presence.forms import MonthForm

MINE = "one's own calendar"
AHEAD = timedelta(days=180)
BEHIND = timedelta(days=30)


@own(MINE)
def home(request: Request) -> HttpResponse:
    """My month: every day with what takes it; on phones a list of the days that hold something."""
    first, last, _who = MonthForm(request.GET).chosen()
    person_id = request.actor.person_id
    start = first - timedelta(days=first.weekday())
    end = last + timedelta(days=6 - last.weekday())
    taken = queries.calendar_of(person_id, start, end) if person_id else []
    days = queries.days_of(taken, start, end)
    inside = [day for day in days if first <= day.on <= last]
    context = {
        "weeks": [days[n : n + 7] for n in range(0, len(days), 7)],
        "listed": [day for day in inside if day.taken or day.holiday],
        "first": first,
        "last": last,
        "today": clock.today(),
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{last + timedelta(days=1):%Y-%m}",
        "kinds": {str(kind): label(kind) for kind in TimeKind},
        "title": _title(inside, clock.today()),
    }
    return page(request, "presence/calendar.html", context)


def _title(days: list[queries.CalendarDay], today: date) -> str:
    coming = {one.key for day in days if day.on >= today for one in day.taken}
    if not coming:
        return _("Nothing takes your time in the rest of this month")
    return ngettext(
        "%(n)s thing takes your time in the rest of this month",
        "%(n)s things take your time in the rest of this month",
        len(coming),
    ) % {"n": len(coming)}


@own(MINE)
def download(request: Request) -> HttpResponse:
    """My calendar as an iCalendar file for the phone's own calendar."""
    today = clock.today()
    person_id = request.actor.person_id
    taken = queries.calendar_of(person_id, today - BEHIND, today + AHEAD) if person_id else []
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Abdi//Kalender//ID"]
    for one in taken:
        lines += _event(one)
    lines.append("END:VCALENDAR")
    answer = HttpResponse("\r\n".join(lines) + "\r\n", content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="kalender.ics"'
    return answer


def _event(one: queries.Taken) -> list[str]:
    """The kind only: what a meeting or a leave is about stays in the program."""
    word = label(one.kind, TimeKind)
    summary = f"{word} ({_('asked for')})" if one.is_asked else word
    if one.is_whole_days:
        times = [f"DTSTART;VALUE=DATE:{one.start:%Y%m%d}", f"DTEND;VALUE=DATE:{one.end:%Y%m%d}"]
    else:
        start, end = one.start.astimezone(UTC), one.end.astimezone(UTC)
        times = [f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}"]
    return [
        "BEGIN:VEVENT",
        f"UID:{one.key}@abdi",
        f"DTSTAMP:{clock.now():%Y%m%dT%H%M%SZ}",
        *times,
        f"SUMMARY:{summary}",
        f"STATUS:{'TENTATIVE' if one.is_asked else 'CONFIRMED'}",
        "END:VEVENT",
    ]
