"""What gaps ask for: one proposal for each agency and need, with its candidates."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import timedelta
from typing import Any, Final

from abdi.competence import events as competence
from abdi.competence import queries
from abdi.people.demo import DemoCity
from abdi.platform import clock
from abdi.platform.journal import Entry, PastFact, record_many
from abdi.training import events
from abdi.training.choices import NeedReason, ProposalState
from abdi.training.models import Candidate, Need, Proposal

BATCH: Final = 2_000
Key = tuple[int, str, int]
COST_OF_A_SEAT: Final = 750_000


def build(city: DemoCity, rng: random.Random) -> dict[Key, Proposal]:
    """Proposals by agency, competency and level; most of them with their cost."""
    asked: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    rows = queries.mart_rows().filter(is_current=True, missing__gt=0)
    wanted = ("agency_id", "competency", "required", "person_id", "level")
    for agency_id, competency, required, person_id, level in rows.values_list(*wanted):
        asked[agency_id, competency, required].append((person_id, level))
    made = Proposal.objects.bulk_create(
        [_proposal(rng, key, len(people)) for key, people in sorted(asked.items())],
        batch_size=BATCH,
    )
    found = {(row.agency_id, row.competency, row.level): row for row in made}
    _candidates(found, asked)
    _needs(city)
    return found


def _proposal(rng: random.Random, key: Key, people: int) -> Proposal:
    costed = rng.random() < 0.65
    hours = rng.choice((8, 12, 16, 24))
    cost = max(6_000_000, people * COST_OF_A_SEAT + rng.randrange(0, 5_000_000, 250_000))
    return Proposal(
        agency_id=key[0],
        competency=key[1],
        level=key[2],
        hours=hours if costed else None,
        cost_rupiah=cost if costed else None,
        made_at=clock.now() - timedelta(days=rng.randint(2, 30)),
    )


def _candidates(found: dict[Key, Proposal], asked: dict[Key, list[tuple[int, int]]]) -> None:
    causes = _causes()
    rows = Candidate.objects.bulk_create(
        [
            Candidate(
                proposal=found[key],
                person_id=person_id,
                held=held,
                cause_entry=causes.get((person_id, key[1])),
            )
            for key, people in sorted(asked.items())
            for person_id, held in people
        ],
        batch_size=BATCH,
    )
    record_many(_fact(row) for row in rows)


def _fact(row: Candidate) -> PastFact:
    fact = events.ClassProposed(
        proposal_id=row.proposal_id,
        person_id=row.person_id,
        competency=row.proposal.competency,
        level=row.proposal.level,
    )
    return PastFact(fact, row.proposal.made_at, "system", row.proposal.ref, row.cause_entry)


def _causes() -> dict[tuple[int, str], int]:
    """The entry in which each gap was found."""
    kind: Any = competence.GapFound
    found = {}
    for entry in Entry.objects.filter(kind=kind.kind).iterator(chunk_size=BATCH):
        data = entry.data
        found[data["person_id"], data["competency"]] = entry.pk
    return found


def _needs(city: DemoCity) -> None:
    rows = (
        ("sampah", "M.5", NeedReason.REPORTS, "reports.cluster:waste_pile@Kenanga", 9),
        ("pohon", "M.3", NeedReason.REPORTS, "reports.cluster:tree_trimming@Pandan", 16),
        ("pju", "M.4", NeedReason.REGULATION, "people.unit:pju", 40),
    )
    Need.objects.bulk_create(
        Need(
            unit=city.units[code],
            competency=competency,
            reason_code=reason,
            about=about,
            made_at=clock.now() - timedelta(days=days),
        )
        for code, competency, reason, about, days in rows
    )


def answered(proposal: Proposal | None) -> Proposal | None:
    """Close a proposal that a class answers."""
    if proposal is not None:
        proposal.state = ProposalState.OPENED
        proposal.save(update_fields=["state"])
    return proposal
