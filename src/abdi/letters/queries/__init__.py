"""Reads of letters."""

from abdi.letters.queries.letters import (
    drafted_for,
    letter_list,
    letter_of,
    letters_about,
    named_by,
    numbers_waiting,
    people_named,
    signatures_waiting,
    visible_letters,
    waiting_letters,
)
from abdi.letters.queries.proof import (
    Proof,
    hash_of,
    journal_hash,
    proof_of,
    public_letter,
    signed_letters_altered,
)
from abdi.letters.queries.signers import Candidate, first_signer, signers_for
from abdi.letters.queries.templates import (
    Head,
    Wording,
    head_of_paper,
    latest_templates,
    letterhead_of,
    own_wording,
    versions_of,
    wording_of,
)
from abdi.letters.queries.todo import to_do

__all__ = [
    "Candidate",
    "Head",
    "Proof",
    "Wording",
    "drafted_for",
    "first_signer",
    "hash_of",
    "head_of_paper",
    "journal_hash",
    "latest_templates",
    "letter_list",
    "letter_of",
    "letterhead_of",
    "letters_about",
    "named_by",
    "numbers_waiting",
    "own_wording",
    "people_named",
    "proof_of",
    "public_letter",
    "signatures_waiting",
    "signed_letters_altered",
    "signers_for",
    "to_do",
    "versions_of",
    "visible_letters",
    "waiting_letters",
    "wording_of",
]
