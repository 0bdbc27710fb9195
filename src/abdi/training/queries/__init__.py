"""Reads of training: the catalogue, seats, the year's plan, certificates, hours."""

from abdi.training.queries.catalogue import (
    Fit,
    clashes,
    class_by_code,
    classes_i_run,
    for_gap,
    open_classes,
    upcoming_classes,
)
from abdi.training.queries.certificates import (
    certificate_by_code,
    certificate_of,
    certificates_waiting,
    visible_certificates,
)
from abdi.training.queries.hours import YearOfHours, hours_by_person, hours_of, year_of_hours
from abdi.training.queries.marts import MART_COLUMNS, mart_rows
from abdi.training.queries.plan import (
    ProposalLine,
    open_needs,
    ranked_proposals,
    visible_proposals,
)
from abdi.training.queries.seats import (
    enrolment_of,
    enrolments_of,
    largest_gaps_without_seat,
    participants,
    rank_in_queue,
    visible_enrolments,
)
from abdi.training.queries.todo import to_do

__all__ = [
    "MART_COLUMNS",
    "Fit",
    "ProposalLine",
    "YearOfHours",
    "certificate_by_code",
    "certificate_of",
    "certificates_waiting",
    "clashes",
    "class_by_code",
    "classes_i_run",
    "enrolment_of",
    "enrolments_of",
    "for_gap",
    "hours_by_person",
    "hours_of",
    "largest_gaps_without_seat",
    "mart_rows",
    "open_classes",
    "open_needs",
    "participants",
    "rank_in_queue",
    "ranked_proposals",
    "to_do",
    "upcoming_classes",
    "visible_certificates",
    "visible_enrolments",
    "visible_proposals",
    "year_of_hours",
]
