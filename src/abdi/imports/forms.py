"""Input of imports: a list, a kind of finding, the cells of a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from abdi.imports.choices import Fault, Field
from abdi.imports.rules import Column
from abdi.people.choices import UnitKind
from abdi.platform.forms import (
    CleanForm,
    LongTextField,
    OneOfField,
    TextField,
    UploadField,
)
from abdi.platform.labels import label, pairs

EDITED = (Field.NUMBER, Field.NAME, Field.BIRTH_ON, Field.SEX, Field.RANK, Field.RANK_SINCE,
          Field.POSITION, Field.UNIT, Field.PARENT_UNIT)  # fmt: skip

LONGEST_PASTE: Final = 500_000


class ListForm(CleanForm):
    """A staff list: a file, or cells copied from a spreadsheet."""

    file = UploadField(accept=".xlsx,.xls,.ods,.csv,.txt,.html", label=_("File"), required=False)
    text = LongTextField(
        limit=LONGEST_PASTE, label=_("Cells from a spreadsheet"), required=False, strip=False
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        if not self.errors and not any(self.cleaned_data.values()):
            self.add_error("file", _("Choose a file, or paste cells below."))
        return self.cleaned_data


class ColumnsForm(CleanForm):
    """What each column tells; a column of two facts may tell both."""

    def __init__(self, columns: Sequence[Column], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.columns = columns
        self.mapping: dict[Field, int] = {}
        single = [("", _("Not read")), *pairs(Field)]
        for column in columns:
            several = _joined(column.offers), _joined(column.fields)
            more = [(told, _labels(told)) for told in dict.fromkeys(several) if "+" in told]
            self.fields[f"col-{column.index}"] = OneOfField(
                choices=[*single, *more],
                required=False,
                initial=_joined(column.fields),
                label=" ".join(column.heading.split()) or _("Column"),
            )

    def clean(self) -> dict[str, Any]:
        """Each fact from one column, and a name or a number among them."""
        for column in self.columns:
            told = self.cleaned_data.get(f"col-{column.index}", "")
            for field in map(Field, filter(None, told.split("+"))):
                if field in self.mapping:
                    first = self.fields[f"col-{self.mapping[field]}"].label
                    sentence = _("%(field)s is read from the column %(first)s already.")
                    told_twice = {"field": label(field), "first": first}
                    self.add_error(f"col-{column.index}", sentence % told_twice)
                self.mapping.setdefault(field, column.index)
        if not self.errors and not {Field.NUMBER, Field.NAME} & set(self.mapping):
            self.add_error(None, _("Say which column holds the name or the employee number."))
        return self.cleaned_data


def _joined(fields: Sequence[Field]) -> str:
    return "+".join(map(str, fields))


def _labels(told: str) -> str:
    return " + ".join(label(Field(one)) for one in told.split("+"))


class KindForm(CleanForm):
    """Which kind of finding; `stand` lets it stand instead of repairing it."""

    code = OneOfField(choices=pairs(Fault))
    stand = TextField(limit=1, required=False)


class RowForm(CleanForm):
    """Cells of a row, as texts."""

    line = TextField(limit=9, required=False)
    version = TextField(limit=9, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in Field:
            self.fields[str(field)] = TextField(limit=250, required=False)


class FixesForm(CleanForm):
    """A workbook of problem rows, filled in."""

    fixes = UploadField(accept=".xlsx,.xls,.ods,.csv", label=_("Filled-in workbook"))


class UseUnitForm(CleanForm):
    """Which unit a list means by a name."""

    told = TextField(limit=250)
    unit = TextField(limit=450, label=_("Unit"))


class MakeUnitForm(CleanForm):
    """A new unit: the name as the list has it, what it is, below which."""

    told = TextField(limit=200)
    kind = OneOfField(choices=pairs(UnitKind), label=_("Kind of unit"))
    parent = TextField(limit=450, label=_("Below which unit"))
