"""Changes of integrity: sign, ask, answer, publish."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.integrity import events, queries, rules
from abdi.integrity.choices import AdviceKind, AdviceState, ProposalState
from abdi.integrity.models import (
    SMALLEST_GROUP,
    AbsenceProposal,
    Advice,
    AdvicePattern,
    Pledge,
)
from abdi.integrity.permissions import (
    may_answer,
    may_ask,
    may_publish_pattern,
    may_read_proposals,
    may_see_advice,
    may_settle,
    may_sign,
    only_other_modules,
)
from abdi.people import queries as people
from abdi.people.permissions import role_for
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.calendar import is_working_day
from abdi.platform.clocks import after_working_days
from abdi.platform.journal import Entry, record
from abdi.platform.norms import norms
from abdi.platform.notices.telling import tell_quietly

if TYPE_CHECKING:
    from abdi.people.models import Person


@action(allowed=may_sign)
def sign_pledge(person: Person, *, by: Actor, text_version: str) -> Pledge:
    """Sign the declaration of this year; signing again gives the first signature back.

    Raises Conflict where the text changed since it was read, Invalid for who holds no post.
    """
    today = clock.today()
    if text_version != norms("integrity", on=today)["pledge"]["version"]:
        raise Conflict(_("The text has changed. Please read it again."))
    unit = people.unit_of(person.pk, today)
    if unit is None:
        raise Invalid(_("You hold no post today, so there is nothing to sign."))
    row = _signed(person, today.year, unit.pk, text_version)
    fact = events.PledgeSigned(
        pledge_id=row.pk, person_id=person.pk, unit_id=row.unit_id, year=row.year
    )
    record(fact, by=by, about=row)
    return row


def _signed(person: Person, year: int, unit_id: int, text_version: str) -> Pledge:
    """The signature of a year, made where there is none; two at once make one."""
    try:
        with transaction.atomic():
            row, _made = Pledge.objects.get_or_create(
                person=person,
                year=year,
                defaults={
                    "unit_id": unit_id,
                    "text_version": text_version,
                    "signed_at": clock.now(),
                },
            )
    except IntegrityError:
        row = Pledge.objects.get(person=person, year=year)
    return row


@action(allowed=may_ask)
def ask(
    person: Person, *, by: Actor, kind: AdviceKind | str, question: str, about_boss: bool = False
) -> Advice:
    """Ask whether something is allowed; an officer answers on record within the promised days.

    Raises Invalid for an empty question or a kind nobody knows.
    """
    if kind not in AdviceKind.codes():
        raise Invalid(_("Please choose what it is about."), field="kind")
    if not question:
        raise Invalid(_("Please write your question."), field="question")
    today = clock.today()
    days = norms("integrity", on=today)["advice_answer_days"]
    row = Advice.objects.create(
        person=person,
        kind=str(kind),
        question=question,
        about_boss=about_boss,
        asked_at=clock.now(),
        due_on=after_working_days(today, days, is_working_day),
    )
    record(events.AdviceAsked(advice_id=row.pk, kind_code=row.kind), by=by, about=row)
    return row


@action(allowed=may_answer)
def answer(advice: Advice, *, by: Actor, text: str, seen: int | None = None) -> Advice:
    """Answer a question on record; the asker is told that something waits.

    Raises Conflict where somebody answered meanwhile, Invalid for an empty answer.
    """
    row = lock(advice)
    if row.is_answered:
        raise Conflict(_("This question was answered meanwhile."), current=row)
    if not text:
        raise Invalid(_("Please write the answer."), field="answer")
    guard_version(row, seen)
    row.state = AdviceState.ANSWERED
    row.answer = text
    row.answered_by_id = by.person_id
    row.answered_at = clock.now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(events.AdviceAnswered(advice_id=row.pk, kind_code=row.kind), by=by, about=row)
    tell_quietly(row.person, about=row, by=by, key=f"advice-{row.pk}")
    return row


@action(allowed=may_see_advice)
def note_reading(advice: Advice, *, by: Actor) -> Advice:
    """Note who opened a question; the asker's first look at the answer is kept."""
    is_asker = by.person_id == advice.person_id
    if is_asker and advice.is_answered and advice.read_at is None:
        advice.read_at = clock.now()
        Advice.objects.filter(pk=advice.pk, read_at__isnull=True).update(read_at=advice.read_at)
    asker = "" if is_asker else str(advice.person_id)
    fact = events.AdviceRead(advice_id=advice.pk, is_asker=is_asker, people=asker)
    record(fact, by=by, about=advice)
    return advice


