"""What integrity announces."""

from __future__ import annotations

from abdi.platform.events import event


@event
class PledgeSigned:
    """A person signed the declaration of neutrality of a year."""

    pledge_id: int
    person_id: int
    unit_id: int
    year: int


@event
class AdviceAsked:
    """Somebody asked: may I."""

    advice_id: int
    kind_code: str


@event
class AdviceAnswered:
    """An officer answered on record."""

    advice_id: int
    kind_code: str


@event
class AdviceRead:
    """The asker read the answer, or an officer opened the question of `people` (the asker)."""

    advice_id: int
    is_asker: bool
    people: str = ""


@event
class PatternPublished:
    """What several people asked was answered for all, without names."""

    pattern_id: int
    kind_code: str
    based_on_count: int


@event
class AbsenceProposed:
    """A year of absence reached a band of the table; a proposal, never a sanction."""

    proposal_id: int
    person_id: int
    year: int
    sanction: str


@event
class ProposalSettled:
    """A person decided whether an examination begins."""

    proposal_id: int
    person_id: int
    state: str


@event
class ProposalsRead:
    """Proposals about these persons were opened."""

    people: str
    role: str = ""
