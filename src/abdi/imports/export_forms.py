"""Input of a list that is taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.imports.choices import Form, Layout
from abdi.people import queries as people
from abdi.platform.forms import CleanForm, OneOfField, TextField
from abdi.platform.labels import pairs

if TYPE_CHECKING:
    from abdi.people.models import Unit

_ORDER: Final = (Layout.SIASN, Layout.DUK, Layout.NOMINATIVE, Layout.PPPK, Layout.OTHER)
LAYOUTS: Final = sorted(pairs(Layout), key=lambda pair: _ORDER.index(Layout(pair[0])))


class ExportForm(CleanForm):
    """Layout, file and reason; whose people, for those who may take the whole city along."""

    layout = OneOfField(choices=LAYOUTS, label=_("Layout"))
    form = OneOfField(choices=pairs(Form), label=_("File"), initial=Form.XLSX)
    agency: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        queryset=None,
        label=_("Agency"),
        required=False,
        error_messages={"invalid_choice": _("Please choose one of the list.")},
    )
    reason = TextField(limit=300, label=_("Reason"))

    def __init__(self, *args: Any, is_wide: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_wide:
            chosen: Any = self.fields["agency"]
            chosen.queryset = people.agencies()
        else:
            del self.fields["agency"]