@action(allowed=may_publish_pattern)
def publish_pattern(*, by: Actor, kind: AdviceKind | str, text: str) -> AdvicePattern:
    """Answer for all what at least five people asked; no names, the newest text counts.

    Raises Conflict where too few people asked, Invalid for an empty text or unknown kind.
    """
    if kind not in AdviceKind.codes():
        raise Invalid(_("Please choose what it is about."), field="kind")
    if not text:
        raise Invalid(_("Please write the answer."), field="text")
    count = queries.questions_by_kind().get(str(kind), 0)
    if not rules.may_publish(count, SMALLEST_GROUP):
        raise Conflict(_("Fewer than five people asked this; an answer for all could name them."))
    row, _made = AdvicePattern.objects.update_or_create(
        kind=str(kind),
        defaults={
            "text": text,
            "based_on_count": count,
            "published_by_id": by.person_id or 0,
            "published_at": clock.now(),
        },
    )
    fact = events.PatternPublished(pattern_id=row.pk, kind_code=row.kind, based_on_count=count)
    record(fact, by=by, about=row)
    return row


ASN = ("PNS", "PPPK", "PPPK_PW")
SHORTEST_REASON = 10


@action(allowed=only_other_modules)
def propose_absence(
    person_id: int,
    *,
    by: Actor,
    year: int,
    days: int,
    longest_run: int,
    minutes: int,
    cause: Entry | None = None,
) -> AbsenceProposal:
    """Keep what the table proposes for a year of absence; a proposal, never a sanction.

    An open proposal of the year takes the new figures over. Raises Conflict where nothing is
    proposed, or where a person has settled the same sanction of that year already.
    """
    values = _proposed(person_id, days, longest_run, minutes)
    settled = AbsenceProposal.objects.filter(person_id=person_id, year=year)
    settled = settled.exclude(state=ProposalState.OPEN)
    if not values["sanction"] or settled.filter(sanction=values["sanction"]).exists():
        raise Conflict(_("Nothing is proposed."))
    waiting: dict[str, Any] = {
        "person_id": person_id,
        "year": year,
        "state": ProposalState.OPEN,
    }
    if AbsenceProposal.objects.filter(**waiting, **values).exists():
        raise Conflict(_("Nothing is proposed."))
    row, _made = AbsenceProposal.objects.update_or_create(
        **waiting, defaults={**values, "made_at": clock.now()}
    )
    fact = events.AbsenceProposed(
        proposal_id=row.pk, person_id=person_id, year=year, sanction=row.sanction
    )
    record(fact, by=by, about=row, cause=cause)
    return row


def _proposed(person_id: int, days: int, longest_run: int, minutes: int) -> dict[str, Any]:
    """The figures of a year and what the table of the employment says to them."""
    figures = norms("integrity", on=clock.today())
    employment = people.persons().values_list("employment", flat=True).get(pk=person_id)
    table = employment if employment in ASN else "NON_ASN"
    found = rules.absence(days, longest_run, table, Decimal(minutes) / 60, figures)
    return {
        "days": days,
        "longest_run": longest_run,
        "minutes": minutes,
        "counted_days": found.counted_days,
        "sanction": found.sanction or "",
        "basis": str(found.basis or ""),
        "stops_salary": found.salary_stop,
        "rule_set": str(figures["medium_rule_set"]),
    }


@action(allowed=may_settle)
def settle_proposal(
    proposal: AbsenceProposal, *, by: Actor, take_up: bool, words: str, seen: int | None = None
) -> AbsenceProposal:
    """Decide whether an examination begins, with a reason; the program sanctions nobody.

    Raises Conflict where that was decided meanwhile, Invalid without a reason of ten letters.
    """
    row = lock(proposal)
    if row.state != ProposalState.OPEN:
        raise Conflict(_("This proposal was settled meanwhile."), current=row)
    if len(words.strip()) < SHORTEST_REASON:
        raise Invalid(_("Give the reason in ten letters or more."), field="words")
    guard_version(row, seen)
    row.state = ProposalState.TAKEN_UP if take_up else ProposalState.LEFT
    row.words, row.settled_by_id, row.settled_at = words, by.person_id, clock.now()
    row.save(update_fields=["state", "words", "settled_by", "settled_at"])
    fact = events.ProposalSettled(proposal_id=row.pk, person_id=row.person_id, state=str(row.state))
    record(fact, by=by, about=row)
    return row


@action(allowed=may_read_proposals)
def note_reading_proposals(people_ids: Iterable[int], *, by: Actor) -> None:
    """One line in the access log for a page that shows proposals about others."""
    ids = ",".join(str(pk) for pk in sorted(set(people_ids)))
    fact = events.ProposalsRead(people=ids, role=role_for(by, "integrity.discipline"))
    record(fact, by=by, about="integrity.absenceproposal")
