"""G12 and weights: what each page of the demo city asks the database, and what it weighs."""

from __future__ import annotations

import re
from typing import Any

MENU = re.compile(r'href="(/[a-z][a-z0-9/?=-]*)"')
HOST = "127.0.0.1"
CITIZEN = ("/", "/lapor/lampu", "/lacak", "/janji-layanan")
LISTS = ("antrean", "laporan", "tugas", "unit", "pegawai", "piket", "pelatihan", "kbk", "beban")


def measure() -> dict[str, Any]:
    """Queries and kilobytes of every page in somebody's menu; the demo city must be there."""
    from django.test import Client

    from abdi.config.demo import SIGN_INS
    from abdi.platform.tenancy import Institution, within

    place = Institution.objects.get(code="cendana")
    with within(place.pk):
        pages = {path: _page(path, Client(SERVER_NAME=HOST), "citizen") for path in CITIZEN}
        for login in _logins(SIGN_INS):
            _walk(login, pages)
    return {"pages": {path: found for path, found in pages.items() if found}}


def _logins(file: str) -> list[str]:
    from django.conf import settings

    lines = (settings.ABDI_DATA_DIR / file).read_text(encoding="utf-8").splitlines()
    return [line.split()[1] for line in lines if line.strip()]


def _walk(login: str, pages: dict[str, Any]) -> None:
    """Every page of one person's menu that nobody opened before."""
    from django.test import Client

    from abdi.people.models import Account

    client = Client(SERVER_NAME=HOST)
    client.force_login(Account.objects.get(login=login))
    home = client.get("/beranda", follow=True)
    for path in sorted(set(MENU.findall(home.content.decode()))):
        if path not in pages and not path.startswith(("/keluar", "/static", "/bahasa")):
            pages[path] = _page(path, client, login)


def _page(path: str, client: Any, who: str) -> dict[str, Any] | None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from abdi.platform.testing import weight

    client.get(path)  # the rights of a session are worked out once a minute
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
        return None
    return {
        "who": who,
        "queries": len(asked),
        "kb": round(weight.weigh(path, client).bytes / 1024, 1),
        "list": path.strip("/").split("?")[0] in LISTS,
    }
