"""Builders for tests of letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from abdi.letters import actions, papers
from abdi.letters.choices import LetterKind, SignatureWay
from abdi.letters.models import Letter
from abdi.people.testing import SmallCity, a_city, actor_for, an_actor
from abdi.platform import clock, files
from abdi.platform.access import SYSTEM, Actor

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit

PURPOSE = "memperbaiki lampu jalan"


@dataclass(frozen=True)
class LetterCity:
    """The small city with the people whom letters need."""

    city: SmallCity
    hr: Actor
    head: Actor
    office: Actor

    @property
    def agency(self) -> Unit:
        """The street-lighting agency."""
        return self.city.agency


def a_letter_city() -> LetterCity:
    """The agency's HR officer, its head, and the city's personnel office."""
    city = a_city()
    return LetterCity(
        city,
        an_actor("agency_hr", city.agency),
        actor_for(city.agency_head),
        an_actor("personnel_office"),
    )


def duty_facts(**more: Any) -> dict[str, Any]:
    """What a duty order asks for."""
    return {
        "purpose": PURPOSE,
        "basis": "Perintah lisan Kepala Dinas",
        "start_on": date(2026, 3, 3),
        "end_on": date(2026, 3, 5),
        "venue": "Kelurahan Bantaran",
        **more,
    }


def a_letter(
    where: LetterCity,
    *,
    kind: str = LetterKind.DUTY_ORDER,
    person: Person | None = None,
    by: Actor | None = None,
    facts: dict[str, Any] | None = None,
) -> Letter:
    """A draft, written by the agency's HR officer."""
    return actions.write(
        where.city.section,
        by=by or where.hr,
        kind=kind,
        facts=duty_facts() if facts is None else facts,
        person_ids=[(person or where.city.crew).pk],
    )


def a_numbered_letter(where: LetterCity, **more: Any) -> Letter:
    """A letter with the next number of the book."""
    row = a_letter(where, **more)
    return actions.give_number(row, by=where.hr, letter_on=clock.today())


def a_sent_letter(where: LetterCity, **more: Any) -> Letter:
    """A letter that waits for its signature; its paper is a real PDF."""
    row = a_numbered_letter(where, **more)
    paper = files.store(papers.pdf_of(row))
    return actions.send_to_sign(row, by=where.hr, paper=paper)


def signed_copy(letter: Letter) -> bytes:
    """The paper as it was sent with a signature added at its end, as signing services do."""
    return files.read(letter.sent_key) + b"\n% tanda tangan elektronik contoh\n%%EOF\n"


def a_signed_letter(where: LetterCity, **more: Any) -> Letter:
    """A letter whose signed file is back."""
    row = a_sent_letter(where, **more)
    return actions.bring_back(
        row,
        by=SYSTEM,
        file=files.store(signed_copy(row)),
        way=SignatureWay.ELECTRONIC,
        holds_paper=True,
    )
