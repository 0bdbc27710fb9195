"""Letters, who stands beside them, number books, templates, letterheads."""

from __future__ import annotations

import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.letters.choices import (
    LetterKind,
    LetterState,
    NumberSource,
    Paper,
    PersonPart,
    SignatureWay,
)
from abdi.platform.files import Stored
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "official letters"
BASIS = "Permendagri 1/2023; UU 43/2009"
KEEP = "archive schedule"
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 12
HASH = 64


def new_code() -> str:
    """The code of a letter's addresses: 12 letters, 59 bits, says nothing about the letter."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


class NumberBook(Owned):
    """The running numbers of one kind of letter in one year."""

    kind = models.CharField(max_length=20, choices=pairs(LetterKind))
    year = models.PositiveSmallIntegerField()
    next_number = models.PositiveIntegerField(default=1)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "kind", "year"], name="book_once"),
            models.CheckConstraint(condition=Q(next_number__gte=1), name="book_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class Template(Owned):
    """The words of a kind of letter from a day on; for one agency, or for all."""

    kind = models.CharField(max_length=20, choices=pairs(LetterKind))
    agency = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    start_on = models.DateField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    copies = models.CharField(max_length=2000, blank=True)
    classification = models.CharField(max_length=60)
    pattern = models.CharField(max_length=80)
    paper = models.CharField(max_length=2, choices=pairs(Paper), default=Paper.F4)
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        indexes = [models.Index(fields=["institution", "kind", "start_on"], name="template_of_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.start_on}"


class Letterhead(Owned):
    """The head of an office's paper; without an agency that of the institution itself."""

    agency = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=80)
    logo_key = models.CharField(max_length=32, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "agency"], name="letterhead_once"),
            models.UniqueConstraint(
                fields=["institution"], condition=Q(agency__isnull=True), name="letterhead_of_all"
            ),
        ]

    def __str__(self) -> str:
        return f"letterhead {self.pk}"


class LetterQuerySet(models.QuerySet["Letter"]):
    """Filters on letters."""

    def waiting_for_number(self) -> Self:
        """Drafts."""
        return self.filter(state=LetterState.DRAFT)

    def waiting_for_signature(self) -> Self:
        """Sent to sign, not back yet."""
        return self.filter(state=LetterState.NUMBERED, sent_at__isnull=False)


class Letter(Owned):
    """One official letter: what it says, its number, its signature, its proof."""

    code = models.CharField(max_length=CODE_LENGTH, default=new_code, unique=True)
    kind = models.CharField(max_length=20, choices=pairs(LetterKind))
    state = models.CharField(max_length=8, choices=pairs(LetterState), default=LetterState.DRAFT)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    about = models.CharField(max_length=80, blank=True)
    source_key = models.CharField(max_length=120, blank=True)
    facts = models.JSONField(default=dict)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    copies = models.CharField(max_length=2000, blank=True)
    paper = models.CharField(max_length=2, choices=pairs(Paper), default=Paper.F4)
    template = models.ForeignKey(
        "letters.Template", models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafted_at = models.DateTimeField()
    classification = models.CharField(max_length=60)
    pattern = models.CharField(max_length=80)
    letter_on = models.DateField(null=True, blank=True)
    book = models.ForeignKey(
        "letters.NumberBook", models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    number_text = models.CharField(max_length=120, blank=True)
    number_source = models.CharField(max_length=6, choices=pairs(NumberSource), blank=True)
    signer = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    signer_position = models.ForeignKey(
        "people.Position", models.PROTECT, null=True, blank=True, related_name="+"
    )
    signer_acting = models.CharField(max_length=3, blank=True)
    signature_lines = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_key = models.CharField(max_length=32, blank=True)
    sent_size = models.PositiveIntegerField(default=0)
    sent_sha256 = models.CharField(max_length=HASH, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signature_way = models.CharField(max_length=10, choices=pairs(SignatureWay), blank=True)
    signed_key = models.CharField(max_length=32, blank=True)
    signed_size = models.PositiveIntegerField(default=0)
    signed_sha256 = models.CharField(max_length=HASH, blank=True)
    holds_sent_paper = models.BooleanField(default=False)
    void_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(LetterQuerySet)()
    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "source_key"],
                condition=~Q(source_key=""),
                name="letter_once_per_cause",
            ),
            models.UniqueConstraint(
                fields=["institution", "number_text"],
                condition=~Q(number_text=""),
                name="letter_number_once",
            ),
            models.UniqueConstraint(
                fields=["book", "number"],
                condition=Q(number__isnull=False),
                name="letter_book_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.DRAFT) | Q(number_text="", sent_at__isnull=True),
                name="letter_draft_has_no_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LetterState.NUMBERED, LetterState.SIGNED])
                | (~Q(number_text="") & Q(letter_on__isnull=False)),
                name="letter_numbered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.SIGNED)
                | (Q(signed_at__isnull=False) & ~Q(signed_sha256="") & ~Q(signature_way="")),
                name="letter_signed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.VOID)
                | (Q(void_at__isnull=False) & ~Q(void_reason="")),
                name="letter_void_whole",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(signed_at__gte=F("drafted_at")),
                name="letter_signed_after_draft",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "-drafted_at"], name="letter_state"),
            models.Index(fields=["institution", "agency", "-drafted_at"], name="letter_agency"),
            models.Index(fields=["institution", "about"], name="letter_about"),
            models.Index(fields=["signer", "state"], name="letter_signer"),
        ]

    def __str__(self) -> str:
        return f"letter {self.code}"

    @property
    def is_draft(self) -> bool:
        """Whether its words may still change."""
        return self.state == LetterState.DRAFT

    @property
    def waits_for_signature(self) -> bool:
        """Whether it was sent to sign and is not back."""
        return self.state == LetterState.NUMBERED and self.sent_at is not None

    @property
    def sent_file(self) -> Stored:
        """The paper as it was sent to sign."""
        return Stored(self.sent_key, self.sent_size, self.sent_sha256)

    @property
    def signed_file(self) -> Stored:
        """The file that came back."""
        return Stored(self.signed_key, self.signed_size, self.signed_sha256)


class LetterPerson(Owned):
    """A person named in a letter, or one who works on it."""

    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=pairs(PersonPart))
    place = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "person", "part"], name="letter_person_once"),
        ]
        indexes = [models.Index(fields=["person", "part"], name="letter_of_person")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.part} {self.person_id}"


class ReservedNumber(Owned):
    """A number of a book kept for a letter written elsewhere; it is never given again."""

    book = models.ForeignKey("letters.NumberBook", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    note = models.CharField(max_length=200)
    reserved_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reserved_at = models.DateTimeField()

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="reserved_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.number}"
