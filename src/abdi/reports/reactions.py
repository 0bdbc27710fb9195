"""What reports do about what others announce."""

from __future__ import annotations

from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry, reacts_to
from abdi.reports import actions, queries
from abdi.reports.events import ReportRated
from abdi.survey.events import RatingGiven


@reacts_to(RatingGiven)
def keep_rating(event: RatingGiven, *, cause: Entry) -> None:
    """Keep the stars with the report they were given for; once for each rating."""
    report = queries.by_ref(event.about)
    if report is None or Entry.objects.filter(cause=cause, kind=ReportRated.kind).exists():  # type: ignore[attr-defined]
        return
    actions.keep_rating(report, by=SYSTEM, stars=event.stars, cause=cause)
