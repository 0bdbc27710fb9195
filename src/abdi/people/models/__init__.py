"""Tables of the people floor."""

from abdi.people.models.accounts import Account, RoleGrant
from abdi.people.models.changes import Act, ActPart, Succession, UnitState
from abdi.people.models.consoles import Console, ConsolePin, StaffCard
from abdi.people.models.delegations import Delegation
from abdi.people.models.factors import FactorChange
from abdi.people.models.freeze import ConsentPerson, FreezeConsent, FreezeWindow
from abdi.people.models.leaving import Leaving
from abdi.people.models.lines import Contest, Override, Team, TeamMember
from abdi.people.models.organisation import Assignment, Position, Service, Unit
from abdi.people.models.persons import BusyTime, Person
from abdi.people.models.privacy import Breach, BreachTouch, PrivacyRequest
from abdi.people.models.ranks import RankHold
from abdi.people.models.skills import PersonSkill

__all__ = [
    "Account",
    "Act",
    "ActPart",
    "Assignment",
    "Breach",
    "BreachTouch",
    "BusyTime",
    "ConsentPerson",
    "Console",
    "ConsolePin",
    "Contest",
    "Delegation",
    "FactorChange",
    "FreezeConsent",
    "FreezeWindow",
    "Leaving",
    "Override",
    "Person",
    "PersonSkill",
    "Position",
    "PrivacyRequest",
    "RankHold",
    "RoleGrant",
    "Service",
    "StaffCard",
    "Succession",
    "Team",
    "TeamMember",
    "Unit",
    "UnitState",
]
