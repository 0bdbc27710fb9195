"""Rows of a draft as they are kept and checked again: named examples."""

from datetime import date

from abdi.imports.choices import Fate, Fault, Field
from abdi.imports.rules import (
    Issue,
    checked_again,
    fate_of,
    kept_issues,
    kept_values,
    told_issues,
    told_values,
)

TODAY = date(2026, 3, 2)


def test_values_come_back_as_they_were_kept():
    values = {Field.NAME: "Sari", Field.BIRTH_ON: date(1990, 2, 15)}
    assert kept_values(values) == {"name": "Sari", "birth_on": "1990-02-15"}
    assert told_values(kept_values(values)) == values


def test_findings_come_back_as_they_were_kept():
    issues = [Issue(7, Fault.UNIT_UNKNOWN, Field.UNIT, "Dihsub", hint="Dishub"),
              Issue(7, Fault.ROW_SHIFTED)]  # fmt: skip
    assert told_issues(7, kept_issues(issues)) == issues


def test_a_row_waits_for_a_repair_then_for_a_look_then_is_ready():
    look, repair = Issue(1, Fault.NIP_AGE), Issue(1, Fault.DATE_INVALID, Field.BIRTH_ON)
    assert fate_of([look, repair], ()) is Fate.BLOCKED
    assert fate_of([look], ()) is Fate.REVIEW
    assert fate_of([look], ["nip_age"]) is Fate.READY


def test_a_row_is_checked_again_from_its_values():
    row = checked_again(3, {Field.NAME: "Sari", Field.NUMBER: "12", Field.SEX: "female"}, TODAY)
    assert [issue.code for issue in row.issues] == [Fault.NIP_LENGTH]
    assert row.values[Field.SEX] == "female"
