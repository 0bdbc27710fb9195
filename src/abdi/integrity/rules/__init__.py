"""Rules of integrity: absence and its sanctions, remedies, neutrality."""

from abdi.integrity.rules.absence import Absence, absence, counted_days, sanction_for
from abdi.integrity.rules.advice import (
    Act,
    acts,
    acts_in_phase,
    acts_of_kind,
    may_publish,
    phase_on,
)
from abdi.integrity.rules.neutrality import (
    advice_about,
    needs_outside_address,
    pledge_needed,
    report_until,
    watched_until,
)
from abdi.integrity.rules.sanctions import remedy, sanction_level, sanction_name

__all__ = [
    "Absence",
    "Act",
    "absence",
    "acts",
    "acts_in_phase",
    "acts_of_kind",
    "advice_about",
    "counted_days",
    "may_publish",
    "needs_outside_address",
    "phase_on",
    "pledge_needed",
    "remedy",
    "report_until",
    "sanction_for",
    "sanction_level",
    "sanction_name",
    "watched_until",
]
