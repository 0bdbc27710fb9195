"""Sentences and figures of performance, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from abdi.performance.choices import Measure, Predicate, Rating
from abdi.performance.models import Result, Target
from abdi.performance.queries import Member, TargetFigure, Team
from abdi.platform.pages import formats

ROMAN = ("", "I", "II", "III", "IV")
HEAVY_LOAD = 12_000


def _lang() -> str:
    return get_language() or "id"


def figure(measure: str, unit: str, hundredths: int | None) -> str:
    """A figure with its unit: `91%`, `3 j 40 m`, `4,6`, `2.310 tiang`; a dash for none."""
    if hundredths is None:
        return "–"
    if measure == Measure.REPORTS_IN_TIME:
        return formats.percent(hundredths, _lang())
    if measure == Measure.REPORT_MINUTES:
        return formats.duration_short((hundredths + 50) // 100, _lang())
    if measure == Measure.REPORT_RATING:
        return formats.decimal((hundredths + 5) // 10, 1, _lang())
    amount = formats.decimal(hundredths, 2, _lang())
    if measure == Measure.REPORTS_CLOSED:
        return _("%(count)s reports") % {"count": amount}
    if measure == Measure.CLASSES_PASSED:
        return _("%(count)s classes") % {"count": amount}
    return f"{amount} {unit}".strip()


def actual(found: TargetFigure) -> str:
    """What a target stands at, without its unit where that stands beside it."""
    if found.actual is None:
        return _("nothing yet")
    if found.target.is_automatic:
        return figure(found.target.measure, found.target.unit, found.actual)
    return formats.decimal(found.actual, 2, _lang())


def goal(target: Target) -> str:
    """The figure of a target with its unit."""
    return figure(target.measure, target.unit, target.figure)


def whole(hundredths: int) -> int:
    """A figure from a share of the year, as whole units where it has ten or more of them."""
    return (hundredths + 50) // 100 * 100 if hundredths >= 1000 else hundredths


def proof(found: TargetFigure) -> str:
    """How many single results a figure stands on."""
    count = formats.number(found.count, _lang())
    if found.target.measure == Measure.REPORT_RATING:
        words = ngettext(
            "%(count)s rating by citizens", "%(count)s ratings by citizens", found.count
        )
    elif found.target.measure == Measure.CLASSES_PASSED:
        words = ngettext("%(count)s class passed", "%(count)s classes passed", found.count)
    elif found.target.is_automatic:
        words = ngettext("%(count)s report linked", "%(count)s reports linked", found.count)
    else:
        words = ngettext("%(count)s entry", "%(count)s entries", found.count)
    return words % {"count": count}


def behind(found: TargetFigure) -> str:
    """How far a target is from where it should stand today; empty where it is not behind."""
    if not found.is_behind or found.target.is_level:
        return ""
    missing = whole(found.expected - (found.actual or 0))
    amount = figure(found.target.measure, found.target.unit, missing)
    return _("%(amount)s behind what is expected by today.") % {"amount": amount}


def bar_tone(found: TargetFigure) -> str:
    """Green where a target is met or better, amber where it is behind."""
    if not found.rating:
        return ""
    return "amber" if found.is_behind else "green"


def summary(figures: Sequence[TargetFigure]) -> str:
    """How many targets are on track, how many behind."""
    judged = [found for found in figures if found.rating]
    late = sum(found.is_behind for found in judged)
    fine = len(judged) - late
    if not judged:
        return _("No figures have come in yet; they collect by themselves where they can.")
    parts = []
    if fine:
        words = ngettext("%(count)s target is on track", "%(count)s targets are on track", fine)
        parts.append(words % {"count": fine})
    if late:
        words = ngettext("%(count)s target is behind", "%(count)s targets are behind", late)
        parts.append(words % {"count": late})
    return f"{', '.join(parts)}."


def quarter(year: int, number: int) -> str:
    """`triwulan IV 2026`."""
    return _("quarter %(number)s %(year)s") % {"number": ROMAN[number], "year": year}


def opens(day: date, number: int) -> str:
    """When the quarter may be evaluated."""
    words = _("The evaluation of quarter %(number)s opens on %(day)s.")
    return words % {"number": ROMAN[number], "day": formats.date_plain(day, _lang())}


def predicate_tone(predicate: str) -> str:
    """The tone of a predicate; its word always stands beside."""
    return {
        Predicate.SANGAT_BAIK.value: "green",
        Predicate.BAIK.value: "green",
        Predicate.BUTUH_PERBAIKAN.value: "amber",
        Predicate.KURANG.value: "red",
        Predicate.SANGAT_KURANG.value: "red",
    }.get(predicate, "")


def rating_tone(rating: str) -> str:
    """The tone of a rating."""
    return {Rating.ABOVE.value: "green", Rating.BELOW.value: "red"}.get(rating, "")


def team_heading(team: Team) -> str:
    """How many of a team do well, how many need attention, by what is written so far."""
    rated = [member for member in team.members if member.evaluation is not None]
    if not team.members:
        return _("Nobody reports to you today")
    if not rated:
        words = ngettext(
            "%(count)s person of your team waits for the evaluation",
            "%(count)s people of your team wait for the evaluation",
            len(team.members),
        )
        return words % {"count": len(team.members)}
    good = sum(member.predicate in (Predicate.BAIK, Predicate.SANGAT_BAIK) for member in rated)
    words = _("%(good)s of %(all)s people do well, %(low)s need attention")
    return words % {"good": good, "all": len(team.members), "low": len(rated) - good}


def targets_heading(team: Team) -> str:
    """How many of a team have a target that is behind."""
    late = sum(member.behind > 0 for member in team.members)
    if not team.members:
        return _("Nobody reports to you today")
    if not late:
        return _("Nobody of your team is behind")
    words = _("%(count)s of %(all)s people of your team have a target that is behind")
    return words % {"count": late, "all": len(team.members)}


def consequences(predicate: str, *, talk: bool = False) -> list[str]:
    """What follows from a rating: for the person, for the pay office, and what he may do."""
    if talk:
        return [
            _("The talk is on record with both of you; the quarter has no predicate."),
            _("The pay office receives nothing for this quarter from here."),
            _("The year's evaluation still takes place."),
        ]
    low = predicate not in (Predicate.BAIK, Predicate.SANGAT_BAIK)
    first = (
        _("A talk and a plan with date and help; six months to improve before anything else.")
        if low
        else _("No duty follows.")
    )
    return [
        first,
        _("The pay office receives the predicate and who signed it, no figures."),
        _("The person reads it at once and may object within 14 days; your superior decides."),
    ]


def load_note(load_permyriad: int | None) -> str:
    """A word on what the unit carried, where that was too much."""
    if load_permyriad is None or load_permyriad < HEAVY_LOAD:
        return ""
    words = _(
        "The unit carries a load of %(load)s: a target missed may be the load's, not the person's."
    )
    return words % {"load": formats.percent(load_permyriad, _lang(), places=0)}


def spread_words(codes: Sequence[str]) -> list[str]:
    """Each warning about a spread of predicates, in a sentence."""
    return [_spread_word(code) for code in codes]


def _spread_word(code: str) -> str:
    for ending, words in (
        ("_not_allowed", _("“%(which)s” does not fit this achievement of the unit.")),
        ("_not_majority", _("“%(which)s” is not what most have.")),
    ):
        if code.endswith(ending):
            return words % {"which": _named(code.removesuffix(ending))}
    if code.startswith("needs_at_least_one_"):
        words = _("Nobody has “%(which)s”; at least one is expected.")
        return words % {"which": _named(code.removeprefix("needs_at_least_one_"))}
    which, _underscore, share = code.rpartition("_")
    for ending, words in (
        ("_over", _("More than %(share)s%% have “%(which)s”.")),
        ("_under", _("Fewer than %(share)s%% have “%(which)s”.")),
    ):
        if which.endswith(ending):
            return words % {"share": share, "which": _named(which.removesuffix(ending))}
    return code


def _named(codes: str) -> str:
    return _(" or ").join(_(Predicate(code).text) for code in codes.split("_or_"))


def first_name(member: Member) -> str:
    """The first word of a name without titles, for a button."""
    return formats.bare_name(member.person.name).split()[0]


def day(value: date) -> str:
    """`12 Januari 2026`."""
    return formats.date_plain(value, _lang())


def typed(hundredths: int) -> str:
    """A figure as a person types it: `4,2`, `5000`."""
    whole, rest = divmod(hundredths, 100)
    if not rest:
        return str(whole)
    mark = "," if _lang().startswith("id") else "."
    return f"{whole}{mark}{rest:02d}".rstrip("0")


def short_ratings() -> list[tuple[str, str]]:
    """The three ratings in one or two words, from low to high."""
    return [
        (Rating.BELOW.value, _("Below")),
        (Rating.MEETS.value, _("Meets")),
        (Rating.ABOVE.value, _("Above")),
    ]


def piece(result: Result) -> str:
    """What one piece of evidence is."""
    return {
        Measure.REPORTS_CLOSED.value: _("Report closed"),
        Measure.REPORTS_IN_TIME.value: _("In time or late"),
        Measure.REPORT_MINUTES.value: _("Time until it was closed"),
        Measure.REPORT_RATING.value: _("Rating by a citizen"),
        Measure.CLASSES_PASSED.value: _("A class passed"),
    }.get(result.measure, _("Progress entered"))


def single(result: Result) -> str:
    """One piece of evidence in words: in time or not, minutes, stars, or an amount."""
    if result.measure == Measure.REPORTS_IN_TIME:
        return _("in time") if result.value else _("late")
    if result.measure == Measure.REPORT_MINUTES:
        return formats.duration_short(result.value, _lang())
    if result.measure == Measure.REPORT_RATING:
        return _("%(count)s of 5") % {"count": result.value}
    unit = result.target.unit if result.target else ""
    return f"{formats.decimal(result.value, 2, _lang())} {unit}".strip()
