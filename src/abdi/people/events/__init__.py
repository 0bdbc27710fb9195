"""What the people floor announces."""

from __future__ import annotations

from abdi.people.events.accounts import AccountClosed as AccountClosed
from abdi.people.events.accounts import AccountOpened as AccountOpened
from abdi.people.events.accounts import AccountProvisioned as AccountProvisioned
from abdi.people.events.accounts import AccountsRead as AccountsRead
from abdi.people.events.accounts import BackupCodesRenewed as BackupCodesRenewed
from abdi.people.events.accounts import BackupCodeUsed as BackupCodeUsed
from abdi.people.events.accounts import ConsoleEnrolled as ConsoleEnrolled
from abdi.people.events.accounts import ConsoleMade as ConsoleMade
from abdi.people.events.accounts import ConsolePinRefused as ConsolePinRefused
from abdi.people.events.accounts import ConsolePinSet as ConsolePinSet
from abdi.people.events.accounts import ConsoleRevoked as ConsoleRevoked
from abdi.people.events.accounts import FactorChangeAsked as FactorChangeAsked
from abdi.people.events.accounts import FactorChangeDecided as FactorChangeDecided
from abdi.people.events.accounts import FactorChangeWithdrawn as FactorChangeWithdrawn
from abdi.people.events.accounts import HandedCodeUsed as HandedCodeUsed
from abdi.people.events.accounts import PasskeyAdded as PasskeyAdded
from abdi.people.events.accounts import PasskeyRemoved as PasskeyRemoved
from abdi.people.events.accounts import PasskeyRenamed as PasskeyRenamed
from abdi.people.events.accounts import PasswordChanged as PasswordChanged
from abdi.people.events.accounts import RoleConfirmed as RoleConfirmed
from abdi.people.events.accounts import RoleGranted as RoleGranted
from abdi.people.events.accounts import RoleRevoked as RoleRevoked
from abdi.people.events.accounts import SecondFactorChanged as SecondFactorChanged
from abdi.people.events.accounts import SessionsEnded as SessionsEnded
from abdi.people.events.accounts import SignedIn as SignedIn
from abdi.people.events.accounts import StaffCardKept as StaffCardKept
from abdi.people.events.accounts import StaffCardRemoved as StaffCardRemoved
from abdi.people.events.accounts import SteppedIn as SteppedIn
from abdi.people.events.records import ConsentEntered as ConsentEntered
from abdi.people.events.records import FreezeSet as FreezeSet
from abdi.people.events.records import FreezeWithdrawn as FreezeWithdrawn
from abdi.people.events.records import SkillChecked as SkillChecked
from abdi.people.events.records import SkillDropped as SkillDropped
from abdi.people.events.records import SkillSaid as SkillSaid
from abdi.platform.events import event


@event
class PersonPlaced:
    """A person holds a position from a day on."""

    assignment_id: int
    person_id: int
    unit_id: int
    kind: str


@event
class ActingAppointed:
    """Somebody acts as head (plt) or stands in for him (plh); days as 2026-03-31, both counted.

    `extension` is 0 for the first term and 1 for the one extension the rules allow a Plt.
    """

    assignment_id: int
    person_id: int
    position_id: int
    kind: str
    start: str
    end: str
    extension: int = 0


@event
class PersonLeft:
    """Somebody's last day was noted; his posts ended with it."""

    person_id: int
    on: str


@event
class LeavingTakenBack:
    """A last day that was noted wrongly is taken back; the posts go on as they did."""

    leaving_id: int
    person_id: int


@event
class PlacementEnded:
    """An assignment got its last day."""

    assignment_id: int
    person_id: int


@event
class TimeTaken:
    """A stretch of a person's time is taken."""

    person_id: int
    kind: str
    about: str


@event
class TimesTaken:
    """Many stretches of time are taken at once, a week's roster for example."""

    about: str
    kind: str
    count: int


@event
class TimeFreed:
    """The time taken for something is free again."""

    about: str
    count: int


@event
class UnitChanged:
    """A unit was made or changed."""

    unit_id: int


@event
class ActPrepared:
    """A dated change of the organisation waits for a second person."""

    act_id: int
    unit_id: int


@event
class ActApproved:
    """A dated change was approved; `on` is its first day, as 2026-07-01."""

    act_id: int
    unit_id: int
    on: str


@event
class ActCancelled:
    """A change that was prepared will not come."""

    act_id: int
    unit_id: int


@event
class OrganisationChanged:
    """A dated change is in force: units, services and posts stand where it put them."""

    act_id: int
    unit_id: int


@event
class UnitSucceeded:
    """A unit lives on in another one (merged into it, or split off into it) from a day on."""

    unit_id: int
    successor_id: int
    on: str


@event
class PositionSucceeded:
    """A post continues as another one in another unit from a day on."""

    position_id: int
    successor_id: int
    on: str


@event
class LineOverridden:
    """For some days somebody else than derived is superior or appraiser of a person."""

    override_id: int
    person_id: int
    superior_id: int


@event
class SuperiorContested:
    """A person says that the superior shown for him is wrong."""

    contest_id: int
    person_id: int


@event
class ContestDecided:
    """The HR officer answered who says that his superior is wrong."""

    contest_id: int
    person_id: int
    is_accepted: bool


@event
class TeamChanged:
    """A team of several units was made, or its people changed."""

    team_id: int


@event
class NeedsNoted:
    """How many people the posts of a unit need was told by those who count it."""

    unit_id: int
    count: int


@event
class PersonChanged:
    """A person's record was made or changed."""

    person_id: int


@event
class RankEntered:
    """A person holds a rank from a day on."""

    person_id: int
    rank: str


@event
class PowerHandedOver:
    """Somebody hands a power to a colleague for his absence; days as 2026-03-31, both counted."""

    delegation_id: int
    giver_id: int
    receiver_id: int
    power: str
    start: str
    end: str


@event
class PowerTakenBack:
    """A power handed over ended before its last day."""

    delegation_id: int
    giver_id: int
    receiver_id: int


@event
class ProfileRead:
    """Somebody else opened a person's record, in the role that opened it to him."""

    person_id: int
    role: str = ""


@event
class DeliveryRetried:
    """An operator put a parked delivery back into the queue."""

    delivery_id: int


@event
class PrivacyAsked:
    """A person asks for a right over his own data."""

    request_id: int
    person_id: int
    ask: str


@event
class PrivacyAnswered:
    """A request about own data was answered."""

    request_id: int
    person_id: int
    state: str


@event
class PersonAnonymised:
    """What names a person is gone; the rows that must stay keep his number in the program."""

    person_id: int


@event
class OwnDataCopied:
    """A person took a copy of his own data along."""

    person_id: int
    form: str


@event
class BreachFound:
    """Data came into wrong hands."""

    breach_id: int
    people: int


@event
class BreachStep:
    """A duty after a breach was met: people told, body told, closed."""

    breach_id: int
    step: str


@event
class PeopleEntered:
    """A list of people was taken over; `changes` says in signs what became of each (ADR 0020).

    `rules.from_signs` reads them.
    """

    count: int
    changes: str = ""


@event
class PeopleTakenBack:
    """What a list had changed was taken back; `changes` names the people as in PeopleEntered."""

    count: int
    changes: str = ""
