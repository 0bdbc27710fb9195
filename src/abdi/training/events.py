"""What training announces."""

from __future__ import annotations

from abdi.platform.events import event


@event
class ClassProposed:
    """A gap asks for a class, or for one more place in it."""

    proposal_id: int
    person_id: int
    competency: str
    level: int


@event
class CandidateWithdrawn:
    """A person no longer needs the class a proposal asks for."""

    person_id: int
    competency: str
    count: int


@event
class ProposalCosted:
    """Hours and cost of a proposal were estimated."""

    proposal_id: int


@event
class ProposalDismissed:
    """A proposal was set aside, with a reason."""

    proposal_id: int


@event
class NeedSuggested:
    """Another module found that people of a unit should learn something."""

    need_id: int
    unit_id: int
    competency: str


@event
class ClassOpened:
    """A class takes enrolments."""

    class_id: int
    competency: str
    level: int
    capacity: int


@event
class ClassClosed:
    """A class is over and every seat is decided."""

    class_id: int
    passed: int


@event
class ClassCancelled:
    """A class does not take place."""

    class_id: int


@event
class PersonInvited:
    """A person was invited to a class, or offered a freed seat."""

    class_id: int
    person_id: int
    has_seat: bool


@event
class PersonEnrolled:
    """A person has a seat in a class."""

    class_id: int
    person_id: int


@event
class PersonQueued:
    """A person waits for a seat."""

    class_id: int
    person_id: int


@event
class SeatGivenBack:
    """A person withdrew from a class or its waiting list."""

    class_id: int
    person_id: int


@event
class PersonReplaced:
    """Another person sits in the place of the one invited."""

    class_id: int
    person_id: int
    by_person_id: int


@event
class PresenceMarked:
    """A person was present in a session."""

    class_id: int
    person_id: int
    session_id: int


@event
class PresenceCorrected:
    """A presence was taken back, with a reason."""

    class_id: int
    person_id: int
    session_id: int


@event
class ClassPassed:
    """A person passed a class."""

    class_id: int
    person_id: int
    competency: str
    level: int
    hours: int


@event
class ClassNotPassed:
    """A person attended a class and did not pass."""

    class_id: int
    person_id: int


@event
class CertificateIssued:
    """A certificate has its number."""

    certificate_id: int
    person_id: int


@event
class HoursRead:
    """Somebody opened the learning hours of others; `people` are their ids, with commas."""

    people: str
    role: str = ""


@event
class RevocationAsked:
    """One organiser asked to withdraw a certificate; a second one decides."""

    certificate_id: int


@event
class CertificateRevoked:
    """A certificate no longer counts."""

    certificate_id: int
    person_id: int


@event
class RevocationRefused:
    """The second organiser kept the certificate valid."""

    certificate_id: int
