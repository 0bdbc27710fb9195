"""Input of imports: a list, a kind of finding, the cells of a row."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.imports.choices import Fault, Field
from abdi.platform.forms import CleanForm, OneOfField, TextField, UploadField
from abdi.platform.labels import pairs

EDITED = (Field.NUMBER, Field.NAME, Field.BIRTH_ON, Field.SEX, Field.RANK, Field.POSITION,
          Field.UNIT, Field.PARENT_UNIT)  # fmt: skip


class ListForm(CleanForm):
    """A staff list."""

    file = UploadField(accept=".xlsx,.xls,.ods,.csv,.txt,.html", label=_("File"))


class KindForm(CleanForm):
    """Which kind of finding; `stand` lets it stand instead of repairing it."""

    code = OneOfField(choices=pairs(Fault))
    stand = TextField(limit=1, required=False)


class RowForm(CleanForm):
    """Cells of a row, as texts."""

    line = TextField(limit=9)
    version = TextField(limit=9, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in EDITED:
            self.fields[str(field)] = TextField(limit=250, required=False)
