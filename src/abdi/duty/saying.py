"""Plans, months and reasons in words: titles say the finding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from abdi.competence import queries as competence
from abdi.duty.choices import PlanKind, PlanState
from abdi.duty.models import Plan
from abdi.duty.queries import Month, Weighing
from abdi.duty.rules import Weighed, load_of, wishes_at
from abdi.platform.labels import label

COLUMN_WORDS = {
    "nights": gettext_lazy("Nights"),
    "weekends": gettext_lazy("Weekends"),
    "holidays": gettext_lazy("Holidays"),
    "minutes": gettext_lazy("Hours"),
}
MOST_LINES = 12


def month_title(month: Month | None, first: date, unit: str) -> str:
    """What a month lacks, or that it is full."""
    name = format_date(first, "LLLL", locale=get_language() or "id").capitalize()
    words = {"month": name, "unit": unit, "num": month.open if month else 0}
    if month is None:
        return _("No unit has turns of the day yet")
    if not month.laid_out:
        return _("%(unit)s has no roster for %(month)s yet") % words
    if month.open:
        text = ngettext(
            "%(month)s: one place of %(unit)s is still open",
            "%(month)s: %(num)d places of %(unit)s are still open",
            month.open,
        )
        return text % words
    if month.laid_out < month.weeks:
        more = {**words, "num": month.laid_out, "all": month.weeks}
        return _("%(month)s: %(num)s of %(all)s weeks of %(unit)s are laid out") % more
    return _("%(month)s: every turn of %(unit)s is filled") % words


def month_lead(month: Month) -> str:
    """How even the nights are, and what is not in force yet."""
    parts = []
    low, high = month.nights
    if high:
        words = {"low": low, "high": high}
        parts.append(
            _("Everybody stands %(low)s nights.") % words
            if low == high
            else _("People stand %(low)s to %(high)s nights each.") % words
        )
    if month.drafts:
        text = ngettext(
            "One week is still a draft.", "%(num)d weeks are still drafts.", len(month.drafts)
        )
        parts.append(text % {"num": len(month.drafts)})
    return " ".join(parts)


FIGURE_WORDS = {
    "rest_hours": gettext_lazy("Hours of rest between turns"),
    "rest_after_night_hours": gettext_lazy("Hours free after a night"),
    "most_nights_in_a_row": gettext_lazy("Nights in a row at most"),
    "most_days_in_a_row": gettext_lazy("Days in a row at most"),
    "longest_shift_hours": gettext_lazy("Longest turn, hours"),
    "week_minutes": gettext_lazy("Minutes a week"),
    "ramadan_week_minutes": gettext_lazy("Minutes a week in Ramadan"),
    "most_week_hours": gettext_lazy("Hours in one week at most"),
}


def rules_title(unit: str, found: dict[str, Any]) -> str:
    """What a unit wants, in one sentence."""
    if not unit:
        return _("No unit has turns of the day yet")
    count = len(found["platoons"])
    words: dict[str, object] = {"unit": unit, "num": count}
    if count:
        text = ngettext(
            "%(unit)s stands in one platoon", "%(unit)s stands in %(num)d platoons", count
        )
        return text % words
    skilled = sum(bool(one.needs.all()) for one in found["patterns"])
    words["num"] = skilled
    if not skilled:
        return _("%(unit)s wants no special skill on any turn") % words
    text = ngettext(
        "%(unit)s wants a skill on one turn of the day",
        "%(unit)s wants skills on %(num)d turns of the day",
        skilled,
    )
    return text % words


# ------------------------------------------------------------------ plans


def plan_title(plan: Plan) -> str:
    """What the program found, or how far it is."""
    state = PlanState(plan.state)
    if state in (PlanState.WAITING, PlanState.RUNNING):
        return _("%(unit)s is being worked out") % {"unit": plan.unit.name}
    if state == PlanState.DONE:
        return _repair_title(plan) if plan.kind == PlanKind.REPAIR else _done_title(plan)
    texts = {
        PlanState.FAILED: _("This could not be worked out"),
        PlanState.APPLIED: _("This plan was applied"),
        PlanState.DROPPED: _("This plan was put away"),
    }
    return texts[state]


def _done_title(plan: Plan) -> str:
    open_ = plan.found["open"]
    if not open_:
        return _("Every turn can be filled")
    text = ngettext("One place stays open", "%(num)d places stay open", open_)
    return text % {"num": open_}


def _repair_title(plan: Plan) -> str:
    changes, open_ = plan.found["changes"], plan.found["open"]
    words = {"num": changes}
    if not changes:
        return _("Nothing has to change") if not open_ else _done_title(plan)
    if open_:
        text = ngettext("One change fills what can be filled",
                        "%(num)d changes fill what can be filled", changes)  # fmt: skip
        return text % words
    return (
        ngettext("One change fills every turn", "%(num)d changes fill every turn", changes) % words
    )


def findings(plan: Plan) -> list[str]:
    """What the plan says beside its title: what would help, and by how much; how sure it is."""
    if plan.state != PlanState.DONE:
        return []
    found = plan.found
    said = [_loosened(one, found) for one in found.get("loosened", [])]
    said += [_without_skill(*one) for one in found.get("without_skill", [])]
    away = len(found.get("away", []))
    if away:
        text = ngettext(
            "On one turn fewer people are there at all than it wants: leave and classes.",
            "On %(num)d turns fewer people are there at all than they want: leave and classes.",
            away,
        )
        said.append(text % {"num": away})
    met, wishes = found.get("wishes", (0, 0))
    if wishes:
        text = ngettext("%(met)s of one wish is met.", "%(met)s of %(num)d wishes are met.", wishes)
        said.append(text % {"met": met, "num": wishes})
    return said


def _loosened(one: dict[str, Any], found: dict[str, Any]) -> str:
    """One rule loosened, in words: "Rest of 11 hours → 9 hours fills 3 places"."""
    was, to = one["was"], one["to"]
    rules = {
        "rest": _("Rest of %(was)s hours → %(to)s hours") % {"was": was // 60, "to": to // 60},
        "after_night": _("No day off after a night, only %(to)s hours of rest") % {"to": to // 60},
        "nights": _("%(was)s nights in a row → %(to)s") % {"was": was, "to": to},
        "days": _("%(was)s days in a row → %(to)s") % {"was": was, "to": to},
        "hours": _("Hours of each person → %(to)s%% of the rule") % {"to": to},
        "people": ngettext("One more person", "%(num)d more people", to) % {"num": to},
    }
    words = rules[one["rule"]]
    if one["rule"] == "people" and one["skills"]:
        words = _("%(words)s with %(skills)s") % {"words": words, "skills": _skills(found)}
    filled = _filled(one["fills"], one["skills"])
    return _("%(rule)s: %(filled)s.") % {"rule": words, "filled": filled}


def _filled(places: int, skills: int) -> str:
    parts = []
    if places:
        parts.append(ngettext("fills one place", "fills %(num)d places", places) % {"num": places})
    if skills:
        text = ngettext("gives one turn its skill", "gives %(num)d turns their skill", skills)
        parts.append(text % {"num": skills})
    return ", ".join(parts)


def _skills(found: dict[str, Any]) -> str:
    wanted = {(skill, level) for _key, skill, level, _n in found.get("lacking_turns", [])}
    return ", ".join(
        _("%(skill)s level %(level)s") % {"skill": skill_name(skill), "level": level}
        for skill, level in sorted(wanted)
    )


def _without_skill(skill: str, level: int, wanted: int, having: int) -> str:
    words = {"skill": skill_name(skill), "level": level, "wanted": wanted, "num": having}
    if not having:
        return _("Nobody has %(skill)s at level %(level)s.") % words
    return (
        _("A turn wants %(wanted)s people with %(skill)s at level %(level)s; there are %(num)s.")
        % words
    )


def skill_name(skill: str) -> str:
    """The name of a competency by its code; a skill is its own name."""
    found = competence.competency_of(skill) if skill in competence.CODES else None
    return str(found.name) if found else skill


# ------------------------------------------------------------------ why


@dataclass(frozen=True)
class Line:
    """One person beside a turn: what spoke against him, and his figures of the ledger."""

    code: str
    name: str
    against: str
    nights: int
    weekends: int
    holidays: int
    hours: int
    is_here: bool


def answer(weighing: Weighing, person_id: int, name: str) -> str:
    """The finding: nobody else could, or he had stood least, or others had stood as little."""
    words = {"name": name, "column": str(COLUMN_WORDS[weighing.column]).lower()}
    free = [one for one in weighing.others if one.is_free]
    if not free:
        return _("Nobody else of the unit could stand this turn") % words
    place = weighing.place
    mine = next(one for one in weighing.planning.members if one.person_id == person_id)
    chosen = [pair for pair in weighing.planning.fixed if pair != (place.key, person_id)]
    own = getattr(load_of(weighing.planning, mine, chosen), weighing.column)
    least = min(getattr(one.load, weighing.column) for one in free)
    if own <= least:
        return _("%(name)s had stood least, counted in %(column)s") % words
    return _("Others had stood less in %(column)s; the whole week decided") % words


def lines_of(weighing: Weighing, person_id: int, reader_id: int | None = None) -> list[Line]:
    """The person first, then everybody else with what spoke against each.

    A wish is shown to who made it (`reader_id`) and to nobody else, as its form promises.
    """
    planning = weighing.planning
    mine = next(one for one in planning.members if one.person_id == person_id)
    load = load_of(planning, mine, planning.fixed)
    own = weighing.names.get(reader_id or 0, ("", ""))[0]
    first = _line(weighing, person_id, load, _("Stands this turn"), is_here=True)
    there = {who for key, who in planning.fixed if key == weighing.place.key} - {person_id}
    found = [first] + [
        _line(weighing, one.member.person_id, one.load, _against(one.problems), is_here=False)
        for one in weighing.others
        if one.member.person_id not in there
    ]
    wish = _wish(weighing, reader_id)
    return [
        replace(one, against=f"{one.against}, {wish}") if wish and one.code == own else one
        for one in found
    ]


def _wish(weighing: Weighing, reader_id: int | None) -> str:
    """What the reader wished about this turn; empty where nothing."""
    wishes = wishes_at(weighing.planning, weighing.place, reader_id or 0)
    if not wishes:
        return ""
    return _("you wished for duty") if wishes[0].wants_duty else _("you wished to be free")


def _against(problems: tuple[Any, ...]) -> str:
    if not problems:
        return _("Could have stood it")
    return ", ".join(str(label(one)) for one in problems)


def _line(weighing: Weighing, person_id: int, load: Any, against: str, *, is_here: bool) -> Line:
    return Line(
        *weighing.names[person_id],
        against,
        load.nights,
        load.weekends,
        load.holidays,
        load.minutes // 60,
        is_here,
    )


# ------------------------------------------------------------------ candidates of an open turn


@dataclass(frozen=True)
class Proposal:
    """Somebody for an open turn, and what giving it to him does, in words."""

    code: str
    name: str
    hours: int
    effect: str
    problem: str = ""


def proposals(weighing: Weighing, most: int = 5) -> list[Proposal]:
    """Free people, the best first, each with the effect before it is pressed."""
    free = [one for one in weighing.others if one.is_free]
    return [_proposal(weighing, one) for one in free[:most]]


def stretchable(weighing: Weighing, most: int = 3) -> list[Proposal]:
    """People whom one rule keeps from it, which the commander may break with a reason."""
    found = [one for one in weighing.others if len(one.problems) == 1 and not one.is_never]
    return [_proposal(weighing, one) for one in found[:most]]


def _proposal(weighing: Weighing, one: Weighed) -> Proposal:
    code, name = weighing.names[one.member.person_id]
    problem = str(label(one.problems[0])) if one.problems else ""
    hours = one.effect.minutes[0] // 60
    return Proposal(code, name, hours, _effect(weighing, one), problem)


def _effect(weighing: Weighing, one: Weighed) -> str:
    """What changes: open places, hours of the week, evenness, skills, wishes."""
    effect = one.effect
    parts = [
        _("open places %(a)s → %(b)s") % {"a": effect.open[0], "b": effect.open[1]},
        _("hours %(a)s → %(b)s") % {"a": effect.minutes[0] // 60, "b": effect.minutes[1] // 60},
    ]
    if effect.lacking[0]:
        lacking = {"a": effect.lacking[0], "b": effect.lacking[1]}
        parts.append(_("lacking skills %(a)s → %(b)s") % lacking)
    if weighing.column != "minutes":
        words = {
            "column": str(COLUMN_WORDS[weighing.column]).lower(),
            "a": effect.spread[0],
            "b": effect.spread[1],
        }
        parts.append(_("difference in %(column)s %(a)s → %(b)s") % words)
    if effect.wishes:
        parts.append(_("meets a wish") if effect.wishes > 0 else _("against a wish"))
    return ", ".join(parts)
