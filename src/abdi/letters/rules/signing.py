"""Who signs what, and the lines above his name: a.n., u.b., Plt., Plh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TOO_FAR = "too_far"
ACTING = "acting"
SUBJECT = "subject"
MOST_STEPS = 3
ON_BEHALF = "a.n."
FOR_ATTENTION = "u.b."
PREFIX: Mapping[str, str] = {"": "", "plt": "Plt. ", "plh": "Plh. "}


@dataclass(frozen=True)
class SignerRule:
    """A row of the table: in whose name, how many steps down, which acting heads may."""

    authority: str
    steps: int
    acting: tuple[str, ...]


def signer_rule(kind: str, norms: Mapping[str, Any]) -> SignerRule:
    """The row of a kind of letter. Raises KeyError for an unknown kind."""
    row = norms["letter_kinds"][kind]
    return SignerRule(row["authority"], int(row["steps"]), tuple(row["acting"]))


def signing_refusal(
    rule: SignerRule, steps: int, acting: str, *, is_subject: bool = False
) -> str | None:
    """Why a post may not sign: too many steps below the authority, only acting, named himself.

    `steps` is 1 for the authority itself, 2 for who signs a.n., 3 for u.b.
    """
    if is_subject:
        return SUBJECT
    if not 1 <= steps <= at_most_steps(rule):
        return TOO_FAR
    if acting and acting not in rule.acting:
        return ACTING
    return None


def at_most_steps(rule: SignerRule) -> int:
    """How far down a letter may be signed; never further than u.b."""
    return min(rule.steps, MOST_STEPS)


def signature_lines(titles: Sequence[str], acting: str = "") -> list[str]:
    """The lines above a signature, from the authority's post down to the signer's.

    One post stands alone; of two the first is named a.n.; of three the second is named too and the
    third signs u.b. An acting signer's own post carries Plt. or Plh., never the post he signs for.
    Raises ValueError for no post or more than three.
    """
    if not 1 <= len(titles) <= MOST_STEPS:
        raise ValueError("a signature names one to three posts")
    own = f"{PREFIX[acting]}{titles[-1]}"
    if len(titles) == 1:
        return [own]
    lines = [f"{ON_BEHALF} {titles[0]}"]
    if len(titles) == MOST_STEPS:
        lines += [titles[1], FOR_ATTENTION]
    return [*lines, own]
