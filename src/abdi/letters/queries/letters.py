"""Letters: who sees which, one by its code, those of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from abdi.letters.choices import LetterState, PersonPart
from abdi.letters.models import Letter, LetterPerson, LetterQuerySet
from abdi.letters.permissions import CELL
from abdi.platform.access import Actor, Reach

if TYPE_CHECKING:
    from abdi.people.models import Person

RELATED = ("unit", "agency", "signer", "author", "institution")


def reached(reach: Reach, actor: Actor) -> Q:
    """The filter of a reach. Who is only named in a letter sees it once it has a number."""
    if reach.all:
        return Q()
    found = Q(agency_id__in=reach.agency_ids)
    named = LetterPerson.objects.filter(part=PersonPart.SUBJECT)
    if reach.team_ids:
        found |= Q(id__in=named.filter(person_id__in=reach.team_ids).values("letter_id"))
    if reach.self_id is not None:
        mine = named.filter(person_id=reach.self_id).values("letter_id")
        found |= Q(author_id=reach.self_id)
        found |= Q(id__in=mine) & ~Q(state=LetterState.DRAFT)
    if reach.assigned and actor.person_id is not None:
        rows = LetterPerson.objects.filter(part=PersonPart.ASSIGNED, person_id=actor.person_id)
        found |= Q(id__in=rows.values("letter_id"))
    return found


def visible_letters(actor: Actor) -> QuerySet[Letter]:
    """Letters this actor may see, newest first; who is asked to sign one reads that one."""
    seen = reached(actor.reach(CELL, "view"), actor)
    if seen and actor.person_id is not None and actor.holds(CELL, "sign"):
        seen |= Q(signer_id=actor.person_id, sent_at__isnull=False)
    rows = Letter.objects.filter(seen).select_related(*RELATED)
    return rows.order_by("-drafted_at", "-id")


def waiting_letters(actor: Actor) -> int:
    """How many visible letters still want their number or their signature; one query."""
    open_states = (LetterState.DRAFT, LetterState.NUMBERED)
    return visible_letters(actor).filter(state__in=open_states).count()


def letter_list(
    actor: Actor, *, state: str = "", kind: str = "", words: str = ""
) -> QuerySet[Letter]:
    """Visible letters by state, kind, and words of number or subject; empty means all."""
    rows = visible_letters(actor)
    if state == "sent":
        rows = rows.filter(state=LetterState.NUMBERED, sent_at__isnull=False)
    elif state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(Q(number_text__icontains=words) | Q(subject__icontains=words))
    return rows


def named_by(actor: Actor, words: str, about: str) -> list[Letter]:
    """Visible letters that a record names: by number ("SK 800/12" or "800/12"), or drawn from it.

    Void ones are left out; one query, three letters at most.
    """
    numbers = {words, words.rpartition(" ")[2]} - {""}
    meant = Q(number_text__in=numbers)
    if about:
        meant |= Q(about=about)
    return list(visible_letters(actor).filter(meant).exclude(state=LetterState.VOID)[:3])


def letters_about(about: str) -> QuerySet[Letter]:
    """The letters drawn up from a record; the module that asks guards the record itself."""
    return Letter.objects.filter(about=about).order_by("-drafted_at", "-id")


def letter_of(about: str, kind: str) -> Letter | None:
    """The newest letter of a kind about a record that is not void."""
    rows = letters_about(about).filter(kind=kind).exclude(state=LetterState.VOID)
    return rows.first()


def people_named(letter: Letter) -> list[Person]:
    """The persons a letter is about, in its order."""
    rows = LetterPerson.objects.filter(letter=letter, part=PersonPart.SUBJECT)
    return [row.person for row in rows.select_related("person").order_by("place", "id")]


def numbers_waiting(actor: Actor) -> LetterQuerySet:
    """Drafts this actor may number."""
    reach = actor.reach(CELL, "number")
    rows: LetterQuerySet = Letter.objects.waiting_for_number().filter(reached(reach, actor))
    return rows.order_by("drafted_at")


def signatures_waiting(actor: Actor) -> LetterQuerySet:
    """Letters sent to this actor to sign."""
    rows: LetterQuerySet = Letter.objects.waiting_for_signature()
    return rows.filter(signer_id=actor.person_id or 0).order_by("sent_at")


def drafted_for(source_key: str) -> Letter | None:
    """The letter drawn up for a cause, whatever became of it."""
    return Letter.objects.filter(source_key=source_key).first()
