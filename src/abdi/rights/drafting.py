"""The letter of a right: which kind, with which facts. Letters draw it up."""

from __future__ import annotations

from typing import Any

from abdi.letters import actions as letters
from abdi.platform.access import Actor
from abdi.platform.norms import norms
from abdi.rights import queries
from abdi.rights.choices import RightKind
from abdi.rights.models import Right

KINDS = {RightKind.RAISE: "raise_notice"}
OTHER = "official_letter"


def facts_of(right: Right) -> dict[str, Any]:
    """What the letter of a right is written from."""
    years = queries.service_years(right)
    if right.kind == RightKind.RAISE:
        return {"due_on": right.due_on, "rank": right.what, "service_years": f"{years} tahun"}
    words = norms("rights", on=right.due_on)["letter_texts"][right.kind]
    holes = {
        "nama": right.person.display_name,
        "apa": right.what,
        "tmt": f"{right.due_on:%d-%m-%Y}",
        "masa_kerja": years,
    }
    return {"subject": words["subject"].format(**holes), "body": words["body"].format(**holes)}


def draft(right: Right, by: Actor) -> str:
    """Have the letter drawn up; returns its reference."""
    row = letters.draft(
        KINDS.get(RightKind(right.kind), OTHER),
        right.ref,
        facts_of(right),
        by=by,
        person_ids=[right.person_id],
        source_key=right.ref,
    )
    return str(row.ref)
