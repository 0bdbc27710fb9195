"""Plans and evaluations on paper, in the order of the official form; without weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from abdi.people import queries as people
from abdi.performance import queries, wording
from abdi.performance.choices import Aspect, Rating, Value
from abdi.performance.models import Evaluation, Plan
from abdi.platform import clock
from abdi.platform.labels import label
from abdi.platform.pages import formats
from abdi.platform.pdf import compile_pdf
from abdi.platform.tenancy import Institution

HERE = Path(__file__).parent / "pdf"


def evaluation(row: Evaluation, institution: Institution) -> bytes:
    """The PDF of a final evaluation."""
    behaviours = queries.behaviours_of(row)
    data = {
        **_head(institution, row.unit.agency.name if row.unit.agency else row.unit.name),
        "title": _("Evaluation of the performance of an employee").upper(),
        "period": formats.date_span(row.period.start_on, row.period.end_on),
        "number": f"EK-{row.period.year}-{row.period.number}-{row.pk}",
        "parties": _parties(row.person_id, row.appraiser_id),
        "labels": _labels(),
        "results": [_result(number, given) for number, given in enumerate(row.inputs, start=1)],
        "behaviours": [
            [str(number), label(value), *_behaviour(behaviours.get(value.value))]
            for number, value in enumerate(Value, start=1)
        ],
        "result": label(row.result_rating, Rating),
        "behaviour": label(row.behaviour_rating, Rating),
        "predicate": row.get_predicate_display().upper() if row.predicate else _("Written talk"),
        "note": row.dialog_note,
        "signers": _signers(row.person_id, row.appraiser_id, institution),
        "printed": _printed(),
    }
    return compile_pdf(HERE / "evaluation.typ", data)


def plan(row: Plan, institution: Institution) -> bytes:
    """The PDF of a plan."""
    targets = queries.plan_targets(row)
    unit = people.unit_of(row.person_id, clock.today())
    above = row.agreed_by_id or getattr(people.appraiser(row.person_id, clock.today()), "pk", None)
    agency = unit.agency.name if unit and unit.agency else ""
    data = {
        **_head(institution, agency),
        "title": _("Performance targets of an employee").upper(),
        "period": str(row.year),
        "number": f"SKP-{row.year}-{row.pk}",
        "parties": _parties(row.person_id, above),
        "labels": _labels(),
        "targets": [
            [
                str(number),
                target.parent.result if target.parent else _("Not yet linked"),
                target.result,
                label(target.aspect, Aspect),
                target.indicator,
                wording.goal(target),
            ]
            for number, target in enumerate(targets, start=1)
        ],
        "signers": _signers(row.person_id, above, institution),
        "printed": _printed(),
    }
    return compile_pdf(HERE / "plan.typ", data)


def _head(institution: Institution, agency: str) -> dict[str, Any]:
    name = _("Government of %(name)s") % {"name": institution.name}
    return {"letterhead": {"institution": name, "agency": agency, "address": ""}}


def _printed() -> str:
    return formats.moment_short(clock.now(), clock.zone())


def _parties(person_id: int, above_id: int | None) -> list[dict[str, Any]]:
    seats = people.seating([pk for pk in (person_id, above_id) if pk])
    found = []
    for role, pk in ((_("Name"), person_id), (_("Appraiser"), above_id)):
        seat = seats.get(pk) if pk else None
        person = seat.person if seat else None
        found.append(
            {
                "role": role,
                "name": person.display_name if person else "–",
                "number": formats.nip(person.employee_number or "–") if person else "–",
                "title": seat.position.title if seat else "–",
                "unit": seat.position.unit.name if seat else "–",
            }
        )
    return found


def _signers(
    person_id: int, above_id: int | None, institution: Institution
) -> list[dict[str, str]]:
    mine, above = _parties(person_id, above_id)
    place = f"{institution.name}, {formats.date_plain(clock.today())}"
    return [
        {
            "place_and_date": "\u00a0",
            "title": _("Employee"),
            "name": mine["name"],
            "number": mine["number"],
        },
        {
            "place_and_date": place,
            "title": _("Performance appraiser"),
            "name": above["name"],
            "number": above["number"],
        },
    ]


def _labels() -> dict[str, str]:
    return {
        "number": _("No."),
        "staff_number": _("NIP"),
        "position": _("Position"),
        "unit": _("Unit"),
        "above": _("Result of the superior that is supported"),
        "target": _("Planned result"),
        "aspect": _("Aspect"),
        "indicator": _("Indicator"),
        "goal": _("Target"),
        "actual": _("Realised"),
        "against": _("Against expectation"),
        "results": _("A. Results").upper(),
        "behaviours": _("B. Behaviour").upper(),
        "predicate": _("C. Predicate").upper(),
        "value": _("Core value"),
        "example": _("Concrete example"),
        "result_line": _("Results: %(rating)s"),
        "behaviour_line": _("Behaviour: %(rating)s"),
        "predicate_line": _("Predicate of the employee's performance:"),
        "period": _("Period"),
        "printed": _("Printed"),
    }


def _result(number: int, given: dict[str, Any]) -> list[str]:
    measure, unit = given["measure"], given["unit"]
    return [
        str(number),
        given["result"],
        label(given["aspect"], Aspect),
        given["indicator"],
        wording.figure(measure, unit, given["figure"]),
        wording.figure(measure, unit, given["actual"]),
        label(given["rating"], Rating) if given["rating"] else "–",
    ]


def _behaviour(found: tuple[str, str] | None) -> list[str]:
    rating, example = found or (Rating.MEETS.value, "")
    return [example, label(rating, Rating)]
