"""Kinds of letters, their states, and how one may be signed and printed."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class LetterKind(Choice):
    """What a letter does."""

    DUTY_ORDER = "duty_order", N_("Duty order (surat tugas)")
    ACTING_ORDER = "acting_order", N_("Order for an acting head (surat perintah Plt/Plh)")
    INVITATION = "invitation", N_("Invitation")
    ATTENDANCE_LIST = "attendance_list", N_("Attendance list")
    OFFICE_NOTE = "office_note", N_("Office note (nota dinas)")
    TEAM_DECREE = "team_decree", N_("Decree on a team (SK tim)")
    MINUTES = "minutes", N_("Official record (berita acara)")
    LEAVE_PERMIT = "leave_permit", N_("Leave permit")
    RAISE_NOTICE = "raise_notice", N_("Notice of a periodic raise")
    ROSTER_ORDER = "roster_order", N_("Duty order for a roster (surat perintah tugas)")
    OFFICIAL_LETTER = "official_letter", N_("Official letter")


class LetterState(Choice):
    """Where a letter stands; nothing leads back."""

    DRAFT = "draft", N_("Draft")
    NUMBERED = "numbered", N_("Numbered")
    SIGNED = "signed", N_("Is signed")
    VOID = "void", N_("Void")


class SignatureWay(Choice):
    """How the signed file came to be."""

    ELECTRONIC = "electronic", N_("Electronic signature")
    SCAN = "scan", N_("Scan of the signed paper")


class NumberSource(Choice):
    """Where a number comes from."""

    BOOK = "book", N_("The next number of our book")
    TYPED = "typed", N_("A number given elsewhere")


class Paper(Choice):
    """Sizes of paper."""

    A4 = "a4", N_("A4 (210 × 297 mm)")
    F4 = "f4", N_("F4 (215 × 330 mm)")


class PersonPart(Choice):
    """Why a person stands beside a letter."""

    SUBJECT = "subject", N_("Named in the letter")
    ASSIGNED = "assigned", N_("Works on the letter")


class Authority(Choice):
    """In whose name a kind of letter goes out."""

    CITY = "city", N_("Head of the region")
    AGENCY = "agency", N_("Head of the agency")
    UNIT = "unit", N_("Head of the unit")
