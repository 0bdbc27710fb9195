"""Input of the crew: yes or no, photos, what was done, why not yet."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from abdi.platform.forms import (
    CleanForm,
    DayField,
    OneOfField,
    SomeOfField,
    TextField,
    UploadField,
    WholeField,
    YesField,
)
from abdi.platform.labels import pairs
from abdi.reports.choices import Obstacle, Outcome, PhotoKind
from abdi.reports.forms.desk import SeenForm

LAMPS: Final = (
    ("lamp", _("Lamp replaced")),
    ("photocell", _("Photocell replaced")),
    ("cable", _("Cable joined")),
    ("breaker", _("Breaker reset")),
    ("else", _("Other work")),
)
TREES: Final = (
    ("cut", _("Trunk cut up")),
    ("trimmed", _("Branches trimmed")),
    ("cleared", _("Road cleared")),
    ("else", _("Other work")),
)
WATER: Final = (
    ("cleaned", _("Drain cleaned")),
    ("pumped", _("Water pumped away")),
    ("repaired", _("Repaired")),
    ("else", _("Other work")),
)
ANYTHING: Final = (
    ("repaired", _("Repaired")),
    ("cleaned", _("Cleaned up")),
    ("secured", _("Made safe")),
    ("explained", _("Explained on the spot")),
    ("else", _("Other work")),
)
BY_KIND: Final = {
    "street_lighting": LAMPS,
    "environment": TREES,
    "disaster": TREES,
    "public_works": WATER,
    "water_company": WATER,
}
MATERIALS: Final = {"street_lighting": _("LED lamp 60 W")}


class DeclineForm(SeenForm):
    """Give a job back."""

    reason = OneOfField(label=_("Why not"), choices=pairs(Obstacle))
    note = TextField(limit=300, required=False, label=_("Note"))


class PostponeForm(SeenForm):
    """Not possible now."""

    reason = OneOfField(label=_("Why not yet"), choices=pairs(Obstacle))
    new_day = DayField(required=False, label=_("New day for the citizen"))
    note = TextField(limit=300, required=False, label=_("Note"))


class PointForm(CleanForm):
    """Where a photo was taken, as the device says it, and whether it comes from the gallery."""

    gallery = YesField(required=False)
    lat = TextField(limit=20, required=False)
    lon = TextField(limit=20, required=False)

    def point(self) -> tuple[int | None, int | None]:
        """In millionths of a degree; nothing where the device did not say."""
        try:
            lat, lon = (_millionths(self.cleaned_data[name]) for name in ("lat", "lon"))
        except ValueError:
            return None, None
        inside = abs(lat) <= 90_000_000 and abs(lon) <= 180_000_000
        return (lat, lon) if inside else (None, None)


class JobPhotoForm(PointForm):
    """One photo of the place."""

    kind = OneOfField(choices=[pair for pair in pairs(PhotoKind) if pair[0] != PhotoKind.CITIZEN])
    photo = UploadField(limit=15_000_000, label=_("Photo"))


def _millionths(text: str) -> int:
    whole, _dot, rest = text.strip().partition(".")
    digits = (rest + "000000")[:6]
    if not (whole.lstrip("-").isdecimal() and digits.isdecimal() and len(whole) <= 4):
        raise ValueError(text)
    size = int(whole.lstrip("-")) * 1_000_000 + int(digits)
    return -size if whole.startswith("-") else size


class DoneForm(SeenForm, PointForm):
    """It is done: what was done, with what, how it looks now."""

    photo = UploadField(limit=15_000_000, required=False, label=_("Photo"))
    outcome = OneOfField(
        choices=pairs(Outcome), required=False, initial=Outcome.FIXED, label=_("How it ended")
    )
    amount = WholeField(low=0, high=999, required=False)
    note = TextField(limit=300, required=False, label=_("Note"))
    photo_later = YesField(required=False, label=_("The photo follows until the end of the turn"))

    def __init__(self, *args: Any, opd_kind: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.material = MATERIALS.get(opd_kind)
        self.fields["done"] = SomeOfField(
            choices=BY_KIND.get(opd_kind, ANYTHING),
            required=False,
            most=8,
            label=_("What was done?"),
        )

    def words(self) -> str:
        """What was done, in words for the history."""
        names = dict(self.fields["done"].choices)  # type: ignore[attr-defined]
        parts = [str(names[key]) for key in self.cleaned_data["done"]]
        amount = self.cleaned_data.get("amount")
        if amount and self.material:
            parts.append(f"{amount} × {self.material}")
        if self.cleaned_data["note"]:
            parts.append(self.cleaned_data["note"])
        return "; ".join(parts)[:500]
