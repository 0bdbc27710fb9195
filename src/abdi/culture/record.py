"""The record (risalah) of a group: everything its pages hold, in the order of the steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from abdi.culture import queries, wording
from abdi.culture.choices import CauseBranch, CauseCheck, CircleRole, CircleStep
from abdi.culture.forms import FORMS
from abdi.platform import clock
from abdi.platform.labels import label
from abdi.platform.pages import formats

if TYPE_CHECKING:
    from abdi.culture.models import Circle, StepRecord, Task

Section = dict[str, Any]
Table = dict[str, Any]


def record_of(circle: Circle, today: date) -> dict[str, Any]:
    """The whole record: title, facts, and a section for each step that began. Ten queries."""
    members = queries.members_of(circle)
    records = queries.records_of(circle)
    names = {one.person_id: one.person.display_name for one in members}
    bodies = _bodies(circle, today)
    sections = [
        _section(number, step, records[step.value], bodies.get(step, []))
        for number, step in enumerate(CircleStep, start=1)
        if step.value in records
    ]
    return {
        "title": _("Record of the work-culture group %(name)s") % {"name": circle.name},
        "subtitle": f"{circle.unit.name}, {circle.agency.name}",
        "facts": [
            [_("Theme of the group"), wording.theme_title(circle)],
            [_("Began"), _day_of(circle.started_at)],
            *([label(one.role, CircleRole), one.person.display_name] for one in members),
        ],
        "sections": [*sections, *_meetings(circle, names)],
    }


def _day(day: date | None) -> str:
    return formats.date_plain(day, get_language() or "id") if day else "–"


def _day_of(moment: datetime | None) -> str:
    return _day(clock.local(moment).date() if moment else None)


def _section(number: int, step: CircleStep, record: StepRecord, body: list[Table]) -> Section:
    notes = []
    if record.sent_by:
        words = {"name": record.sent_by.display_name, "day": _day_of(record.sent_at)}
        notes.append(_("Sent by %(name)s on %(day)s.") % words)
    if record.approved_by:
        words = {"name": record.approved_by.display_name, "day": _day_of(record.done_at)}
        notes.append(_("Approved by %(name)s on %(day)s.") % words)
    return {
        "heading": f"{number}. {label(step)}",
        "facts": [[name, text] for name, text in texts_of(step, record.texts) if text],
        "tables": body,
        "notes": notes,
    }


def texts_of(step: CircleStep, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The answers of a page with their questions."""
    form = FORMS.get(step)
    if form is None:
        return []
    return [
        (str(field.label), texts.get(name, ""))
        for name, field in form.base_fields.items()
        if name in texts
    ]


def _bodies(circle: Circle, today: date) -> dict[CircleStep, list[Table]]:
    """The tables that belong to steps."""
    lines, tasks = queries.causes_of(circle), queries.tasks_of(circle)
    return {
        CircleStep.TARGET: [_target(circle)],
        CircleStep.CAUSES: [_causes(lines)],
        CircleStep.ROOT_CAUSE: [_checks(lines)],
        CircleStep.PLAN: [_plan(tasks)],
        CircleStep.EXECUTE: [_work(tasks)],
        CircleStep.EVALUATE: _effect(circle, today),
    }


def _target(circle: Circle) -> Table:
    base = queries.baseline_of(circle)
    columns = [_("Before, in a month"), _("Target, in a month"), _("To be reached by")]
    rows = [[base.per_month, circle.target_count, _day(circle.target_on)]]
    return {"columns": columns, "rows": rows}


def _causes(lines: list[queries.CauseLine]) -> Table:
    rows = [
        [label(line.cause.branch, CauseBranch), line.cause.text, "\n".join(line.cause.whys)]
        for line in lines
    ]
    return {"columns": [_("Branch"), _("Cause"), _("Why so")], "rows": rows}


def _checks(lines: list[queries.CauseLine]) -> Table:
    columns = [_("Cause"), _("Votes"), _("Reports"), _("Data"), _("Matters most")]
    return {"columns": columns, "rows": [_checked(line) for line in lines]}


def _plan(tasks: list[Task]) -> Table:
    rows = [
        [
            task.what,
            task.person.display_name,
            _day(task.due_on),
            " ".join(word for word in (task.why, task.how, task.place) if word),
            formats.rupiah(task.cost_rupiah),
        ]
        for task in tasks
    ]
    columns = [_("What"), _("Who"), _("Until when"), _("Why and how"), _("How much")]
    return {"columns": columns, "rows": rows}


def _work(tasks: list[Task]) -> Table:
    rows = [
        [
            task.what,
            _day(clock.local(task.done_at).date() if task.done_at else None),
            task.done_note,
        ]
        for task in tasks
    ]
    return {"columns": [_("What"), _("Done on"), _("Note")], "rows": rows}


def _checked(line: queries.CauseLine) -> list[Any]:
    return [
        line.cause.text,
        line.votes,
        "–" if line.reports is None else line.reports,
        f"{label(line.cause.check_state, CauseCheck)}. {line.cause.proof}".strip(),
        _("yes") if line.cause.is_dominant else _("no"),
    ]


def _effect(circle: Circle, today: date) -> list[Table]:
    effect = queries.effect_of(circle, today)
    if effect is None:
        return []
    return [
        {
            "columns": [_("Days compared"), _("Before"), _("After"), _("Target"), _("Finding")],
            "rows": [
                [
                    effect.spans.days,
                    effect.before_per_month,
                    effect.after_per_month,
                    effect.target,
                    wording.effect_title(effect),
                ]
            ],
        }
    ]


def _meetings(circle: Circle, names: Mapping[int, str]) -> list[Section]:
    rows = [
        [
            _day_of(meeting.start_at),
            ", ".join(names.get(one, "–") for one in meeting.attendee_ids),
            meeting.agenda,
            meeting.decisions,
        ]
        for meeting in reversed(queries.meetings_of(circle))
    ]
    if not rows:
        return []
    columns = [_("When"), _("Who came"), _("About"), _("Decided")]
    return [
        {
            "heading": _("Meetings"),
            "facts": [],
            "tables": [{"columns": columns, "rows": rows}],
            "notes": [],
        }
    ]
