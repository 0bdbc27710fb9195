"""Is the signed file still what was signed? Asked of the file, the row and the journal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Value

from abdi.letters.models import Letter
from abdi.platform import files
from abdi.platform.journal import Entry

SIGNED_KIND = "letters.LetterSigned"
MOST_A_DAY = 200


@dataclass(frozen=True)
class Proof:
    """What the stored file, the row and the journal say of one letter."""

    file_is_whole: bool
    journal_agrees: bool

    @property
    def holds(self) -> bool:
        """Nothing was altered."""
        return self.file_is_whole and self.journal_agrees


def proof_of(letter: Letter) -> Proof | None:
    """Compare the kept file and its hash with the journal; None before it is signed."""
    if not letter.signed_sha256:
        return None
    return Proof(files.is_whole(letter.signed_file), journal_hash(letter) == letter.signed_sha256)


def journal_hash(letter: Letter) -> str:
    """The hash as it stands in the journal, whose chain shows every later change."""
    rows = Entry.objects.filter(kind=SIGNED_KIND, about=letter.ref).order_by("id")
    entry = rows.first()
    return str(entry.data.get("sha256", "")) if entry else ""


def hash_of(data: bytes) -> str:
    """The SHA-256 of a file, in 64 digits."""
    return hashlib.sha256(data).hexdigest()


def public_letter(code: str) -> Letter | None:
    """A letter by the code on it, once it has a number."""
    rows = Letter.objects.filter(code=code).exclude(number_text="")
    return rows.select_related("agency", "institution").first()


def signed_letters_altered(on: date) -> int:
    """How many signed files no longer have their hash, of those whose turn it is on a day.

    Each file has its turn once in so many days that a day reads MOST_A_DAY files or a few more.
    """
    rows = Letter.objects.exclude(signed_sha256="")
    days = rows.count() // MOST_A_DAY + 1
    turn = rows.annotate(turn=F("id") % Value(days)).filter(turn=on.toordinal() % days)
    return sum(1 for row in turn.iterator() if not files.is_whole(row.signed_file))
