"""G1: a page of the list of reports against the least that could show it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ops.bench.fill import fill
from ops.bench.turns import expect, in_turns

PATH = "/laporan"
ZONE = ZoneInfo("Asia/Jakarta")
SQL = (
    "SELECT r.number, c.name, r.place_text, r.area, u.name, r.status, r.received_at, r.in_time"
    " FROM reports_report r JOIN reports_category c ON c.id = r.category_id"
    " JOIN people_unit u ON u.id = r.unit_id WHERE r.institution_id = {place}"
    " ORDER BY r.received_at DESC, r.id DESC LIMIT 26"
)
Answer = Iterable[bytes]


def measure(rows: int, blocks: int) -> dict[str, Any]:
    """Processor time of the program's page and of the bare one, and the queries of the page."""
    from abdi.config.wsgi import application

    place, cookie = _city(rows)
    ours = _asking(application, cookie)
    whole = ours()
    frame = whole[: whole.index(b"<tbody>") + 7] + whole[whole.index(b"</tbody>") :]
    bare = _asking(_bare(place, frame), cookie)
    for _warm in range(10):
        expect(ours().count(b"/laporan/CD-") == 25, "our page")
    expect(bare().count(b"<tr><td>") == 25, "the bare page")
    with CaptureQueriesContext(connection) as asked:
        ours()
        queries = len(asked)
    costs = in_turns({"ours": ours, "bare": bare}, blocks=blocks)
    return {
        "rows": rows,
        "ours_us": round(costs["ours"].cpu_us),
        "bare_us": round(costs["bare"].cpu_us),
        "ratio": round(costs["ours"].cpu_us / costs["bare"].cpu_us, 2),
        "queries": queries,
        "bytes": len(ours()),
    }


def _city(rows: int) -> tuple[int, str]:
    """A city with so many reports and a signed-in dispatcher: institution id and cookie."""
    from django.conf import settings

    from abdi.platform.csrf import random_letters
    from abdi.platform.tenancy import Institution, within
    from abdi.platform.testing import sign_in_as
    from abdi.reports.testing import a_closed_report, a_report_city

    place = Institution.objects.create(code="ukur", name="Kota Ukur")
    with within(place.pk):
        city = a_report_city()
        template = a_closed_report(city)
        fill(template.pk, rows)
        client = sign_in_as(city.dispatcher)
    kept = {
        settings.SESSION_COOKIE_NAME: client.cookies["abdi_session"].value,
        settings.CSRF_COOKIE_NAME: random_letters(32),  # from an earlier page, as browsers have it
    }
    return place.pk, "; ".join(f"{name}={value}" for name, value in kept.items())


def _asking(program: Callable[..., Answer], cookie: str) -> Callable[[], bytes]:
    """One request straight into a WSGI program; returns the body of the answer."""

    def start(status: str, headers: Any, problem: Any = None) -> None:
        expect(status.startswith("200"), status)

    def ask() -> bytes:
        answer = program(_environ(cookie), start)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return body

    return ask


def _environ(cookie: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": PATH,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _bare(place: int, frame: bytes) -> Callable[..., Answer]:
    """Bare WSGI, a query on an open connection, an f-string: no session, no scope.

    The same table stands in the same frame, which is a constant here.
    """
    cursor = _bare_cursor()
    sql = SQL.format(place=place)
    head, _mark, foot = frame.partition(b"<tbody>")

    def program(environ: dict[str, Any], start: Callable[..., Any]) -> Answer:
        cursor.execute(sql)
        found = cursor.fetchall()[:25]
        lines = "".join(
            f'<tr><td><a href="/laporan/{number}">{number}</a></td><td>{escape(kind)}</td>'
            f"<td>{escape(street or area)}</td><td>{escape(unit)}</td><td>{status}"
            f"{'' if in_time is None else ' yes' if in_time else ' no'}</td>"
            f"<td>{_local(came):%d.%m %H.%M}</td></tr>"
            for number, kind, street, area, unit, status, came, in_time in found
        )
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [head, lines.encode(), foot]

    return program


def _local(moment: Any) -> datetime:
    told = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return (told.replace(tzinfo=UTC) if told.tzinfo is None else told).astimezone(ZONE)


def _bare_cursor() -> Any:
    if connection.vendor == "sqlite":
        import sqlite3

        return sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None).cursor()
    import psycopg

    options = connection.get_connection_params()
    words = {
        name: options[name] for name in ("dbname", "user", "host", "port") if options.get(name)
    }
    return psycopg.connect(**words, autocommit=True, prepare_threshold=1).cursor()
