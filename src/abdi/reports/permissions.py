"""May this actor do this to this report? Asks the cells of the permission file."""

from __future__ import annotations

from typing import Any

from abdi.platform.access import Actor, Where
from abdi.reports.models import Category, Handover, Report


def where(report: Report) -> Where:
    """Where a report stands for the scopes: its agency, who has it, whose link opens it."""
    return Where(
        agency_id=report.agency_id,
        assigned=frozenset({report.person_id} if report.person_id else ()),
        citizen_ref=report.token_hash,
    )


def _judged(report: Report) -> Where:
    """The same for conditions that ask who did the work."""
    return Where(
        author_id=report.resolved_by_id,
        agency_id=report.agency_id,
        assigned=frozenset({report.person_id} if report.person_id else ()),
        citizen_ref=report.token_hash,
    )


def may_receive(by: Actor, category: Category) -> bool:
    """May this actor hand in a report: everybody for himself, the desk for others."""
    resource = "reports.protected_case" if category.is_protected else "reports.report"
    mine = Where(author_id=by.person_id, citizen_ref=by.citizen_ref)
    return by.may(resource, "create", mine)


def may_follow(by: Actor, report: Report) -> bool:
    """May this actor join a report that is there already."""
    mine = Where(author_id=by.person_id, citizen_ref=by.citizen_ref)
    return not report.is_protected and by.may("reports.report", "create", mine)


def may_see(by: Actor, report: Report) -> bool:
    """May this actor open the report: the public view, or a protected case of his own."""
    resource = "reports.protected_case" if report.is_protected else "reports.report"
    return by.may(resource, "view", where(report))


def may_see_work(by: Actor, report: Report) -> bool:
    """May this actor see who works on it and what was logged."""
    if report.is_protected:
        return by.may("reports.protected_case", "view", where(report))
    return by.may("reports.dispatch", "view", where(report))


def may_check(by: Actor, report: Report) -> bool:
    """May this actor settle category, place and owner."""
    resource = "reports.protected_case" if report.is_protected else "reports.report"
    return by.is_signed_in and by.may(resource, "update", where(report))


def may_merge(by: Actor, report: Report, other: Report) -> bool:
    """May this actor join two reports; never a protected one."""
    if report.is_protected or other.is_protected:
        return False
    return by.may("reports.report", "merge", where(report))


def may_split(by: Actor, report: Report) -> bool:
    """May this actor take a joined report apart again."""
    return by.may("reports.report", "merge", where(report))


def may_hide(by: Actor, report: Report) -> bool:
    """May this actor take a report from the public."""
    return by.may("reports.report", "hide", where(report))


def may_assign(by: Actor, report: Report, *others: Any) -> bool:
    """May this actor give the report to somebody, or to somebody else."""
    if report.is_protected:
        return by.may("reports.protected_case", "assign", where(report))
    act = "reassign" if report.person_id else "create"
    return by.may("reports.dispatch", act, where(report))


def may_accept(by: Actor, report: Report) -> bool:
    """May this actor take or decline the job: only the one it was given to."""
    if report.is_protected:
        return by.may("reports.protected_case", "update", where(report))
    return by.may("reports.dispatch", "accept", where(report))


def may_work(by: Actor, report: Report) -> bool:
    """May this actor log work: set out, arrive, postpone, add photos."""
    if report.is_protected:
        return by.may("reports.protected_case", "update", where(report))
    return by.may("reports.work_log", "create", where(report))


def may_pause(by: Actor, report: Report) -> bool:
    """May this actor stop the clock with a reason, and let it run again: desk and crew."""
    if not by.is_signed_in and not by.is_system:
        return False
    return may_check(by, report) or may_work(by, report)


def may_add_photo(by: Actor, report: Report) -> bool:
    """May this actor add a photo: who works on it, or its reporter."""
    return may_work(by, report) or is_reporter(by, report)


def may_propose(by: Actor, report: Report) -> bool:
    """May this actor say it is done."""
    if report.is_protected:
        return by.may("reports.protected_case", "update", where(report))
    return by.may("reports.closing", "propose", where(report))


def may_close(by: Actor, report: Report) -> bool:
    """May this actor confirm the result: never who did the work."""
    if report.is_protected:
        return by.may("reports.protected_case", "close", where(report))
    return by.may("reports.closing", "confirm", _judged(report))


def may_reopen(by: Actor, report: Report) -> bool:
    """May this actor say it is not done."""
    if report.is_protected:
        return may_close(by, report)
    return by.may("reports.closing", "reopen", where(report))


def may_rate(by: Actor, report: Report) -> bool:
    """May this actor give stars: the reporter alone."""
    return by.may("reports.rating", "create", where(report))


def is_reporter(by: Actor, report: Report) -> bool:
    """Whether this actor came by the secret link of the report."""
    return bool(by.citizen_ref) and by.citizen_ref == report.token_hash


def may_write(by: Actor, report: Report) -> bool:
    """May this actor write a message: the reporter, or staff through the program."""
    return is_reporter(by, report) or may_contact(by, report)


def may_contact(by: Actor, report: Report) -> bool:
    """May this actor reach the reporter through the program, without seeing him."""
    if report.is_protected:
        return by.may("reports.protected_case", "update", where(report))
    return by.may("reports.reporter", "contact", where(report))


def may_reveal(by: Actor, report: Report) -> bool:
    """May this actor see one field of the reporter's contact, with a reason."""
    return not report.is_protected and by.may("reports.reporter", "reveal", where(report))


def may_see_photo(by: Actor, report: Report) -> bool:
    """May this actor see photos as they came: the reporter and who works on it."""
    if report.is_protected:
        return may_see(by, report)
    return by.may("reports.photo_original", "view", where(report))


def may_hand_over(by: Actor, agency: Any) -> bool:
    """May this actor write and sign the handover of a leaving shift: a person of the desk."""
    place = Where(agency_id=agency.pk)
    return by.person_id is not None and all(
        by.may("reports.handover_book", act, place) for act in ("create", "sign")
    )


def may_take_over(by: Actor, book: Handover) -> bool:
    """May this actor sign for the coming shift: never who signed for the leaving one."""
    other = by.person_id not in (None, book.leaving_id) and by.ref != book.leaving_ref
    return other and by.may("reports.handover_book", "sign", Where(agency_id=book.agency_id))


def may_remark(by: Actor, book: Handover) -> bool:
    """May this actor add to a handover that is signed."""
    place = Where(agency_id=book.agency_id)
    return by.person_id is not None and by.may("reports.handover_book", "create", place)


def may_adopt(by: Actor, *things: Any) -> bool:
    """May this actor set up the categories of the institution."""
    return by.may("system.settings", "update", Where())


def only_by_itself(by: Actor, *things: Any) -> bool:
    """Acts of the clock and of reactions; no person does them."""
    return by.is_system
