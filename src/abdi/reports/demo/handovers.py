"""The handover book of the demo city: the last nights, each signed by both sides."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q

from abdi.people.demo import DemoCity
from abdi.people.demo.consoles import desk_of
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.journal import PastFact, record_many
from abdi.reports import events
from abdi.reports.choices import Jurisdiction, Status
from abdi.reports.models import Handover, Report
from abdi.reports.queries.board import street_of
from abdi.reports.queries.handover import crews_of

NIGHTS: Final = 3
LISTED: Final = 20
READ_IN: Final = timedelta(minutes=9)
WORDS: Final = (
    "Hujan sejak pukul 02.00. Pohon di tepi kali diawasi, regu pohon diminta berangkat lebih awal.",
    "Malam tenang. Dua panggilan terputus sudah dihubungi kembali.",
    "Genset cadangan menyala 20 menit saat listrik padam, lalu kembali normal.",
)
EQUIPMENT: Final = ("HT nomor 3 diperbaiki.", "", "Senter kepala dipinjam regu lampu, dua buah.")


def build(city: DemoCity) -> None:
    """One book a morning: the night hands over, the day takes over."""
    night, day = desk_of(city)
    agency = city.units["diskominfo"]
    facts: list[PastFact] = []
    for n in range(NIGHTS):
        to_at = _morning(NIGHTS - n)
        newest = Report.objects.filter(received_at__lte=to_at).order_by("-pk").first()
        book = Handover(
            agency=agency,
            from_at=to_at - timedelta(hours=12),
            to_at=to_at,
            content=_content(to_at),
            words=WORDS[n],
            equipment=EQUIPMENT[n],
            newest_id=newest.pk if newest else 0,
            leaving_id=night,
            leaving_ref=city.by(night),
            coming_id=day,
            coming_at=to_at + READ_IN,
            coming_seen_id=newest.pk if newest else 0,
        )
        book.text_hash = book.hashed
        book.save()
        facts += _facts(city, book, night, day)
    record_many(facts)


def _morning(days_ago: int) -> datetime:
    return datetime.combine(clock.today() - timedelta(days=days_ago), time(7), clock.zone())


def _facts(city: DemoCity, book: Handover, night: int, day: int) -> list[PastFact]:
    left = events.HandoverLeft(
        handover_id=book.pk, agency_id=book.agency_id, text_hash=book.text_hash
    )
    taken = events.HandoverTaken(handover_id=book.pk, agency_id=book.agency_id)
    return [
        PastFact(left, book.to_at, city.by(night), book.ref),
        PastFact(taken, book.to_at + READ_IN, city.by(day), book.ref),
    ]


def _content(at: datetime) -> dict[str, Any]:
    still = Q(resolved_at__isnull=True, closed_at__isnull=True) | Q(resolved_at__gt=at)
    rows = Report.objects.filter(
        still, received_at__lte=at, is_protected=False, joined_to__isnull=True
    ).exclude(status__in=(Status.REJECTED, Status.CLOSED), resolved_at__isnull=True)
    broken = Report.objects.filter(
        broken_at__gt=at - timedelta(hours=12), broken_at__lte=at, is_protected=False
    )
    before = at - timedelta(minutes=1)
    listed = rows.select_related("category").order_by("due_at", "id")[:LISTED]
    return {
        "open": [
            [
                row.number,
                row.category.name,
                street_of(row),
                Status.IN_PROGRESS.value,
                row.due_at.isoformat(),
            ]
            for row in listed
        ],
        "open_total": rows.count(),
        "open_late": rows.filter(due_at__lt=at, jurisdiction=Jurisdiction.CITY).count(),
        **crews_of(SYSTEM, before, timedelta(hours=2)),
        "unusual": [
            ["broken", row.number, row.category.name, (row.broken_at or at).isoformat()]
            for row in broken.select_related("category").order_by("broken_at", "id")[:LISTED]
        ],
    }
