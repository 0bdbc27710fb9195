"""Staff lists out: the people of a reach as rows, and the rows as a workbook or separated text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from abdi.imports.choices import Form, Layout
from abdi.imports.permissions import exported
from abdi.imports.rules.layouts import TABLES, Cell, Staff, Table
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.exchange import write_csv
from abdi.platform.norms import norms
from abdi.platform.tenancy import Institution, current_institution_id

if TYPE_CHECKING:
    from abdi.people.models import Assignment, Person, RankHold, Unit

PART: Final = 2_000
MEDIA_TYPES: Final = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
}
SHEET: Final = "Data"
WIDEST: Final = 40


def staff_of(person_ids: Sequence[int], on: date) -> Iterator[Staff]:
    """These persons as lists tell about them, two thousand at a time."""
    units = {unit.pk: unit for unit in people.units(on)}
    institution = Institution.objects.get(pk=current_institution_id()).name
    levels = norms("people", on=on)["education"]
    for start in range(0, len(person_ids), PART):
        ids = person_ids[start : start + PART]
        seats = people.seating(ids, on)
        ranks = {hold.person_id: hold for hold in people.ranks_of(ids, on)}
        for person in people.persons().filter(pk__in=ids):
            seat = seats.get(person.pk)
            order = int(levels.get(person.education, {}).get("order", 0))
            post = _post(seat, units)
            rank = _rank(ranks.get(person.pk))
            yield Staff(
                **_facts(person), **post, **rank, education_order=order,
                institution=institution, as_of=on,
            )  # fmt: skip


def _facts(person: Person) -> dict[str, Any]:
    return {
        "pk": person.pk,
        "code": person.code,
        "name": person.name,
        "prefix": person.title_prefix,
        "suffix": person.title_suffix,
        "number": person.employee_number or "",
        "employment": person.employment,
        "sex": person.sex,
        "birth_on": person.birth_on,
        "phone": person.phone,
        "email": person.email,
        "education": person.education,
    }


def _post(seat: Assignment | None, units: dict[int, Unit]) -> dict[str, Any]:
    post = seat.position if seat else None
    unit = units.get(post.unit_id) if post else None
    above = units.get(unit.parent_id or 0) if unit else None
    return {
        "unit": unit.name if unit else "",
        "unit_code": unit.code if unit else "",
        "unit_above": above.name if above else "",
        "unit_order": unit.path if unit else "",
        "is_head": bool(post and post.is_head),
        "title": post.title if post else "",
        "post_kind": post.kind if post else "",
        "tier": post.tier if post else "",
        "echelon": post.echelon if post else "",
        "seated_on": seat.start_on if seat else None,
    }


def _rank(hold: RankHold | None) -> dict[str, Any]:
    return {"rank": hold.rank if hold else "", "ranked_on": hold.start_on if hold else None}


@dataclass(frozen=True)
class Prepared:
    """A list ready to be taken along: its layout, its lines in their order, whom it tells about."""

    layout: Layout
    lines: list[list[Cell]]
    people: list[int]

    @property
    def table(self) -> Table:
        """The columns."""
        return TABLES[self.layout]

    def content(self, form: Form) -> bytes:
        """The list as a file; text stays text, so no number loses digits and nothing is run."""
        if form is Form.XLSX:
            return _workbook(self.table, self.lines)
        first, *others = [*_titles(self.table), *self.table.heads]
        return write_csv(first, [*others, *self.lines], separator=";")

    def file_name(self, form: Form) -> str:
        """What the file is called."""
        return f"pegawai-{self.table.name}-{clock.today():%Y-%m-%d}.{form}"


def prepared(actor: Actor, agency: Unit | None, layout: Layout) -> Prepared:
    """The people of an agency, or all this actor may take along (None), in a layout.

    Whom the layout does not hold (PPPK in a DUK) is left out.
    """
    table = TABLES[layout]
    found = filter(table.holds, staff_of(_ids(actor, agency), clock.today()))
    staff = sorted(found, key=table.order)
    lines = [table.line(one, number) for number, one in enumerate(staff, 1)]
    return Prepared(layout, lines, [one.pk for one in staff])


def _ids(actor: Actor, agency: Unit | None) -> Sequence[int]:
    held = people.persons().active()
    reach = exported(actor)
    wanted = reach.agency_ids if agency is None else {agency.pk}
    if agency is not None or not reach.all:
        allowed = [pk for pk in wanted if reach.all or pk in reach.agency_ids]
        whose = Q(pk=reach.self_id or 0) if agency is None else Q()
        for pk in allowed:
            whose |= Q(id__in=people.people_of_unit(pk).order_by().values("id"))
        held = held.filter(whose) if whose else held.none()
    return list(held.order_by("id").values_list("id", flat=True))


def _titles(table: Table) -> list[tuple[str, ...]]:
    if not table.title:
        return []
    width = len(table.tells) - 1
    second = f"KEADAAN {clock.today():%d-%m-%Y}"
    return [(line, *[""] * width) for line in (table.title, second)]


def _workbook(table: Table, lines: Sequence[Sequence[Cell]]) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True})
        heads = [*_titles(table), *table.heads]
        for at, head in enumerate(heads):
            for column, text in enumerate(head):
                sheet.write_string(at, column, text, bold) if text else None
        _merge(sheet, table, len(heads) - len(table.heads), bold)
        sheet.freeze_panes(len(heads), 0)
        for column, text in enumerate(table.heads[-1]):
            sheet.set_column(column, column, min(max(len(text) + 2, 12), WIDEST))
        for at, line in enumerate(lines, len(heads)):
            for column, cell in enumerate(line):
                if isinstance(cell, int):
                    sheet.write_number(at, column, cell)
                elif cell:
                    sheet.write_string(at, column, cell, wrapped if "\n" in cell else None)
    return target.getvalue()


def _merge(sheet: Any, table: Table, first: int, look: Any) -> None:
    """Wide words of a heading of two lines stand over all their columns, as on paper."""
    if len(table.heads) == 1:
        return
    upper, lower = table.heads
    start = 0
    for at in range(1, len(upper) + 1):
        if at == len(upper) or upper[at]:
            if at - start > 1:
                sheet.merge_range(first, start, first, at - 1, upper[start], look)
            elif not lower[start]:
                sheet.merge_range(first, start, first + 1, start, upper[start], look)
            start = at
