"""From a numbered letter to a signed one: choose who signs, send, bring back, or take back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from abdi.letters import events, queries, rules
from abdi.letters.choices import LetterState, PersonPart, SignatureWay
from abdi.letters.models import Letter, LetterPerson
from abdi.letters.permissions import may_number, may_sign, may_void
from abdi.platform import clock
from abdi.platform.access import Actor, Refused
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.files import Stored
from abdi.platform.journal import record
from abdi.platform.notices.telling import tell_quietly

SHORTEST_REASON = 10


def refusal_sentence(code: str | None) -> str:
    """Why a head may not sign, in words; empty where he may."""
    return {
        None: "",
        rules.TOO_FAR: _("This post is too far below the one in whose name the letter goes out."),
        rules.ACTING: _("This is beyond the powers of an acting head (Plt/Plh)."),
        rules.SUBJECT: _("Nobody signs a letter that names himself."),
    }[code]


def subjects_of(letter: Letter) -> list[int]:
    """Ids of the persons named in a letter."""
    rows = LetterPerson.objects.filter(letter=letter, part=PersonPart.SUBJECT)
    return list(rows.values_list("person_id", flat=True))


@action(allowed=may_number)
def choose_signer(
    letter: Letter, *, by: Actor, position_id: int, seen: int | None = None
) -> Letter:
    """Choose the head who signs; a letter already sent is called back.

    Raises Conflict where it is signed or void, Invalid for a post that may not sign this kind.
    """
    row = lock(letter)
    _open_or_conflict(row)
    wanted = _candidate(row, position_id)
    guard_version(row, seen)
    row.signer = wanted.person
    row.signer_position = wanted.position
    row.signer_acting = wanted.acting
    row.signature_lines = list(wanted.lines)
    row.sent_at = None
    row.sent_key, row.sent_size, row.sent_sha256 = "", 0, ""
    row.save(
        update_fields=[
            "signer", "signer_position", "signer_acting", "signature_lines",
            "sent_at", "sent_key", "sent_size", "sent_sha256",
        ]
    )  # fmt: skip
    record(events.SignerChosen(letter_id=row.pk, position_id=position_id), by=by, about=row)
    return row


def _candidate(row: Letter, position_id: int | None) -> queries.Candidate:
    """The head of a post as he would sign today. Raises Invalid where he may not."""
    offered = queries.signers_for(row.kind, row.unit, clock.today(), subjects_of(row))
    wanted = next((one for one in offered if one.position.pk == position_id), None)
    if wanted is None:
        raise Invalid(_("Please choose who signs."), field="signer")
    if wanted.refusal is not None:
        raise Invalid(refusal_sentence(wanted.refusal), field="signer")
    return wanted


def _open_or_conflict(row: Letter) -> None:
    if row.state not in (LetterState.DRAFT, LetterState.NUMBERED):
        raise Conflict(_("This letter is signed or void."), current=row)


@action(allowed=may_number)
def send_to_sign(letter: Letter, *, by: Actor, paper: Stored, seen: int | None = None) -> Letter:
    """Send a numbered letter to its signer; `paper` is the PDF, frozen with its hash.

    Raises Conflict where it has no number, was sent, or was changed since the paper was made;
    Invalid where a fact is missing or the signer may not sign it any more.
    """
    row = lock(letter)
    if row.state != LetterState.NUMBERED or row.sent_at is not None:
        raise Conflict(_("Only a numbered letter that was not sent yet can be sent."), current=row)
    missing = missing_words(row)
    if missing:
        words = {"words": ", ".join(missing)}
        raise Invalid(_("Fill in first: %(words)s. The text asks for it.") % words, field="facts")
    wanted = _candidate(row, row.signer_position_id)
    if wanted.person.pk != row.signer_id or list(wanted.lines) != row.signature_lines:
        raise Conflict(_("Who holds this post has changed. Choose the signer again."), current=row)
    guard_version(row, seen)
    row.sent_at = clock.now()
    row.sent_key, row.sent_size, row.sent_sha256 = paper.key, paper.size, paper.sha256
    row.save(update_fields=["sent_at", "sent_key", "sent_size", "sent_sha256"])
    LetterPerson.objects.get_or_create(letter=row, person=wanted.person, part=PersonPart.ASSIGNED)
    record(events.LetterSent(letter_id=row.pk, sha256=paper.sha256), by=by, about=row)
    tell_quietly(wanted.person, about=row, by=by, key=f"letter-{row.pk}-{row.version}")
    return row


def missing_words(letter: Letter) -> list[str]:
    """The words of a letter's text for which nothing is known."""
    given = {**letter.facts.get("texts", {}), **letter.facts.get("tables", {})}
    return [rules.WORDS[key] for key in rules.missing_facts(letter.body, given)]


@action(allowed=may_sign)
def bring_back(
    letter: Letter,
    *,
    by: Actor,
    file: Stored,
    way: str,
    holds_paper: bool,
    seen: int | None = None,
) -> Letter:
    """Keep the signed file; its hash goes into the journal and proves it from now on.

    `holds_paper` says whether the file begins with the very bytes that were sent. An electronic
    signature is brought by the signer himself, a scan by any head who may sign for the agency.
    Raises Conflict where the letter was not sent, Invalid for the unsigned paper itself.
    """
    row = lock(letter)
    if not row.waits_for_signature:
        raise Conflict(_("This letter does not wait for a signature."), current=row)
    if way not in SignatureWay.codes():
        raise Invalid(_("Please choose one of the list."), field="way")
    if way == SignatureWay.ELECTRONIC and by.person_id != row.signer_id and not by.is_system:
        raise Refused("signer", resource="people.letter", act="sign")
    if file.sha256 == row.sent_sha256:
        raise Invalid(_("This is the paper as it was sent, without a signature."), field="file")
    guard_version(row, seen)
    row.state = LetterState.SIGNED
    row.signed_at = clock.now()
    row.signature_way = way
    row.holds_sent_paper = holds_paper
    row.signed_key, row.signed_size, row.signed_sha256 = file.key, file.size, file.sha256
    row.save(
        update_fields=[
            "state", "signed_at", "signature_way", "holds_sent_paper",
            "signed_key", "signed_size", "signed_sha256",
        ]
    )  # fmt: skip
    _announce_signed(row, by)
    return row


def _announce_signed(row: Letter, by: Actor) -> None:
    fact = events.LetterSigned(
        letter_id=row.pk,
        kind_code=row.kind,
        about=row.about,
        way=row.signature_way,
        sha256=row.signed_sha256,
    )
    record(fact, by=by, about=row)


@action(allowed=may_void)
def void(letter: Letter, *, by: Actor, reason: str, seen: int | None = None) -> Letter:
    """Take a letter out of force with a reason; its number stays used, its file stays kept.

    Raises Conflict where it is void already, Invalid for a reason under ten characters.
    """
    row = lock(letter)
    if row.state == LetterState.VOID:
        raise Conflict(_("This letter is void already."), current=row)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Say why in at least ten characters."), field="reason")
    guard_version(row, seen)
    row.state = LetterState.VOID
    row.void_at = clock.now()
    row.void_reason = reason.strip()
    row.save(update_fields=["state", "void_at", "void_reason"])
    fact = events.LetterVoided(letter_id=row.pk, kind_code=row.kind, about=row.about)
    record(fact, by=by, about=row)
    return row
