"""Persons and the calendar of their time."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.people.choices import Employment, Sex, TimeKind
from abdi.people.models.naming import name_indexes
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_SIGNS = 10
_PAIRS = [one + other for one in ALPHABET for other in ALPHABET]
_DRAWN = 12
"""Bytes for a code: so many more than it needs that each is as likely as any other."""


def new_code() -> str:
    """A code for addresses: says nothing about the person."""
    return _in_signs(secrets.randbelow(len(ALPHABET) ** CODE_SIGNS))


def new_codes(count: int) -> Iterator[str]:
    """So many codes, from one draw."""
    drawn = secrets.token_bytes(count * _DRAWN)
    for at in range(0, len(drawn), _DRAWN):
        yield _in_signs(int.from_bytes(drawn[at : at + _DRAWN]))


def _in_signs(number: int) -> str:
    signs = []
    for _pair in range(CODE_SIGNS // 2):
        number, place = divmod(number, len(_PAIRS))
        signs.append(_PAIRS[place])
    return "".join(signs)


class PersonQuerySet(models.QuerySet["Person"]):
    """Filters on persons."""

    def active(self) -> Self:
        """Persons who have not left."""
        return self.filter(left_on__isnull=True)


class Person(Owned):
    """Someone who works for the institution. The employee number is an attribute, never a key."""

    code = models.CharField(max_length=12, default=new_code, unique=True)
    name = models.CharField(max_length=150)
    title_prefix = models.CharField(max_length=60, blank=True)
    title_suffix = models.CharField(max_length=80, blank=True)
    employee_number = models.CharField(max_length=18, null=True, blank=True)  # noqa: DJ001 - unique where present
    employment = models.CharField(max_length=10, choices=pairs(Employment))
    sex = models.CharField(max_length=6, choices=pairs(Sex), blank=True)
    birth_on = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    education = models.CharField(max_length=12, blank=True)
    pension_age = models.PositiveSmallIntegerField(null=True, blank=True)
    contract_end_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    has_discipline_note = models.BooleanField(default=False)
    call_out_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(PersonQuerySet)()
    privacy = Privacy(
        "personal",
        purpose="personnel record",
        basis="UU 20/2023",
        keep="archive schedule",
        name=Privacy("internal"),
        title_prefix=Privacy("internal"),
        title_suffix=Privacy("internal"),
        code=Privacy("internal"),
        birth_on=Privacy("sensitive"),
        phone=Privacy("sensitive"),
        email=Privacy("personal"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "employee_number"],
                condition=Q(employee_number__isnull=False),
                name="person_number",
            ),
        ]
        indexes = name_indexes()

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """Name with titles, as recorded."""
        front = f"{self.title_prefix} " if self.title_prefix else ""
        back = f", {self.title_suffix}" if self.title_suffix else ""
        return f"{front}{self.name}{back}"

    @property
    def initials(self) -> str:
        """Up to two initials, without titles."""
        words = self.name.split()
        return "".join(
            word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
        ).upper()


class BusyTime(Owned):
    """A stretch of a person's time that is taken: shift, class, meeting, leave."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=pairs(TimeKind))
    about = models.CharField(max_length=80)

    LONGEST = timedelta(days=400)
    privacy = Privacy("internal", purpose="no double booking", basis="product rule", keep="2 years")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="busy_order"),
            models.UniqueConstraint(fields=["person", "about", "start_at"], name="busy_once"),
        ]
        indexes = [
            models.Index(fields=["institution", "person", "start_at"], name="busy_person"),
            models.Index(fields=["institution", "about"], name="busy_about"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.start_at:%Y-%m-%d %H:%M}"
