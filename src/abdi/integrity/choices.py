"""Names of integrity: phases of an election, levels of sanctions, cases."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class Phase(Choice):
    """Phases of an election."""

    BEFORE_DESIGNATION = "before_designation", N_("Before candidates are designated")
    AFTER_DESIGNATION = "after_designation", N_("After candidates are designated")
    CAMPAIGN = "campaign", N_("Campaign")
    AFTER_CAMPAIGN = "after_campaign", N_("After the campaign")


class SanctionLevel(Choice):
    """Levels of PP 94/2021."""

    LIGHT = "light", N_("Light")
    MEDIUM = "medium", N_("Medium")
    SEVERE = "severe", N_("Severe")


class AbsenceReason(Choice):
    """Why no sanction follows from absence."""

    BELOW_FIRST_BAND = "below_first_band", N_("Below the first band")
    TABLE_EMPTY = "table_empty", N_("By the work contract")
    NOT_ASN = "not_asn", N_("No civil servant")


class AbsenceBasis(Choice):
    """Which count led to a sanction."""

    CUMULATIVE = "cumulative", N_("Days of the year")
    CONTINUOUS = "continuous", N_("Days in a row")


class CaseState(Choice):
    """Where a neutrality case stands."""

    REPORTED = "reported", N_("Reported")
    SCREENED = "screened", N_("Screened")
    FORWARDED = "forwarded", N_("Forwarded")
    EXAMINED = "examined", N_("Examined")
    DECIDED_ETHICS = "decided_ethics", N_("Decided: ethics")
    DECIDED_DISCIPLINE = "decided_discipline", N_("Decided: discipline")
    NOT_PROVEN = "not_proven", N_("Not proven")
    CLOSED = "closed", N_("Closed")


class AdviceKind(Choice):
    """What a may-I question is about."""

    SPOUSE = "spouse_of_candidate", N_("My wife or husband stands for election")
    ATTENDANCE = "passive_attendance", N_("Being present at an event")
    PHOTO = "photo_with_incumbent", N_("Pictures with officials or candidates")
    SOCIAL_MEDIA = "social_media", N_("Likes, comments, groups, sharing")
    MATERIAL = "campaign_material", N_("Banners, shirts, symbols")
    FACILITIES = "state_facilities", N_("Office cars, rooms, decisions")
    CANDIDACY = "candidacy", N_("I want to stand, or to join a party")
    OTHER = "other", N_("Something else")


class AdviceState(Choice):
    """Where a may-I question stands."""

    ASKED = "asked", N_("Asked")
    ANSWERED = "answered", N_("Answered")


class ProposalState(Choice):
    """Where a proposal from absence stands; a person decides, the program never does."""

    OPEN = "open", N_("Waits for a decision")
    TAKEN_UP = "taken_up", N_("Examination begins")
    LEFT = "left", N_("Not followed")
