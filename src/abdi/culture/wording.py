"""Sentences of the pages: what is found at a step, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from abdi.culture.choices import CircleStep, Verdict
from abdi.platform.pages import formats

if TYPE_CHECKING:
    from abdi.culture.models import Circle, Task
    from abdi.culture.queries import Baseline, CauseLine, Effect


def short_name(step: CircleStep) -> str:
    """The name of a step in the list beside the page."""
    return {
        CircleStep.THEME: _("Theme of the group"),
        CircleStep.TARGET: _("Situation and target"),
        CircleStep.CAUSES: _("Root causes"),
        CircleStep.ROOT_CAUSE: _("Dominant causes"),
        CircleStep.PLAN: _("Plan"),
        CircleStep.EXECUTE: _("Work"),
        CircleStep.EVALUATE: _("Result"),
        CircleStep.STANDARDISE: _("New standard"),
    }[step]


def place(area: str) -> str:
    """The name of a place; a cell of the map has none."""
    return area if any(char.isalpha() for char in area) else _("a spot on the map")


def month(first: date) -> str:
    """A month in three letters, for the axis of a chart."""
    return format_date(first, "MMM", locale=get_language() or "id")


def theme_title(circle: Circle) -> str:
    """What the reports say, as a sentence."""
    return _("%(count)s reports about one thing in one place: %(kind)s, %(area)s") % {
        "count": formats.number(circle.report_count, get_language() or "id"),
        "kind": circle.category_name,
        "area": place(circle.area),
    }


def target_title(circle: Circle, base: Baseline) -> str:
    """From where to where."""
    if circle.target_count is None or circle.target_on is None:
        return ngettext(
            "One report a month before the group began",
            "%(count)s reports a month before the group began",
            base.per_month,
        ) % {"count": base.per_month}
    return _("From %(before)s to at most %(target)s reports a month by %(day)s") % {
        "before": base.per_month,
        "target": circle.target_count,
        "day": formats.date_plain(circle.target_on, get_language() or "id"),
    }


def causes_title(lines: list[CauseLine]) -> str:
    """How many possible causes were gathered."""
    if not lines:
        return _("Why does it come back? Nobody has written a cause yet")
    return ngettext(
        "One possible cause gathered; ask why five times",
        "%(count)s possible causes gathered; ask why five times",
        len(lines),
    ) % {"count": len(lines)}


def root_title(lines: list[CauseLine], hit: int, total: int) -> str:
    """How much the causes that matter most account for."""
    chosen = [line for line in lines if line.cause.is_dominant]
    if not chosen:
        return _("Which causes matter most? The group chooses, the data check")
    if not hit or not total:
        return ngettext(
            "The group sees one cause that matters most",
            "The group sees %(count)s causes that matter most",
            len(chosen),
        ) % {"count": len(chosen)}
    share = formats.percent(hit * 10_000 // total, get_language() or "id", places=0)
    return ngettext(
        "%(count)s cause stands behind %(share)s of the reports",
        "%(count)s causes stand behind %(share)s of the reports",
        len(chosen),
    ) % {"count": len(chosen), "share": share}


def plan_title(tasks: list[Task]) -> str:
    """How many tasks, until when, for how much."""
    if not tasks:
        return _("What shall be done against these causes?")
    lang = get_language() or "id"
    return ngettext(
        "%(count)s task until %(day)s for %(cost)s",
        "%(count)s tasks until %(day)s for %(cost)s",
        len(tasks),
    ) % {
        "count": len(tasks),
        "day": formats.date_plain(max(task.due_on for task in tasks), lang),
        "cost": formats.rupiah(sum(task.cost_rupiah for task in tasks)),
    }


def execute_title(tasks: list[Task], today: date) -> str:
    """How much of the plan is done."""
    done = sum(task.is_done for task in tasks)
    late = sum(not task.is_done and task.due_on < today for task in tasks)
    words = {"done": done, "all": len(tasks), "late": late}
    if late:
        return _("%(done)s of %(all)s tasks are done, %(late)s late") % words
    return _("%(done)s of %(all)s tasks are done") % words


def effect_title(effect: Effect | None) -> str:
    """What came of it. A missed target reads as missed."""
    if effect is None:
        return _("There is nothing to compare yet")
    words = {
        "before": effect.before_per_month,
        "after": effect.after_per_month,
        "target": effect.target,
    }
    return {
        Verdict.REACHED: _("Target reached: %(after)s reports a month, %(target)s were allowed"),
        Verdict.BETTER: _(
            "Target missed: %(after)s reports a month, %(target)s were allowed; before %(before)s"
        ),
        Verdict.MISSED: _(
            "Target missed: %(after)s reports a month, no fewer than before (%(before)s)"
        ),
    }[effect.verdict] % words


def standard_title(circle: Circle) -> str:
    """What stays."""
    if circle.audit_on is None:
        return _("What stays, so that it does not come back?")
    return _("The new standard is looked at again on %(day)s") % {
        "day": formats.date_plain(circle.audit_on, get_language() or "id")
    }
