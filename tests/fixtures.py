"""What every test stands on: no network, a clock that stands still, a browser if there is one."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck

from tests import chromium
from tests.demo import Demo, running_demo

# Playwright's synchronous interface keeps a loop running in the test's thread; Django would refuse.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Drawn cases take as long as they take: a busy machine is no defect.
hypothesis.settings.register_profile(
    "abdi", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.settings.load_profile("abdi")

A_MONDAY_MORNING = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)  # 09.00 WIB


# ------------------------------------------------------------------ what runs where


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Over PostgreSQL, leave out what meets no database or only looks: the run on SQLite has it."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    left_out = [item for item in items if not _meets_postgresql(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _meets_postgresql(item: pytest.Item) -> bool:
    if item.get_closest_marker("looks"):
        return False
    return bool(
        item.get_closest_marker("django_db")
        or item.get_closest_marker("slow")
        or {"db", "place", "engine"} & set(getattr(item, "fixturenames", ()))
        or item.path.name == "test_durability.py"
    )


# ------------------------------------------------------------------ no network


class NetworkRefused(RuntimeError):
    """A test tried to leave this machine."""


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):  # a socket in the file system
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Connections beyond loopback fail at once, with the address in the message."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(real: Callable[..., Any]) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address):
            raise NetworkRefused(f"A test may not connect to {address}.")
        return real(self, address)

    return connect


# ------------------------------------------------------------------ a clock that stands still


@pytest.fixture(autouse=True)
def standing_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test starts on a Monday morning; `slow` tests, with their servers, keep real time."""
    if request.node.get_closest_marker("slow"):
        yield
        return
    from abdi.platform import clock

    with clock.at(A_MONDAY_MORNING):
        yield


# ------------------------------------------------------------------ the program's own role


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """The test database is made by the login role, as `abdi migrate` does it."""
    from abdi.platform.db.postgresql.base import act_as_owner

    act_as_owner()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """From here on tests work as the program does; only emptying tables needs the owner."""
    from django.db import connection, connections

    from abdi.platform.db.postgresql.base import act_as_owner, act_as_program

    with django_db_blocker.unblock():
        if connection.vendor != "postgresql":
            act_as_program()
            yield
            return
        connections.close_all()
        act_as_program()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(connection.ops), "execute_sql_flush", _flush_as_owner)
            yield
        act_as_owner()
        connections.close_all()


def _flush_as_owner(operations: Any, statements: list[str]) -> None:
    from abdi.platform.testing import as_owner

    with as_owner(), operations.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# ------------------------------------------------------------------ one institution at work


@pytest.fixture(autouse=True)
def inside_institution(request: pytest.FixtureRequest, standing_clock: None) -> Iterator[Any]:
    """Tests with a database run inside one institution; ask for the fixture to get the row."""
    if not request.node.get_closest_marker("django_db"):
        yield None
        return
    request.getfixturevalue(
        "transactional_db"
        if request.node.get_closest_marker("django_db").kwargs.get("transaction")
        else "db"
    )
    from abdi.platform import web
    from abdi.platform.norms import kept
    from abdi.platform.tenancy import Institution, within

    web.forget_hosts()
    found = Institution.objects.filter(code="uji").first() or Institution.objects.create(
        code="uji", name="Kota Uji"
    )
    kept.forget()
    kept.refresh(found.pk)
    with within(found.pk):
        yield found
    web.forget_hosts()
    kept.forget()


# ------------------------------------------------------------------ the language of the sources


@pytest.fixture(autouse=True)
def source_language() -> Iterator[None]:
    """Sentences of rules and actions read as in the source; pages speak their reader's language."""
    from django.utils import translation

    with translation.override("en"):
        yield


# ------------------------------------------------------------------ every reaction runs twice


@pytest.fixture(autouse=True)
def every_reaction_twice(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A delivery may come twice: run each reaction again and compare every table."""
    changed: list[str] = []
    if request.node.get_closest_marker("slow"):
        yield
        return
    from abdi.platform.journal import deliveries

    first_run = deliveries._run

    def twice(delivery: Any) -> None:
        first_run(delivery)
        if _is_a_modules_reaction(delivery.reaction):
            before = _contents()
            first_run(delivery)
            changed.extend(
                f"{delivery.reaction} changed {table} when it ran again"
                for table, rows in _contents().items()
                if rows != before[table]
            )

    monkeypatch.setattr(deliveries, "_run", twice)
    yield
    assert changed == []


def _is_a_modules_reaction(name: str) -> bool:
    from abdi.platform.journal.reactions import reaction_named

    found = reaction_named(name)
    return found is not None and found[1].__module__.endswith(".reactions")


def _contents() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours."""
    from django.apps import apps
    from django.db import connection

    names = [
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("abdi.") and model._meta.managed
    ]
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)} ORDER BY 1")
            found[name] = cursor.fetchall()
    return found


# ------------------------------------------------------------------ a browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium; without one the test is skipped and says how to get it."""
    from playwright.sync_api import sync_playwright

    path = chromium.find()
    if path is None:
        pytest.skip(chromium.REASON)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def demo(browser: Any) -> Iterator[Demo]:
    """A small demo city that answers on this machine, for tests that walk it with the browser."""
    with running_demo() as running:
        yield running


class Complaints(list[str]):
    """What the browser complained about: script errors, refused content, failed requests."""

    def listen_to(self, page: Any) -> None:
        """Collect from this page from now on."""
        page.on("console", lambda line: line.type == "error" and self.append(line.text))
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("requestfailed", self._failed)

    def _failed(self, request: Any) -> None:
        # A page left while something was loading aborts it; that is no defect.
        if request.failure and "ERR_ABORTED" not in request.failure:
            self.append(f"{request.method} {request.url}: {request.failure}")


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages of their own session: open_page(width=390, dark=True). Complaints fail the test.

    A test that provokes an error on purpose clears them: `page.complaints.clear()`.
    """
    opened: list[Any] = []

    def open_one(
        width: int = 1280, height: int = 800, *, dark: bool = False, **options: Any
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,
        )
        page = context.new_page()
        page.complaints = Complaints()
        page.complaints.listen_to(page)
        opened.append(page)
        return page

    yield open_one
    complaints = [text for page in opened for text in page.complaints]
    for page in opened:
        page.context.close()
    assert complaints == []
