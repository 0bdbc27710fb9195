"""Rules of reading staff lists: headings, cells, lines, checks, repairs."""

from abdi.imports.rules.cells import Value
from abdi.imports.rules.checks import Checker, Issue, Row
from abdi.imports.rules.drafted import (
    DOUBLES,
    RECORD_FAULTS,
    checked_again,
    fate_of,
    kept_issues,
    kept_values,
    told_issues,
    told_values,
)
from abdi.imports.rules.headings import (
    Column,
    Header,
    find_header,
    header_from,
    layout_of,
    source_key,
    with_mapping,
)
from abdi.imports.rules.nearest import Names, likeness, same_name
from abdi.imports.rules.repairs import Change, Repair, may_help, repair_of, repaired
from abdi.imports.rules.shapes import ROW_KEYS, issue_as_dict, row_as_dict

__all__ = [
    "DOUBLES",
    "RECORD_FAULTS",
    "ROW_KEYS",
    "Change",
    "Checker",
    "Column",
    "Header",
    "Issue",
    "Names",
    "Repair",
    "Row",
    "Value",
    "checked_again",
    "fate_of",
    "find_header",
    "header_from",
    "issue_as_dict",
    "kept_issues",
    "kept_values",
    "layout_of",
    "likeness",
    "may_help",
    "repair_of",
    "repaired",
    "row_as_dict",
    "same_name",
    "source_key",
    "told_issues",
    "told_values",
    "with_mapping",
]
