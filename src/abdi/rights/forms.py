"""Input of rights: given on a day by a decree, or set aside with a reason."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.platform.forms import CleanForm, DayField, OneOfField, TextField
from abdi.platform.labels import pairs
from abdi.rights.choices import RightKind


class GiveForm(CleanForm):
    """A right was given."""

    given_on = DayField(label=_("Takes effect on"))
    decree = TextField(limit=120, required=False, label=_("Number of the decree or letter"))


class AsideForm(CleanForm):
    """A right is not given."""

    words = TextField(limit=500, label=_("Reason"))


class KindForm(CleanForm):
    """The address of the page: which kind. What is not understood is left out."""

    jenis = OneOfField(choices=[("", ""), *pairs(RightKind)], required=False)

    def chosen(self) -> str:
        """The code of a kind, or nothing."""
        self.is_valid()
        found: dict[str, Any] = getattr(self, "cleaned_data", {})
        return str(found.get("jenis", ""))
