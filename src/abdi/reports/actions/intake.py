"""A report comes in. The same sending twice is one report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, in_action
from abdi.platform.db.rows import new_row
from abdi.platform.journal import insert_and_record, record
from abdi.platform.tenancy import Institution, current_institution_id
from abdi.reports import events, links, rules
from abdi.reports.actions.classing import class_columns, first_look
from abdi.reports.actions.moves import keep_step, mark, step_of
from abdi.reports.actions.timing import promise_of
from abdi.reports.choices import Channel, Identity, PhotoKind, PhotoSource
from abdi.reports.models import Category, Photo, Report, ReporterContact
from abdi.reports.models.reports import IS_OPEN
from abdi.reports.permissions import may_follow, may_receive

TRIES = 5
MOST_PHOTOS = 3


@dataclass(frozen=True)
class PhotoGiven:
    """A photo that is cleaned and stored already (`platform.images`, `platform.files`)."""

    key: str
    sha256: str
    size: int
    width: int
    height: int
    fingerprint: str = ""
    source: str = PhotoSource.GALLERY
    taken_at: datetime | None = None
    lat_e6: int | None = None
    lng_e6: int | None = None


@dataclass(frozen=True)
class Given:
    """What a reporter tells; nothing of it is required but the category.

    Points are in millionths of a degree. `received_at` is when it was heard (telephone, history).
    """

    text: str = ""
    place_text: str = ""
    area: str = ""
    lat_e6: int | None = None
    lng_e6: int | None = None
    channel: str = Channel.WEB
    identity: str = Identity.OPEN
    name: str = ""
    phone: str = ""
    email: str = ""
    photos: tuple[PhotoGiven, ...] = ()
    received_at: datetime | None = None

    def fingerprint(self, category: str) -> str:
        """Tells another content sent under the same key."""
        words = {k: v for k, v in vars(self).items() if k not in ("photos", "received_at")}
        hashes = [photo.sha256 for photo in self.photos]
        whole = repr((category, sorted(words.items()), hashes))
        return hashlib.sha256(whole.encode("utf-8", "backslashreplace")).hexdigest()


def receive_report(
    category: Category,
    *,
    by: Actor,
    given: Given | None = None,
    client_key: str = "",
    first: Callable[[], None] | None = None,
) -> Report:
    """Take in a report; the same `client_key` and content again gives the same report.

    The row is put together before the transaction, so that other writers wait for less.
    `first` is called once in the transaction of the report, before it: the count of tries.
    Raises Invalid where a key comes back with other content, Refused for an actor who may not.
    """
    told = given or Given()
    key = client_key or links.new_key()
    content = told.fingerprint(category.code)
    return _once(
        key,
        content,
        lambda: take_in(
            category, by=by, given=told, row=_new(category, told, key, content), first=first
        ),
        first,
    )


def follow(
    report: Report, *, by: Actor, given: Given | None = None, client_key: str = ""
) -> Report:
    """Join a report that is there already: the citizen gets his own link to the same work."""
    told = given or Given()
    key = client_key or links.new_key()
    return _once(
        key,
        told.fingerprint(f"follow:{report.pk}"),
        lambda: join(report, by=by, given=told, client_key=key),
    )


def _once(
    key: str, input_hash: str, act: Callable[[], Report], first: Callable[[], None] | None = None
) -> Report:
    """Act once for a key: the database refuses it a second time, then the first is looked up.

    A number drawn twice is refused the same way and drawn again.
    """
    for _try in range(TRIES):
        try:
            with transaction.atomic() if in_action() else nullcontext():
                return act()
        except IntegrityError:
            known = Report.objects.with_names().filter(key_hash=links.hash_of(key)).first()
        if known is not None and first is not None:
            first()  # what came with the refused transaction went with it
        if known is not None and known.input_hash != input_hash:
            raise Invalid(_("This form was already sent with other entries."))
        if known is not None:
            return known
    raise Conflict(_("The report could not be numbered. Please send it again."))


@action(allowed=may_receive)
def take_in(
    category: Category,
    *,
    by: Actor,
    given: Given,
    row: Report,
    first: Callable[[], None] | None = None,
) -> Report:
    """Write a report, its first step, its photos and the reporter's contact; use receive_report."""
    if first is not None:
        first()
    if len(given.photos) > MOST_PHOTOS:
        raise Invalid(_("Please send at most 3 photos."), field="photos")
    fact = events.ReportReceived(report_id=0, unit_id=row.unit_id, category=category.code)
    step = step_of(row, by=by, at=row.received_at)
    insert_and_record(row, below=[(step, "report")], fact=fact, key="report_id", by=by)
    _keep_contact(row, given)
    for photo in given.photos:
        keep_photo(row, photo, kind=PhotoKind.CITIZEN, by=by)
    return row


