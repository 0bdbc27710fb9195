"""What people fill in under /atur."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.platform.forms import CleanForm, DayField, LongTextField, TextField
from abdi.platform.norms.leaves import Leaf
from abdi.platform.norms.wording import shown


class NormForm(CleanForm):
    """A figure of the institution: the value by the kind of the packaged one, days and reasons."""

    value = TextField(limit=400, label=_("New figure"))
    since = DayField(label=_("Counts from"))
    until = DayField(
        required=False, label=_("Last day"), help_text=_("Empty: until it is changed or withdrawn.")
    )
    source = TextField(
        limit=300, label=_("Legal basis"), help_text=_("For example: Perwal 12/2026, article 4.")
    )
    reason = LongTextField(limit=500, rows=2, label=_("Reason"))

    def __init__(self, leaf: Leaf, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        given = {"yes_no": self._choose, "word": self._choose, "words": self._list}
        given.get(leaf.kind, self._write)(leaf)

    def _choose(self, leaf: Leaf) -> None:
        yes_no = [("yes", _("Yes")), ("no", _("No"))]
        found = yes_no if leaf.kind == "yes_no" else [(one, shown(one)) for one in leaf.options]
        self.fields["value"].widget = forms.Select(choices=found)

    def _list(self, leaf: Leaf) -> None:
        field = LongTextField(limit=4000, rows=6, label=_("New figure"))
        field.help_text = _("One a line, out of: %(words)s") % {"words": ", ".join(leaf.options)}
        self.fields["value"] = field

    def _write(self, leaf: Leaf) -> None:
        mode = {"whole": "numeric", "parts": "decimal"}.get(leaf.kind, "text")
        self.fields["value"].widget = forms.TextInput(attrs={"inputmode": mode})


class WithdrawForm(CleanForm):
    """Why a figure is taken back."""

    reason = TextField(limit=500, label=_("Reason"))
