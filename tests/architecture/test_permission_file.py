"""The permission file keeps its own promises."""

import pytest
import yaml

from abdi.platform.access import law
from tests.architecture.tree import SOURCE

READS = {"view", "view_totals", "verify", "export", "review"}
CELLS = tuple(law().cells.values())
PERSONAL = ("personal", "sensitive", "secret")
JUDGING = (
    "approve",
    "decide",
    "finalise",
    "confirm",
    "issue",
    "rate",
    "correct",
    "sign",
    "examine",
)


def held_by(role, *, classes=None):
    return [c for c in CELLS if role in c.grants and (classes is None or c.data_class in classes)]


def test_it_is_the_agreed_law():
    shared = SOURCE.parents[2] / "shared/facts/permissions.yaml"
    if not shared.exists():
        pytest.skip("../shared is not here")
    agreed = yaml.safe_load(shared.read_text(encoding="utf-8"))
    for name, row in agreed["resources"].items():
        assert law().raw["resources"][name]["grants"] == row["grants"], name
        assert law().raw["resources"][name].get("when") == row.get("when"), name
        assert law().raw["resources"][name]["class"] == row["class"], name
    assert set(agreed["roles"]) == set(law().roles)
    for words in ("acting_powers", "daily_powers"):
        assert law().raw["delegation"][words] == agreed["delegation"][words]


def test_tips_are_read_by_their_reporter_and_the_officers_they_are_sealed_to():
    for act in ("view", "reply", "close"):
        grants = law().cell("integrity.tip", act).grants
        assert set(grants.items()) <= {("citizen", "self"), ("integrity_officer", "assigned")}


def test_the_administrator_is_blind_to_the_work():
    work = (
        "people", "competence", "training", "performance", "workload", "duty", "reports", "survey",
        "culture", "integrity",
    )  # fmt: skip
    assert [c for c in held_by("sysadmin") if c.resource.split(".")[0] in work] == []


def test_nobody_reads_survey_answers():
    acts = {cell.action for cell in CELLS if cell.resource == "survey.answer"}
    assert acts.isdisjoint({"view", "list", "export", "update", "delete"})


def test_the_auditor_only_reads():
    assert [c for c in held_by("auditor") if c.action not in READS] == []


def test_the_inspectorate_writes_findings_examinations_and_letters_only():
    allowed = {
        ("integrity.discipline", "create"), ("integrity.discipline", "examine"),
        ("people.letter", "create"), ("people.letter", "update"),
    }  # fmt: skip
    other = [
        c
        for c in held_by("inspectorate")
        if c.action not in READS
        and c.resource != "integrity.finding"
        and (c.resource, c.action) not in allowed
    ]
    assert other == []


def test_citizens_have_narrow_scopes():
    scopes = {cell.grants["citizen"] for cell in held_by("citizen")}
    assert scopes <= {"public", "self", "assigned"}


def test_a_leader_sees_no_rows_about_persons():
    rows = [c for c in held_by("executive", classes=PERSONAL) if c.action == "view"]
    assert rows == []


def test_the_reporter_is_hidden():
    assert set(law().cell("reports.reporter", "view").grants) == {"citizen"}
    assert "reason" in law().cell("reports.reporter", "reveal").conditions


def test_no_scope_is_wider_than_the_city():
    known = {"public", "self", "assigned", "team", "agency", "city"}
    assert {scope for cell in CELLS for scope in cell.grants.values()} <= known


def test_who_judges_is_not_judged():
    open_cells = [
        cell
        for cell in CELLS
        if cell.action in JUDGING
        and not {"not_self", "not_author", "two_person"} & set(cell.conditions)
    ]
    assert [(c.resource, c.action) for c in open_cells if c.resource != "people.dossier"] == []


def test_every_export_asks_for_reason_and_proof():
    for cell in CELLS:
        if cell.action == "export":
            assert {"reason", "step_up"} <= set(cell.conditions), cell.resource


def test_facts_are_never_deleted():
    deletes = [cell.resource for cell in CELLS if cell.action == "delete"]
    assert deletes == ["system.webhook"]
