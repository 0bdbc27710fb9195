"""Words of a staff list: what a column holds, what can be wrong, what a line is."""

from __future__ import annotations

from typing import Final

from abdi.platform.choices import N_, Choice


class Field(Choice):
    """What a column of a staff list tells about a person."""

    NUMBER = "number", N_("Employee number")
    NAME = "name", N_("Name")
    TITLE_PREFIX = "title_prefix", N_("Titles before the name")
    TITLE_SUFFIX = "title_suffix", N_("Titles after the name")
    SEX = "sex", N_("Sex")
    BIRTH_PLACE = "birth_place", N_("Place of birth")
    BIRTH_ON = "birth_on", N_("Date of birth")
    RANK = "rank", N_("Rank")
    RANK_SINCE = "rank_since", N_("Rank since")
    POSITION = "position", N_("Position")
    POSITION_SINCE = "position_since", N_("In the position since")
    POSITION_KIND = "position_kind", N_("Kind of position")
    ECHELON = "echelon", N_("Echelon")
    UNIT = "unit", N_("Unit")
    PARENT_UNIT = "parent_unit", N_("Parent unit")
    EMPLOYMENT = "employment", N_("Kind of employment")
    STANDING = "standing", N_("Legal standing")
    APPOINTED_ON = "appointed_on", N_("Appointed on")
    EDUCATION = "education", N_("Level of education")
    STUDY = "study", N_("Field of study")
    PHONE = "phone", N_("Phone")
    EMAIL = "email", N_("E-mail")
    OUTSIDE_ID = "outside_id", N_("Identifier of the source")
    LINE_NUMBER = "line_number", N_("Line number")
    NOTE = "note", N_("Note")


class Fault(Choice):
    """A kind of finding; the label heads its group."""

    NIP_LENGTH = "nip_length", N_("Employee number is not 18 digits")
    NIP_DIGITS = "nip_digits", N_("Employee number holds other signs than digits")
    NIP_SCIENTIFIC = "nip_scientific", N_("Employee number damaged by the spreadsheet")
    NIP_BIRTH = "nip_birth", N_("Employee number begins with an impossible date")
    NIP_MONTH = "nip_month", N_("Employee number holds an impossible month")
    NIP_SEX = "nip_sex", N_("Employee number holds an impossible sex digit")
    NIP_SERIAL = "nip_serial", N_("Employee number ends in 000")
    NIP_MISSING = "nip_missing", N_("Employee number is missing")
    NIP_BIRTH_MISMATCH = "nip_birth_mismatch", N_("Date of birth differs from the number")
    NIP_SEX_MISMATCH = "nip_sex_mismatch", N_("Sex differs from the number")
    NIP_TMT_MISMATCH = "nip_tmt_mismatch", N_("Appointment differs from the number")
    NIP_AGE = "nip_age", N_("Unusual age at appointment")
    DUPLICATE_NIP = "duplicate_nip", N_("The same employee number twice")
    DUPLICATE_PERSON = "duplicate_person", N_("Perhaps the same person twice")
    NAME_MISSING = "name_missing", N_("Name is missing")
    NAME_BAD = "name_bad", N_("This is no name")
    DATE_INVALID = "date_invalid", N_("Impossible date")
    DATE_RANGE = "date_range", N_("Date out of range")
    DATE_SWAPPED = "date_swapped", N_("Day and month were swapped")
    RANK_UNKNOWN = "rank_unknown", N_("Unknown rank")
    RANK_UNDATED = "rank_undated", N_("Rank without its date")
    SEX_UNKNOWN = "sex_unknown", N_("Unknown sex")
    TEXT_BAD = "text_bad", N_("Text with hidden characters")
    TEXT_LONG = "text_long", N_("Text too long")
    FORMULA = "formula", N_("Text that a spreadsheet would run")
    CELL_ERROR = "cell_error", N_("Cell holds an error of the spreadsheet")
    ROW_SHIFTED = "row_shifted", N_("Row has more cells than the heading")
    UNIT_UNKNOWN = "unit_unknown", N_("Unit does not exist yet")
    POSITION_UNKNOWN = "position_unknown", N_("Unknown position")
    PERSON_MISSING = "person_missing", N_("Person is missing from the file")
    UNIT_SEVERAL = "unit_several", N_("Several units have this name")
    OTHER_AGENCY = "other_agency", N_("Row of another agency")
    NAME_DIFFERS = "name_differs", N_("Same person, name slightly different")


REVIEW: Final = frozenset(
    {
        Fault.NIP_MISSING,
        Fault.NIP_AGE,
        Fault.NIP_TMT_MISMATCH,
        Fault.DUPLICATE_PERSON,
        Fault.DATE_SWAPPED,
        Fault.PERSON_MISSING,
        Fault.NAME_DIFFERS,
        Fault.RANK_UNDATED,
    }
)
"""Findings a person should look at; all others keep their row from being applied."""


class Line(Choice):
    """What a line below the heading is; only persons become rows."""

    PERSON = "person", N_("Person")
    BLANK = "blank", N_("Blank line")
    TOTAL = "total", N_("Total")
    GROUP = "group", N_("Heading of a group")
    HEADING = "heading", N_("Heading repeated")
    COLUMN_NUMBERS = "column_numbers", N_("Numbers of the columns")
    NOTE = "note", N_("Note or signature")


class Layout(Choice):
    """Which kind of list a file is, told by its columns."""

    SIASN = "siasn", N_("SIASN main record")
    PPPK = "pppk", N_("PPPK list")
    DUK = "duk", N_("DUK (order of rank)")
    NOMINATIVE = "nominative", N_("Nominative list")
    OTHER = "other", N_("Own list")


class OrderState(Choice):
    """Where the applying of a long list stands."""

    WAITING = "waiting", N_("Waiting")
    DONE = "done", N_("Applied")
    FAILED = "failed", N_("Not applied")


class DraftState(Choice):
    """Where a draft stands."""

    OPEN = "open", N_("Waits as a draft")
    PUT_AWAY = "put_away", N_("Thrown away")


class Fate(Choice):
    """What becomes of a row of a draft."""

    READY = "ready", N_("Ready to apply")
    REVIEW = "review", N_("Needs a look")
    BLOCKED = "blocked", N_("Needs a repair")
    LEFT_OUT = "left_out", N_("Left out")
    APPLIED = "applied", N_("Applied")


class Effect(Choice):
    """What a row did to a person."""

    MADE = "made", N_("New person")
    CHANGED = "changed", N_("Changed")


class Form(Choice):
    """As which file a list is taken along."""

    XLSX = "xlsx", N_("Excel workbook (.xlsx)")
    CSV = "csv", N_("Separated text (.csv)")


class Difference(Choice):
    """What a newer list says against the record about one person."""

    CONFLICT = "conflict", N_("Changed here and there")
    CHANGED = "changed", N_("Changed in the list")
    NEW = "new", N_("New in the list")
    GONE = "gone", N_("Not in the list")


class Decider(Choice):
    """Who says which of two values holds."""

    PERSONNEL = "personnel_office", N_("Personnel office, with the national record")
    PLACEMENT = "placement", N_("Who places: HR officer or organisation office")
    PERSON = "person", N_("The person")
