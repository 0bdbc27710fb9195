"""A batch of reports on its way to the database, with everything that hangs on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from abdi.competence.choices import Competency, EvidenceKind
from abdi.competence.demo import Proof, keep_evidence
from abdi.duty.demo import CalledOut, keep_call_outs
from abdi.people.demo import DemoCity
from abdi.platform import clock
from abdi.platform.db.bulk import insert_many
from abdi.platform.journal import PastFact, record_many
from abdi.reports import events, rules
from abdi.reports.choices import Identity, Jurisdiction, Status
from abdi.reports.choices import Step as PromisedStep
from abdi.reports.demo import phrases
from abdi.reports.demo.lives import Life, Step
from abdi.reports.models import BrokenStep, Message, Report, ReporterContact, StatusChange
from abdi.survey.demo import Rated, keep_ratings

BATCH: Final = 2_000
CHANGE: Final = (
    "institution", "report", "status", "at", "by", "unit", "person", "obstacle", "note",
)  # fmt: skip
CONTACTS_KEPT: Final = timedelta(days=45)
CALL_OUTS_KEPT: Final = timedelta(days=31)
PROOFS: Final = 2


@dataclass
class Batch:
    """Reports, their lives and the words of their ratings."""

    city: DemoCity
    reports: list[Report] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    joined: list[tuple[Report, Report]] = field(default_factory=list)
    proofs: dict[int, int] = field(default_factory=dict)

    def add(self, report: Report, life: Life, words: str = "") -> None:
        """One more report."""
        self.reports.append(report)
        self.lives.append(life)
        self.words.append(words)

    def join(self, report: Report, life: Life, leader: Report) -> None:
        """One more that repeats another."""
        self.add(report, life)
        self.joined.append((report, leader))

    def write(self) -> None:
        """Everything, in as few statements as the database takes."""
        Report.objects.bulk_create(self.reports, batch_size=BATCH)
        self._write_joined()
        insert_many(StatusChange, CHANGE, self._changes())
        BrokenStep.objects.bulk_create(self._broken(), batch_size=BATCH)
        record_many(self._facts())
        keep_ratings(self._ratings())
        self._write_contacts()
        keep_evidence(self._proofs())
        keep_call_outs(self._call_outs())

    def _write_joined(self) -> None:
        for report, leader in self.joined:
            report.joined_to_id = leader.pk
        Report.objects.bulk_update(
            [report for report, _leader in self.joined], ["joined_to"], batch_size=400
        )
        leaders = {leader.pk: leader for _report, leader in self.joined}
        Report.objects.bulk_update(leaders.values(), ["joined_count"], batch_size=400)

    def _pairs(self) -> Iterator[tuple[Report, Life]]:
        yield from zip(self.reports, self.lives, strict=True)

    def _by(self, report: Report, life: Life, who: str) -> str:
        if who == "reporter":
            return f"citizen:{report.token_hash[:40]}"
        if who == "system":
            return "system"
        return self.city.by(life.person_id if who == "crew" else self.city.logins["dispatcher"])

    def _changes(self) -> Iterator[tuple[Any, ...]]:
        institution_id = self.city.institution.pk
        for report, life in self._pairs():
            given = False
            for step in life.steps:
                given = given or step.status == Status.FORWARDED
                yield (
                    institution_id,
                    report.pk,
                    step.status.value,
                    step.at,
                    self._by(report, life, step.who),
                    report.unit_id,
                    life.person_id if given else None,
                    str(step.obstacle),
                    step.note,
                )

    def _broken(self) -> list[BrokenStep]:
        """The promises that broke, with what stood in the way then."""
        found = []
        for report, life in self._pairs():
            at = report.broken_at
            if at is None:
                continue
            last = [step for step in life.steps if step.at <= at][-1]
            found.append(
                BrokenStep(
                    report_id=report.pk,
                    step=PromisedStep.RESOLVE,
                    due_at=report.due_at,
                    minutes=rules.minutes_between(report.received_at, report.due_at),
                    cause=rules.cause_of(last.status, str(last.obstacle)),
                    noted_at=at,
                )
            )
        return found

    def _facts(self) -> Iterator[PastFact]:
        leaders = {report.pk: leader.pk for report, leader in self.joined}
        for report, life in self._pairs():
            for step in life.steps:
                fact = self._fact(report, life, step, leaders.get(report.pk))
                if fact is not None:
                    by = self._by(report, life, step.who)
                    yield PastFact(fact, step.at, by, report.ref)
            yield from self._clock_facts(report, life)

    def _fact(self, report: Report, life: Life, step: Step, leader: int | None) -> Any:
        who = {"report_id": report.pk, "unit_id": report.unit_id}
        if step.status == Status.RECEIVED:
            return events.ReportReceived(category=report.category.code, **who)
        if step.status == Status.VERIFIED and leader is not None:
            return events.ReportMerged(report_id=report.pk, into_id=leader)
        if step.status == Status.REJECTED:
            return self._rejected(report)
        who["person_id"] = life.person_id or 0
        if step.status == Status.CLOSED:
            return events.ReportClosed(minutes=life.minutes, in_time=life.in_time, **who)
        if step.obstacle:
            return events.ReportPostponed(reason=step.obstacle, **who)
        kinds = {
            Status.FORWARDED: events.ReportAssigned,
            Status.RESOLVED: events.ReportResolved,
            Status.REOPENED: events.ReportReopened,
        }
        return kinds[step.status](**who) if step.status in kinds else None

    def _rejected(self, report: Report) -> Any:
        if report.jurisdiction != Jurisdiction.CITY:
            return events.ReportPassedOn(
                report_id=report.pk, unit_id=report.unit_id, jurisdiction=report.jurisdiction
            )
        return events.ReportRejected(
            report_id=report.pk, unit_id=report.unit_id, reason=report.reject_reason
        )

    def _clock_facts(self, report: Report, life: Life) -> Iterator[PastFact]:
        who: dict[str, Any] = {"report_id": report.pk, "unit_id": report.unit_id}
        who["person_id"] = report.person_id
        if report.broken_at is not None:
            yield PastFact(events.PromiseBroken(**who), report.broken_at, "system", report.ref)
        if life.stars and life.closed_at is not None:
            rated = events.ReportRated(stars=life.stars, **who)
            at = life.closed_at + timedelta(minutes=2)
            yield PastFact(rated, min(at, clock.now()), "system", report.ref)

    def _ratings(self) -> Iterator[Rated]:
        for (report, life), words in zip(self._pairs(), self.words, strict=True):
            if life.closed_at is None:
                continue
            yield Rated(
                about=report.ref,
                round=life.reopened + 1,
                unit_id=report.unit_id,
                service_id=report.service_id,
                invited_at=life.closed_at,
                stars=life.stars,
                words=words if life.stars else "",
                rated_at=min(life.closed_at + timedelta(minutes=2), clock.now()),
            )

    def _write_contacts(self) -> None:
        since = clock.now() - CONTACTS_KEPT
        ReporterContact.objects.bulk_create(
            (
                ReporterContact(
                    report_id=report.pk,
                    name=phrases.REPORTERS[report.pk % len(phrases.REPORTERS)],
                    phone=f"+6285500{report.pk % 1_000_000:06d}",
                )
                for report in self.reports
                if report.received_at > since
                and report.identity != Identity.ANONYMOUS
                and report.pk % 3
            ),
            batch_size=BATCH,
        )
        Message.objects.bulk_create(
            Message(
                report_id=report.pk,
                is_from_reporter=False,
                text=life.steps[-1].note,
                at=life.steps[-1].at,
                by=self._by(report, life, "desk"),
            )
            for report, life in self._pairs()
            if life.status == Status.WAITING_REPORTER
        )

    def _proofs(self) -> Iterator[Proof]:
        """A citizen's five stars speak for service; a few for each person are enough."""
        for report, life in self._pairs():
            if life.stars != 5 or life.person_id is None or life.closed_at is None:
                continue
            if self.proofs.get(life.person_id, 0) < PROOFS:
                self.proofs[life.person_id] = self.proofs.get(life.person_id, 0) + 1
                yield Proof(
                    life.person_id, Competency.M_5, EvidenceKind.RATING, report.ref, life.closed_at
                )

    def _call_outs(self) -> Iterator[CalledOut]:
        """Who set out, and until he was done; one who is under way has no end yet."""
        since = clock.now() - CALL_OUTS_KEPT
        for report, life in self._pairs():
            at = life.at_of(Status.ON_THE_WAY)
            if at is not None and at > since and life.person_id is not None:
                yield CalledOut(life.person_id, report.ref, at, life.at_of(Status.RESOLVED))
