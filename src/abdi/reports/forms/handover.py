"""Forms of the handover book."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from abdi.platform.forms import CleanForm, DayField, LongTextField, WholeField
from abdi.reports.models.handover import WORDS_LIMIT


class SeenForm(CleanForm):
    """The newest report the page showed."""

    seen = WholeField(low=0, high=2**62)


class LeaveForm(SeenForm):
    """What the leaving shift adds."""

    words = LongTextField(
        label=_("What the coming shift has to know"), limit=WORDS_LIMIT, rows=5, required=False
    )
    equipment = LongTextField(
        label=_("Equipment: missing, broken, lent"), limit=WORDS_LIMIT, rows=3, required=False
    )


class RemarkForm(CleanForm):
    """A later addition."""

    text = LongTextField(label=_("Add a remark"), limit=2_000, rows=3)


class DayForm(CleanForm):
    """The day of a former book."""

    tanggal = DayField(label=_("Day"), required=False)
