"""Reads of training: the catalogue, seats, the year's plan, certificates, hours."""

from abdi.training.queries.catalogue import (
    ClassLine,
    Fit,
    catalogue_lines,
    clashes,
    class_by_code,
    class_i_run,
    classes_i_run,
    for_gap,
    open_classes,
    sessions_of,
    upcoming_classes,
)
from abdi.training.queries.certificates import (
    certificate_by_code,
    certificate_of,
    certificates_waiting,
    revocations_waiting,
    visible_certificates,
)
from abdi.training.queries.hours import YearOfHours, hours_by_person, hours_of, year_of_hours
from abdi.training.queries.marts import MART_COLUMNS, mart_rows
from abdi.training.queries.plan import (
    ProposalLine,
    candidates_of,
    open_needs,
    ranked_proposals,
    visible_proposals,
)
from abdi.training.queries.seats import (
    enrolment_of,
    enrolments_of,
    invitable,
    largest_gaps_without_seat,
    participants,
    person_named,
    rank_in_queue,
    visible_enrolments,
)
from abdi.training.queries.todo import to_do

__all__ = [
    "MART_COLUMNS",
    "ClassLine",
    "Fit",
    "ProposalLine",
    "YearOfHours",
    "candidates_of",
    "catalogue_lines",
    "certificate_by_code",
    "certificate_of",
    "certificates_waiting",
    "clashes",
    "class_by_code",
    "class_i_run",
    "classes_i_run",
    "enrolment_of",
    "enrolments_of",
    "for_gap",
    "hours_by_person",
    "hours_of",
    "invitable",
    "largest_gaps_without_seat",
    "mart_rows",
    "open_classes",
    "open_needs",
    "participants",
    "person_named",
    "rank_in_queue",
    "ranked_proposals",
    "revocations_waiting",
    "sessions_of",
    "to_do",
    "upcoming_classes",
    "visible_certificates",
    "visible_enrolments",
    "visible_proposals",
    "year_of_hours",
]
