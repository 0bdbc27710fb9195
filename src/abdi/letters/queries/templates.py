"""The words of a kind of letter on a day, and the head of an office's paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q

from abdi.letters.choices import Paper
from abdi.letters.models import Letterhead, Template
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Unit


@dataclass(frozen=True)
class Wording:
    """What a letter begins with; `template` is None for the words that came with the program."""

    subject: str
    body: str
    copies: str
    classification: str
    pattern: str
    paper: str
    template: Template | None


def wording_of(kind: str, agency_id: int | None, on: date) -> Wording:
    """The newest words of a kind for an agency, else for all, else those of the program."""
    mine = Q(agency_id=agency_id) | Q(agency_id__isnull=True)
    rows = Template.objects.filter(mine, kind=kind, start_on__lte=on)
    newest = rows.order_by(F("agency_id").desc(nulls_last=True), "-start_on", "-id").first()
    if newest is None:
        return own_wording(kind, on)
    return Wording(
        newest.subject,
        newest.body,
        newest.copies,
        newest.classification,
        newest.pattern,
        newest.paper,
        newest,
    )


def own_wording(kind: str, on: date) -> Wording:
    """The words that came with the program."""
    figures = norms("letters", on=on)
    words = figures["letter_wording"][kind]
    return Wording(
        words["subject"],
        words["body"].strip("\n"),
        words["copies"].strip("\n"),
        str(figures["letter_kinds"][kind]["classification"]),
        figures["number_pattern"],
        Paper.F4.value,
        None,
    )


def versions_of(kind: str, agency_id: int | None) -> list[Template]:
    """All words a kind ever had for an agency (or for all), newest first."""
    rows = Template.objects.filter(kind=kind, agency_id=agency_id).select_related("made_by")
    return list(rows.order_by("-start_on", "-id")[:50])


def latest_templates(agency_id: int | None, on: date) -> dict[str, Template]:
    """The words in force by kind, for an agency (or for all) only."""
    rows = Template.objects.filter(agency_id=agency_id, start_on__lte=on)
    return {row.kind: row for row in rows.order_by("start_on", "id")}


@dataclass(frozen=True)
class Head:
    """What stands at the top of a letter, and the place where it is signed."""

    institution: str
    agency: str
    address: str
    place: str
    logo_key: str


def head_of_paper(agency: Unit, institution_name: str) -> Head:
    """The letterhead of an agency; what it lacks comes from the institution's."""
    rows = Letterhead.objects.filter(Q(agency_id=agency.pk) | Q(agency_id__isnull=True))
    found = {row.agency_id: row for row in rows}
    own, of_all = found.get(agency.pk), found.get(None)
    near = own or of_all
    place = near.place if near else institution_name.removeprefix("Pemerintah ")
    return Head(
        institution=(of_all.name if of_all and of_all.name else institution_name),
        agency=(own.name if own and own.name else "" if agency.parent_id is None else agency.name),
        address=near.address if near else "",
        place=place.removeprefix("Kota ").removeprefix("Kabupaten "),
        logo_key=(own.logo_key if own else "") or (of_all.logo_key if of_all else ""),
    )


def letterhead_of(agency_id: int | None) -> Letterhead | None:
    """The letterhead row of an agency, or that of the institution."""
    return Letterhead.objects.filter(agency_id=agency_id).first()
