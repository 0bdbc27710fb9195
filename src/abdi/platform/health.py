"""Health pages for machines: live, ready, deep."""

from __future__ import annotations

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from abdi.platform import clock
from abdi.platform.access import public
from abdi.platform.journal import pending_age_seconds
from abdi.platform.journal.chain import unsealed

WHY = "machines ask whether the program works; no data is shown"
FREE_BYTES = 200_000_000
_LATE = timedelta(minutes=15)


@public(WHY)
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"live": True})


@public(WHY)
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Exception:
        return _answer({"database": False})
    return _answer({"database": True})


@public(WHY)
def deep(request: HttpRequest) -> HttpResponse:
    """Database, disk, queue age, scheduler, audit chain."""
    from abdi.platform.jobs import Schedule

    try:
        late = Schedule.objects.filter(due_at__lt=clock.now() - _LATE).count()
        found = {
            "database": True,
            "disk": shutil.disk_usage(settings.ABDI_DATA_DIR).free > FREE_BYTES,
            "deliveries": pending_age_seconds() < 600,
            "schedule": late == 0,
            "audit_seal": unsealed(lately=True) < 10_000,
        }
    except Exception:
        found = {"database": False}
    return _answer(found)


def _answer(found: dict[str, bool]) -> HttpResponse:
    good = all(found.values())
    headers = {} if good else {"Retry-After": "30"}
    return JsonResponse({"ok": good, **found}, status=200 if good else 503, headers=headers)
