"""What duty announces."""

from __future__ import annotations

from abdi.platform.events import event


@event
class CoverageSet:
    """A unit promised its hours of duty, with the turns of a day."""

    unit_id: int
    is_round_the_clock: bool
    pattern_count: int


@event
class RosterDrafted:
    """A week's roster was laid out and filled as far as the rules allow."""

    roster_id: int
    unit_id: int
    placed: int
    open: int


@event
class ShiftSet:
    """A person has a turn."""

    shift_id: int
    roster_id: int
    person_id: int
    override: str


@event
class ShiftRemoved:
    """A person no longer has a turn."""

    shift_id: int
    roster_id: int
    person_id: int


@event
class RosterPublished:
    """A week's roster is in force."""

    roster_id: int
    unit_id: int
    open: int


@event
class CalledOut:
    """A person on duty was sent out."""

    person_id: int
    about: str


@event
class ShiftReminded:
    """A person was told that a turn begins soon."""

    shift_id: int
    person_id: int


# ------------------------------------------------------------------ on call


@event
class ChainSet:
    """A unit's chain of who is called was set; no steps: the common ones count again."""

    unit_id: int
    step_count: int


@event
class AlertRaised:
    """A call began; `plan_count` steps may be taken."""

    alert_id: int
    unit_id: int
    severity: str
    about: str
    plan_count: int


@event
class AlertStepTaken:
    """A call went on: steps passed over, and how many people the last one told."""

    alert_id: int
    number: int
    skipped: int
    told: int


@event
class AlertFellBack:
    """Without a receipt, the next channel of the same person is tried."""

    alert_id: int
    person_id: int
    channel: str


@event
class AlertAcknowledged:
    """Somebody is on it; nobody else is called."""

    alert_id: int
    person_id: int
    via: str


@event
class AlertEnded:
    """The thing a call was about is over, or somebody else has it."""

    alert_id: int
    why: str


@event
class ReceiptCame:
    """A gateway or a device said what became of a message."""

    telling_id: int
    state: str


@event
class AlertWishSet:
    """A person said how he wants to be called."""

    person_id: int
    order: str
    is_quiet_at_night: bool


@event
class PushDeviceAdded:
    """A device of a person rings from now on."""

    device_id: int
    person_id: int


@event
class RosterOrdered:
    """The duty order (surat perintah tugas) of a roster was drawn up as a letter."""

    roster_id: int
    unit_id: int
    letter_id: int
    people: int


@event
class LoadsRead:
    """What these persons carried on duty was opened by another."""

    people: str
    unit_id: int
    role: str = ""


@event
class FeedMade:
    """A secret address of a calendar was made."""

    feed_id: int


@event
class FeedRenewed:
    """A calendar got a new secret address; the old one opens no more."""

    feed_id: int


@event
class FeedRevoked:
    """The secret address of a calendar opens no more."""

    feed_id: int


@event
class FeedChanged:
    """What a calendar tells has changed since it was read last."""

    feed_id: int
    told: int
    cancelled: int


@event
class CallOutEnded:
    """A person is done with what he was called out for."""

    person_id: int
    about: str


@event
class HoursHandedOver:
    """The hours of a unit's month were handed to the pay office; the hash is that of all rows."""

    pay_list_id: int
    unit_id: int
    lines: int
    sha256: str


@event
class SwapAsked:
    """Somebody asked a colleague, or everybody who fits (taker 0), for a swap."""

    swap_id: int
    shift_id: int
    giver_id: int
    taker_id: int
    wanted_id: int


@event
class SwapAgreed:
    """The other one agreed; the commander decides."""

    swap_id: int
    taker_id: int


@event
class SwapDone:
    """Turns changed hands; `wanted_id` 0: nothing in return."""

    swap_id: int
    kind: str
    shift_id: int
    giver_id: int
    taker_id: int
    wanted_id: int
    override: str


@event
class SwapRefused:
    """A swap was refused, by the one who was asked or by the commander."""

    swap_id: int


@event
class SwapWithdrawn:
    """The one who asked for a swap took it back."""

    swap_id: int


@event
class SwapLapsed:
    """A swap ended by itself."""

    swap_id: int
    cause: str


@event
class WishMade:
    """A person wished for a day."""

    wish_id: int
    person_id: int


@event
class PushDeviceRemoved:
    """A device of a person rings no more; `expired`: its push service said it is gone."""

    person_id: int
    expired: bool


@event
class PushKeyMade:
    """The institution has its key for push services."""

    key_id: int


@event
class AlertGatewaySet:
    """A gateway for calls was registered or switched off, or got a new secret."""

    gateway_id: int
    channel: str
    what: str


@event
class WishWithdrawn:
    """A person took a wish back."""

    wish_id: int
    person_id: int


@event
class UnitRulesSet:
    """A unit said which skills and zones its turns want, and its own figures."""

    unit_id: int
    turn_count: int


@event
class PlatoonsSet:
    """The people of a unit were put into platoons."""

    unit_id: int
    count: int


@event
class DayOnlySet:
    """A person stands no nights for some time."""

    person_id: int


@event
class PlanAsked:
    """The program was asked to work out turns of a unit."""

    plan_id: int
    unit_id: int
    kind: str


@event
class PlanWorkedOut:
    """A plan is ready to be looked at."""

    plan_id: int
    unit_id: int
    open: int
    changes: int


@event
class PlanFailed:
    """A plan could not be worked out."""

    plan_id: int
    unit_id: int


@event
class PlanDropped:
    """A plan was put away."""

    plan_id: int
    unit_id: int


@event
class PlanApplied:
    """A plan was applied that changed nothing."""

    plan_id: int
    unit_id: int


@event
class RosterPlanned:
    """A week got the people of a plan."""

    roster_id: int
    unit_id: int
    plan_id: int
    given: int
    taken: int
