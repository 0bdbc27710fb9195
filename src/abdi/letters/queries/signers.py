"""Who may sign a letter today: the authority, his secretary, the heads below him."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from abdi.letters import rules
from abdi.letters.choices import Authority
from abdi.people import queries as people
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Person, Position, Unit


@dataclass(frozen=True)
class Candidate:
    """A head and the lines that would stand above his name; `refusal` says why he may not."""

    position: Position
    person: Person
    acting: str
    lines: tuple[str, ...]
    refusal: str | None


def signers_for(
    kind: str, unit: Unit, on: date, subject_ids: Collection[int] = ()
) -> list[Candidate]:
    """The heads who could sign this kind of letter of a unit on a day, the highest first."""
    figures = norms("letters", on=on)
    rule = rules.signer_rule(kind, figures)
    line = _line(unit, rule.authority)
    posts = _posts(line, figures)
    found = []
    for chain in _chains(line, posts):
        head = people.head_of(chain[-1].unit_id, on)
        if head is None:
            continue
        person, held = head
        acting = "" if held == "definite" else held
        refusal = rules.signing_refusal(
            rule, len(chain), acting, is_subject=person.pk in subject_ids
        )
        shown = chain if len(chain) <= rules.at_most_steps(rule) else chain[-1:]
        lines = rules.signature_lines([post.title for post in shown], acting)
        found.append(Candidate(chain[-1], person, acting, tuple(lines), refusal))
    return found


def first_signer(
    kind: str, unit: Unit, on: date, subject_ids: Collection[int] = ()
) -> Candidate | None:
    """Who signs unless somebody chooses another."""
    allowed = [one for one in signers_for(kind, unit, on, subject_ids) if one.refusal is None]
    return allowed[0] if allowed else None


def _line(unit: Unit, authority: str) -> list[int]:
    """Ids of the units from the authority down to the unit."""
    ids = [int(part) for part in unit.path.split("/") if part]
    top = {
        Authority.CITY.value: ids[0],
        Authority.AGENCY.value: unit.agency_id or unit.pk,
        Authority.UNIT.value: unit.pk,
    }[authority]
    return ids[ids.index(top) :] if top in ids else [unit.pk]


def _posts(line: list[int], figures: Mapping[str, Any]) -> dict[int, Position]:
    """The head's post of each unit of the line and of the authority's secretariats, by unit."""
    named = Q()
    for name in figures["secretariats"]:
        named |= Q(unit__name__startswith=name)
    near = Q(unit_id__in=line) | (Q(unit__parent_id=line[0]) & named)
    rows = people.positions().filter(near, is_head=True).select_related("unit").order_by("id")
    return {row.unit_id: row for row in rows}


def _chains(line: list[int], posts: Mapping[int, Position]) -> list[list[Position]]:
    """From each possible signer up to the authority; the authority's post comes first."""
    top = posts.get(line[0])
    if top is None:
        return [[posts[one]] for one in line if one in posts][:1]
    beside = [[top, post] for unit_id, post in posts.items() if unit_id not in line]
    below = [one for one in line[1:] if one in posts]
    down = [[top, *(posts[one] for one in below[: n + 1])] for n in range(len(below))]
    return [[top], *beside, *down]
