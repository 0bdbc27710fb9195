"""Reads of competence: the dictionary, standards, assessments, levels held and gaps."""

from abdi.competence.queries.assessments import (
    AnswerLine,
    answers_of,
    assessment_of,
    assessments_to_settle,
    evidence_for,
    evidence_of,
    open_round,
    open_talks,
    superior_answers_of,
    team_assessments,
    to_do,
)
from abdi.competence.queries.dictionary import (
    CODES,
    CompetencyText,
    Level,
    competencies,
    competency_of,
)
from abdi.competence.queries.gaps import (
    Gap,
    current_results,
    gaps_of_person,
    gaps_of_unit,
    largest_gaps,
    visible_results,
)
from abdi.competence.queries.heat import Cell, HeatMap, HeatRow, heat_map
from abdi.competence.queries.marts import MART_COLUMNS, mart_rows
from abdi.competence.queries.standards import (
    StandardView,
    positions_with_standard,
    required_levels,
    standard_of,
    standards_waiting,
)

__all__ = [
    "CODES",
    "MART_COLUMNS",
    "AnswerLine",
    "Cell",
    "CompetencyText",
    "Gap",
    "HeatMap",
    "HeatRow",
    "Level",
    "StandardView",
    "answers_of",
    "assessment_of",
    "assessments_to_settle",
    "competencies",
    "competency_of",
    "current_results",
    "evidence_for",
    "evidence_of",
    "gaps_of_person",
    "gaps_of_unit",
    "heat_map",
    "largest_gaps",
    "mart_rows",
    "open_round",
    "open_talks",
    "positions_with_standard",
    "required_levels",
    "standard_of",
    "standards_waiting",
    "superior_answers_of",
    "team_assessments",
    "to_do",
    "visible_results",
]
