"""What presence announces."""

from __future__ import annotations

from abdi.platform.events import event


@event
class LeaveRequested:
    """Somebody asks for leave; rosters warn."""

    leave_id: int
    person_id: int
    kind_code: str
    first_on: str
    last_on: str


@event
class LeaveDecided:
    """A leave came to another state; approved ones block rosters."""

    leave_id: int
    person_id: int
    kind_code: str
    state: str
    first_on: str
    last_on: str


@event
class FileRead:
    """A file of the city's systems was read; nothing counts yet."""

    file_id: int
    kind_code: str
    ready: int
    problems: int


@event
class FileApplied:
    """The ready rows of a file count from now on."""

    file_id: int
    kind_code: str
    changed: int


@event
class FileDiscarded:
    """A file was put away without being applied."""

    file_id: int


@event
class DispensationWritten:
    """A night call-out excuses a late morning."""

    person_id: int
    on: str
    about: str


@event
class DayObjected:
    """A person says that a day was otherwise."""

    objection_id: int
    person_id: int


@event
class ObjectionAnswered:
    """The office corrected a day or left it."""

    objection_id: int
    person_id: int
    state: str


@event
class DayCorrected:
    """A later row corrects a day; the older one stays readable."""

    day_id: int
    person_id: int


@event
class AbsenceCounted:
    """A year of absence without a reason adds up to this; a proposal may follow."""

    person_id: int
    year: int
    days: int
    longest_run: int
    minutes: int


@event
class PresenceRead:
    """Presence or leave of these persons was opened by another."""

    people: str
    role: str = ""
