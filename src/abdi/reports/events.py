"""What reports announce: ids and codes only. Where nobody is known, `person_id` is None."""

from __future__ import annotations

from abdi.platform.events import event


@event
class CategoriesAdopted:
    """The categories of the norms were written down for this institution."""

    count: int


@event
class CategoryRouted:
    """A category's reports go to another unit."""

    category: str
    unit_id: int


@event
class ReportReceived:
    """A report came in."""

    report_id: int
    unit_id: int
    category: str


@event
class ReportLoaded:
    """A report of another system came in as history; nobody acts on it again."""

    report_id: int
    unit_id: int
    category: str
    source: str
    is_closed: bool
    in_time: bool | None


@event
class ReportFollowed:
    """Another citizen joined a report that was there already."""

    report_id: int
    joined_id: int


@event
class ReportCategorised:
    """The desk looked at a report and settled its category."""

    report_id: int
    unit_id: int
    category: str


@event
class ReportClassed:
    """A report got another class of SP4N, and with it other days to be answered in."""

    report_id: int
    unit_id: int
    was: str
    to: str


@event
class ReportAssigned:
    """A report was given to somebody."""

    report_id: int
    unit_id: int
    person_id: int


@event
class ReportAccepted:
    """Who was given a report takes it."""

    report_id: int
    unit_id: int
    person_id: int


@event
class ReportDeclined:
    """Who was given a report gives it back."""

    report_id: int
    unit_id: int
    person_id: int
    reason: str


@event
class ReportStarted:
    """The crew set out."""

    report_id: int
    unit_id: int
    person_id: int


@event
class CrewArrived:
    """The crew is at the place."""

    report_id: int
    unit_id: int
    person_id: int


@event
class PhotoAdded:
    """A photo was added."""

    report_id: int
    photo_id: int
    photo_kind: str


@event
class ReportPostponed:
    """The crew cannot finish now; the citizen has a new date."""

    report_id: int
    unit_id: int
    person_id: int
    reason: str


@event
class ReportResolved:
    """The crew says it is done; the citizen is asked."""

    report_id: int
    unit_id: int
    person_id: int | None


@event
class ReportClosed:
    """A report ended; `minutes` from receipt to the work done."""

    report_id: int
    unit_id: int
    person_id: int | None
    minutes: int
    in_time: bool


@event
class ReportReopened:
    """The citizen or the desk says it is not done."""

    report_id: int
    unit_id: int
    person_id: int | None


@event
class ReportRejected:
    """The desk ended a report that no crew works on."""

    report_id: int
    unit_id: int
    reason: str


@event
class ReportPassedOn:
    """A report belongs to somebody outside and was handed over."""

    report_id: int
    unit_id: int
    jurisdiction: str


@event
class ReportMerged:
    """A report was joined to the one it repeats."""

    report_id: int
    into_id: int


@event
class ReportSplit:
    """A joined report stands alone again."""

    report_id: int
    from_id: int


@event
class HideProposed:
    """Somebody of the desk asks to hide a report; a second person decides."""

    report_id: int


@event
class ReportHidden:
    """A report is shown to nobody outside the desk."""

    report_id: int


@event
class PromiseReminded:
    """The deadline is near."""

    report_id: int
    unit_id: int
    person_id: int | None


@event
class BrokenTold:
    """The head of a unit was told what broke in an hour."""

    unit_id: int
    count: int


@event
class PromiseBroken:
    """The deadline passed before the work was done."""

    report_id: int
    unit_id: int
    person_id: int | None


@event
class StepBroken:
    """A step before the last one was not done in time: the first answer, the arrival, safety."""

    report_id: int
    unit_id: int
    person_id: int | None
    step: str


@event
class ClockPaused:
    """The clock of a report was stopped."""

    report_id: int
    unit_id: int
    reason: str


@event
class ClockResumed:
    """The clock of a report runs again."""

    report_id: int
    unit_id: int
    reason: str


@event
class ReportRated:
    """The reporter gave stars."""

    report_id: int
    unit_id: int
    person_id: int | None
    stars: int


@event
class MessageSent:
    """A message went between the reporter and the desk."""

    report_id: int
    from_reporter: bool


@event
class ContactRevealed:
    """Staff saw one field of a reporter's contact; the reporter sees that."""

    report_id: int
    person_id: int
    field: str


@event
class HandoverLeft:
    """The leaving shift signed its handover; the text is frozen."""

    handover_id: int
    agency_id: int
    text_hash: str


@event
class HandoverTaken:
    """The coming shift read the handover and signed it."""

    handover_id: int
    agency_id: int


@event
class HandoverRemarked:
    """Something was added to a handover after its signatures."""

    handover_id: int
    remark_id: int
