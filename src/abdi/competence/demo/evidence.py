"""Evidence that the floors above have for people of the demo city."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from abdi.competence.events import EvidenceAdded
from abdi.competence.models import Evidence
from abdi.platform import clock
from abdi.platform.journal import PastFact, record_many

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that speaks for a competency of a person."""

    person_id: int
    competency: str
    kind: str
    about: str
    at: datetime
    note_code: str = ""
    cause_entry: int | None = None


def keep_evidence(rows: Iterable[Proof]) -> None:
    """Write evidence in bulk, with its journal."""
    made = Evidence.objects.bulk_create(
        [
            Evidence(
                person_id=row.person_id,
                competency=row.competency,
                kind=row.kind,
                about=row.about,
                note_code=row.note_code,
                on=clock.local(row.at).date(),
                added_at=row.at,
                cause_entry=row.cause_entry,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )
    record_many(
        PastFact(
            EvidenceAdded(evidence_id=row.pk, person_id=row.person_id, competency=row.competency),
            row.added_at,
            "system",
            row.ref,
        )
        for row in made
    )
