"""Names of kinds on the people floor."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class UnitKind(Choice):
    """What a unit is in the organisation."""

    CITY = "city", N_("City government")
    AGENCY = "agency", N_("Agency")
    SECRETARIAT = "secretariat", N_("Secretariat")
    DEPARTMENT = "department", N_("Department")
    SECTION = "section", N_("Section")
    FIELD_UNIT = "field_unit", N_("Field unit (UPTD)")
    CREW = "crew", N_("Crew")
    SUBDISTRICT = "subdistrict", N_("Subdistrict")
    VILLAGE = "village", N_("Urban village")
    SCHOOL = "school", N_("School")
    HEALTH_CENTRE = "health_centre", N_("Health centre")


class PositionKind(Choice):
    """Group of a position; the law says managerial or not, older data says JPT, JA, JF."""

    HIGH_LEADERSHIP = "high_leadership", N_("High leadership position")
    ADMINISTRATION = "administration", N_("Administrative position")
    FUNCTIONAL = "functional", N_("Functional position")
    SUPPORT = "support", N_("Support staff without civil-service position")
    ELECTED = "elected", N_("Elected head")


class AssignmentKind(Choice):
    """How a person holds a position."""

    DEFINITE = "definite", N_("Definite")
    PLT = "plt", N_("Acting head (Plt)")
    PLH = "plh", N_("Daily stand-in (Plh)")
    ADDITIONAL = "additional", N_("Additional duty")


class Employment(Choice):
    """Kind of employment; crews without a civil-service number exist."""

    PNS = "PNS", N_("Permanent civil servant (PNS)")
    PPPK = "PPPK", N_("Contract civil servant (PPPK)")
    PPPK_PW = "PPPK_PW", N_("Part-time contract civil servant")
    CONTRACT = "contract", N_("Contract worker")
    VOLUNTEER = "volunteer", N_("Volunteer")
    ELECTED = "elected", N_("Elected official")


class Sex(Choice):
    """As in the civil-service number; never an input of a score."""

    MALE = "male", N_("Male")
    FEMALE = "female", N_("Female")


class TimeKind(Choice):
    """What a piece of a person's time is taken by."""

    SHIFT = "shift", N_("Duty shift")
    CLASS = "class", N_("Class")
    MEETING = "meeting", N_("Meeting")
    LEAVE = "leave", N_("Leave")


class RecordSource(Choice):
    """Where a line of the record comes from."""

    IMPORTED = "imported", N_("Imported from a list")
    TYPED = "typed", N_("Typed in")
    NUMBER = "number", N_("Read from the employee number")


class DeputyPower(Choice):
    """What may be handed to a colleague for an absence: duty and dispatch, nothing else."""

    DUTY = "duty", N_("Duty: rosters, swaps, call-outs, stock")
    DISPATCH = "dispatch", N_("Dispatch: send out, send again, raise reports")


class PrivacyAsk(Choice):
    """What a person asks about the data kept of him (UU 27/2022)."""

    CORRECT = "correct", N_("Correct it")
    ERASE = "erase", N_("Erase it")
    RESTRICT = "restrict", N_("Use it less")
    OBJECT = "object", N_("Object to a decision")


class PrivacyState(Choice):
    """Where a request about own data stands."""

    OPEN = "open", N_("Waits for an answer")
    GRANTED = "granted", N_("Done")
    REFUSED = "refused", N_("Refused with a reason")


class BreachState(Choice):
    """Where the handling of a data breach stands."""

    OPEN = "open", N_("Open")
    CLOSED = "closed", N_("Closed")


class ActKind(Choice):
    """What a dated act does to the organisation."""

    RENAME = "rename", N_("Rename")
    MOVE = "move", N_("Move")
    MERGE = "merge", N_("Merge")
    SPLIT = "split", N_("Split")


class ActState(Choice):
    """How far an act is."""

    DRAFT = "draft", N_("Waits for approval")
    APPROVED = "approved", N_("Approved, not yet in force")
    IN_FORCE = "in_force", N_("In force")
    CANCELLED = "cancelled", N_("Cancelled")


class LineKind(Choice):
    """Which line above a person an exception is about."""

    SUPERIOR = "superior", N_("Direct superior")
    APPRAISER = "appraiser", N_("Appraiser")


class ContestState(Choice):
    """What became of the notice that a superior is wrong."""

    OPEN = "open", N_("Waits for the HR officer")
    ACCEPTED = "accepted", N_("Corrected")
    DECLINED = "declined", N_("Kept as it is")


class TeamRole(Choice):
    """What a person is in a team of several units."""

    LEADER = "leader", N_("Team leader")
    MEMBER = "member", N_("Team member")


class SkillKind(Choice):
    """What a person says he can."""

    LANGUAGE = "language", N_("Language")
    SKILL = "skill", N_("Skill")


class SkillGrade(Choice):
    """How well he can it."""

    BASIC = "basic", N_("Basics")
    GOOD = "good", N_("Good")
    EXPERT = "expert", N_("Very good, can teach it")


class SkillState(Choice):
    """Whether somebody else checked it."""

    SAID = "said", N_("not checked yet")
    CHECKED = "checked", N_("checked")
    REFUSED = "refused", N_("not confirmed")


class FactorWay(Choice):
    """Which two persons stand behind a second factor taken off."""

    IN_PERSON = "in_person", N_("New phone, confirmed in person")
    TWO_PERSONS = "two", N_("Reset by two administrators")


class FactorState(Choice):
    """Where such a request stands."""

    ASKED = "asked", N_("Waits for a second person")
    CONFIRMED = "confirmed", N_("Confirmed; the code was handed over")
    USED = "used", N_("The code was used; a new factor is owed")
    DONE = "done", N_("A new factor is on")
    REFUSED = "refused", N_("Refused")
    WITHDRAWN = "withdrawn", N_("Taken back")
    LAPSED = "lapsed", N_("Replaced by a later request")
