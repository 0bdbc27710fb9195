"""Input of on call: which moment to look at, the lines of a chain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.duty import rules
from abdi.duty.choices import Hours, Severity, Whom
from abdi.duty.models import ChainStep
from abdi.platform import clock
from abdi.platform.access import law
from abdi.platform.forms import (
    CleanForm,
    MomentField,
    OneOfField,
    SomeOfField,
    TextField,
    WholeField,
)
from abdi.platform.labels import label, pairs

LINES = 8
CHOSEN = [one for one in Whom if one not in (Whom.ASSIGNED, Whom.CONTROL_ROOM)]


class LookForm(CleanForm):
    """Which unit, which moment, how urgent; what is not understood is left out."""

    unit = OneOfField(required=False, label=_("Unit"), choices=())
    saat = MomentField(required=False, label=_("At which moment"))
    tingkat = OneOfField(required=False, label=_("How urgent"), choices=pairs(Severity))

    def __init__(self, *inputs: Any, units: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*inputs, **options)
        self.fields["unit"].choices = [(str(pk), name) for pk, name in units]  # type: ignore[attr-defined]  # a field of choices
        self.units = units

    def chosen(self) -> tuple[int | None, datetime, Severity]:
        """Unit, moment and severity: the first unit, now and P1 where nothing else is asked."""
        self.is_valid()
        found: dict[str, Any] = getattr(self, "cleaned_data", {})
        first = self.units[0][0] if self.units else None
        unit = int(found["unit"]) if found.get("unit") else first
        return unit, found.get("saat") or clock.now(), Severity(found.get("tingkat") or "P1")


class LineForm(CleanForm):
    """One step of a chain."""

    whom = OneOfField(required=False, label=_("Whom"), choices=())
    role = OneOfField(required=False, label=_("Role"), choices=())
    person = OneOfField(required=False, label=_("Person"), choices=())
    minutes = WholeField(required=False, low=1, high=120, label=_("Minutes until the next"))
    hours = OneOfField(required=False, label=_("When"), choices=pairs(Hours))
    severities = SomeOfField(required=False, label=_("How urgent"), choices=pairs(Severity))
    area = TextField(required=False, limit=80, label=_("Only in this area"))

    def __init__(self, *inputs: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*inputs, **options)
        choices = {
            "whom": [("", "–"), *((one.value, label(one)) for one in CHOSEN)],
            "role": [("", "–"), *((name, row["label_id"]) for name, row in law().roles.items())],
            "person": [("", "–"), *((str(pk), name) for pk, name in people)],
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]  # a field of choices

    def step(self) -> rules.Step | None:
        """The step, nothing for an empty line. What does not belong to its kind is left out."""
        data = self.cleaned_data
        if not data["whom"]:
            return None
        whom = Whom(data["whom"])
        return rules.Step(
            whom,
            (data["minutes"] or 5) * 60,
            Hours(data["hours"] or Hours.ALWAYS),
            tuple(data["severities"]),
            data["area"],
            data["role"] if whom == Whom.ROLE else "",
            int(data["person"]) if whom == Whom.PERSON and data["person"] else None,
        )


class ChainForm:
    """The lines of a chain: as many as it has, and some more."""

    def __init__(
        self, data: Any, *, initial: list[dict[str, Any]], people: list[tuple[int, str]]
    ) -> None:
        self.is_bound = data is not None
        rows = [*initial, *({} for _n in range(LINES))][: max(LINES, len(initial) + 2)]
        self._lines = [
            LineForm(data, prefix=f"s{n}", initial=row, people=people)
            for n, row in enumerate(rows, start=1)
        ]
        self.refusal = ""

    @staticmethod
    def initial_of(steps: Iterable[ChainStep]) -> list[dict[str, Any]]:
        """What the lines show of a chain that is set."""
        return [
            {
                "whom": step.whom,
                "role": step.role,
                "person": step.person_id or "",
                "minutes": max(step.delay_seconds // 60, 1),
                "hours": step.hours,
                "severities": step.severities.split(),
                "area": step.area,
            }
            for step in steps
        ]

    def lines(self) -> list[LineForm]:
        """The lines, for the page."""
        return self._lines

    def is_valid(self) -> bool:
        """Whether every line can be read."""
        return self.is_bound and all([line.is_valid() for line in self._lines])

    def steps(self) -> list[rules.Step]:
        """The steps in their order."""
        return [step for line in self._lines if (step := line.step()) is not None]

    def add_error(self, _field: str | None, message: str) -> None:
        """What the rule refused."""
        self.refusal = message
