"""Names of reports: states, channels, classes, priorities, steps."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class Status(Choice):
    """Where a report stands; `on_the_way` is ours, the rest is SP4N practice."""

    RECEIVED = "received", N_("Received")
    VERIFIED = "verified", N_("Checked")
    FORWARDED = "forwarded", N_("Passed on")
    ON_THE_WAY = "on_the_way", N_("Crew on the way")
    IN_PROGRESS = "in_progress", N_("In progress")
    WAITING_REPORTER = "waiting_reporter", N_("Waiting for you")
    RESOLVED = "resolved", N_("Done, please confirm")
    CLOSED = "closed", N_("Closed")
    REJECTED = "rejected", N_("Not ours")
    REOPENED = "reopened", N_("Reopened")


class Channel(Choice):
    """How a report came in."""

    WEB = "web", N_("Web")
    MOBILE = "mobile", N_("Mobile app")
    WHATSAPP = "whatsapp", N_("WhatsApp")
    SMS = "sms", N_("Text message")
    PHONE_112 = "phone_112", N_("Emergency line 112")
    EMAIL = "email", N_("E-mail")
    SOCIAL_MEDIA = "social_media", N_("Social media")
    WALK_IN = "walk_in", N_("Counter")
    SP4N_LAPOR = "sp4n_lapor", N_("SP4N-LAPOR!")
    OPEN311 = "open311", N_("Open311")
    LEADER_ORDER = "leader_order", N_("Order of a leader")
    COUNCIL = "council", N_("Council")


class ReportClass(Choice):
    """Class of PermenPANRB 62/2018; emergency follows the rules of 112."""

    INFORMATION = "information", N_("Information request")
    ASPIRATION = "aspiration", N_("Aspiration or suggestion")
    COMPLAINT_NORMAL = "complaint_normal", N_("Ordinary complaint")
    COMPLAINT_SUPERVISORY = "complaint_supervisory", N_("Complaint that needs field inspection")
    EMERGENCY = "emergency", N_("Emergency")


class Priority(Choice):
    """How fast a category must be dealt with."""

    P1 = "P1", N_("Emergency")
    P2 = "P2", N_("Urgent")
    P3 = "P3", N_("Soon")
    P4 = "P4", N_("Scheduled")


class Clock(Choice):
    """Which hours a deadline counts."""

    ALWAYS = "always", N_("Day and night")
    WORKING_DAYS = "working_days", N_("Working days")


class Step(Choice):
    """A promised step of dealing with a report; check and answer are days of its class of SP4N."""

    ACK = "ack", N_("First answer")
    CHECK = "check", N_("Checked and passed on")
    ARRIVE = "arrive", N_("Crew at the place")
    MAKE_SAFE = "make_safe", N_("Danger removed")
    ANSWER = "answer", N_("Answered")
    RESOLVE = "resolve", N_("Solved")


class PauseReason(Choice):
    """Why a clock stands still; which steps it stops is a figure. Material stops none."""

    WAITING_REPORTER = "waiting_reporter", N_("Waiting for the reporter's answer")
    OTHER_AUTHORITY = "other_authority", N_("Another authority holds it")
    UNSAFE = "unsafe", N_("Weather or danger")
    MATERIAL = "material", N_("Waiting for material")


class Cause(Choice):
    """Why a promise broke: what stood in the way when it did."""

    NOT_SEEN = "not_seen", N_("nobody had looked at it")
    NOBODY_SENT = "nobody_sent", N_("no crew had been sent")
    NOT_SET_OUT = "not_set_out", N_("the crew had not set out")
    ON_THE_WAY = "on_the_way", N_("the crew was still on the way")
    WORK_LONGER = "work_longer", N_("the work takes longer than planned")
    WAITED = "waited", N_("the answer of the reporter came late")
    MATERIAL = "material", N_("material has run out")
    TOOL = "tool", N_("a tool is needed")
    NOT_OURS = "not_ours", N_("it is not our authority")
    NOT_FOUND = "not_found", N_("the place was not found")
    DANGER = "danger", N_("it was too dangerous")
    BUSY = "busy", N_("the crew was busy with another job")


class Identity(Choice):
    """Who may know the reporter."""

    OPEN = "open", N_("Open")
    ANONYMOUS = "anonymous", N_("Anonymous")
    SECRET = "secret", N_("Secret")


class RejectReason(Choice):
    """Why a report is not taken."""

    UNCLEAR = "unclear", N_("Unclear")
    DUPLICATE = "duplicate", N_("Already reported")
    NOT_AUTHORITY = "not_authority", N_("Not our authority")
    SPAM = "spam", N_("Spam")
    ALREADY_SOLVED = "already_solved", N_("Already solved")
    CONTAINS_ABUSE = "contains_abuse", N_("Contains abuse")


class Outcome(Choice):
    """How the work ended."""

    FIXED = "fixed", N_("Fixed")
    MADE_SAFE = "made_safe", N_("Made safe")
    NOT_FOUND = "not_found", N_("Nothing found")
    HANDED_OVER = "handed_over", N_("Handed over to its owner")
    ANSWERED = "answered", N_("Answered")


class Jurisdiction(Choice):
    """Whose task it is."""

    NATIONAL = "national", N_("National")
    PROVINCIAL = "provincial", N_("Provincial")
    CITY = "city", N_("City or regency")
    ESTATE_NOT_HANDED_OVER = "estate_not_handed_over", N_("Estate not handed over")
    NEIGHBOURHOOD = "neighbourhood", N_("Neighbourhood")
    PRIVATE = "private", N_("Private")
    POWER_COMPANY = "power_company", N_("Power company")
    RIVER_BASIN = "river_basin", N_("River basin office")


class CallClass(Choice):
    """What a call to the control room was."""

    GHOST = "ghost", N_("Nobody speaks")
    PRANK = "prank", N_("Prank call")
    DROPPED = "dropped", N_("Dropped call")
    INFORMATION = "information", N_("Information call")
    REAL = "real", N_("Real call")


class Obstacle(Choice):
    """Why a crew gives a job back or cannot finish it now; never a mark on the person."""

    MATERIAL = "material", N_("Material has run out")
    TOOL = "tool", N_("A tool is needed")
    NOT_OURS = "not_ours", N_("Not our authority")
    NOT_FOUND = "not_found", N_("Place not found")
    DANGER = "danger", N_("Too dangerous now")
    BUSY = "busy", N_("Busy with another job")


class PhotoKind(Choice):
    """What a photo shows."""

    CITIZEN = "citizen", N_("From the reporter")
    BEFORE = "before", N_("Before")
    AFTER = "after", N_("After")


class PhotoSource(Choice):
    """Where a photo came from; one of the gallery has the same worth."""

    CAMERA = "camera", N_("Camera photo")
    GALLERY = "gallery", N_("Gallery photo")


class ContactField(Choice):
    """One field of a reporter's contact."""

    NAME = "name", N_("Name")
    PHONE = "phone", N_("Phone number")
    EMAIL = "email", N_("E-mail")