@action(allowed=may_follow)
def join(report: Report, *, by: Actor, given: Given, client_key: str) -> Report:
    """Write a report that stands behind another one; use follow."""
    if not mark(report, IS_OPEN & Q(is_protected=False), joined_count=F("joined_count") + 1):
        raise Conflict(_("This report has ended. Please send a new one."))
    here = replace(
        given,
        lat_e6=report.lat_e6,
        lng_e6=report.lng_e6,
        place_text=report.place_text,
        area=report.area,
    )
    content = given.fingerprint(f"follow:{report.pk}")
    joined = _new(report.category, here, client_key, content)
    joined.joined_to = report
    joined.save(force_insert=True)
    keep_step(joined, by=by, at=joined.received_at)
    _keep_contact(joined, given)
    record(events.ReportFollowed(report_id=report.pk, joined_id=joined.pk), by=by, about=report)
    return joined


def _new(category: Category, given: Given, client_key: str, content: str) -> Report:
    received_at = given.received_at or clock.now()
    promise = promise_of(category, received_at)
    days = class_columns(category, received_at)
    unit = category.unit
    return new_row(
        Report,
        number=links.new_number(_region()),
        token_hash=links.hash_of(links.token_of(client_key)),
        key_hash=links.hash_of(client_key),
        input_hash=content,
        category=category,
        service_id=category.service_id,
        unit=unit,
        agency_id=unit.agency_id or unit.pk,
        priority=category.priority,
        channel=given.channel,
        identity=given.identity,
        text=given.text,
        place_text=given.place_text,
        area=given.area,
        lat_e6=given.lat_e6,
        lng_e6=given.lng_e6,
        cell=rules.cell_of(given.lat_e6, given.lng_e6),
        received_at=received_at,
        **{**promise.columns(), **days, "check_at": first_look(days, promise.check_at)},
        is_confidential=category.is_confidential,
        is_protected=category.is_protected,
    )


_regions: dict[int, str] = {}


def _region() -> str:
    """Code of the institution's region; it never changes, so it is asked once."""
    institution_id = current_institution_id()
    if institution_id not in _regions:
        _regions[institution_id] = Institution.objects.values_list("region_code", flat=True).get(
            pk=institution_id
        )
    return _regions[institution_id]


def _keep_contact(report: Report, given: Given) -> None:
    if given.identity == Identity.ANONYMOUS:
        return
    if given.name or given.phone or given.email:
        ReporterContact.objects.create(
            report=report, name=given.name, phone=given.phone, email=given.email
        )


def keep_photo(report: Report, given: PhotoGiven, *, kind: str, by: Actor) -> Photo:
    """Write the row of a stored photo; the same picture twice is one row."""
    photo, _made = Photo.objects.get_or_create(
        report=report,
        sha256=given.sha256,
        defaults={
            "kind": kind,
            "source": given.source,
            "key": given.key,
            "size": given.size,
            "width": given.width,
            "height": given.height,
            "fingerprint": given.fingerprint,
            "taken_at": given.taken_at or clock.now(),
            "lat_e6": given.lat_e6,
            "lng_e6": given.lng_e6,
            "added_by": by.ref,
        },
    )
    return photo
