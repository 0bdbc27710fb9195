"""A small installation of one's own, served by a process group that a test may kill."""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.demo import NOT_FOR_THE_DEMO, free_port

PATIENCE_SECONDS = 120
FORM = "/lapor/lampu"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
ABDI = str(Path(sys.executable).with_name("abdi"))
SET_UP = """
import django
django.setup()
from abdi.config.demo import prepare_database
from abdi.people import actions as people
from abdi.platform.access import SYSTEM
from abdi.platform.tenancy import Institution, within
from abdi.reports import actions
prepare_database()
made = Institution.objects.create(code="uji", name="Kota Uji", region_code="UJI")
with within(made.pk):
    desk = people.add_unit(None, by=SYSTEM, code="desk", name="Dinas", kind="agency",
                           opd_kind="street_lighting")
    actions.adopt_categories(desk, by=SYSTEM)
"""


@dataclass
class Place:
    """A data folder, a database, and a server that comes and goes."""

    folder: Path
    database_url: str
    port: int = field(default_factory=free_port)
    server: subprocess.Popen[bytes] | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this installation gets."""
        inherited = {key: text for key, text in os.environ.items() if key not in NOT_FOR_THE_DEMO}
        return {
            **inherited,
            "ABDI_DATA_DIR": str(self.folder),
            "ABDI_PLAIN_HTTP": "1",
            "ABDI_TRUSTED_PROXIES": "1",
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "abdi.config.settings",
            "PORT": str(self.port),
            "PYTHONWARNINGS": "ignore",
            **self.extra,
        }

    def python(
        self, program: str, *, expect: int | None = 0, seconds: float = PATIENCE_SECONDS * 2
    ) -> str:
        """Run a program in this installation; returns what it printed."""
        ran = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
        assert expect is None or ran.returncode == expect, ran.stderr[-3000:]
        return ran.stdout

    def launch(self) -> None:
        """Begin to serve in a process group of its own; does not wait until it answers."""
        with (self.folder / "log").open("a") as log:
            self.server = subprocess.Popen(
                [ABDI, "serve"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def answers(self) -> bool:
        """Whether the server is up and ready. Raises RuntimeError where it ended by itself."""
        if self.server is None or self.server.poll() is not None:
            raise RuntimeError((self.folder / "log").read_text()[-3000:])
        with suppress(OSError, http.client.HTTPException), closing(self.line()) as line:
            line.request("GET", "/health/ready")
            return line.getresponse().status == 200
        return False

    def start(self) -> None:
        """Serve in a process group of its own, and wait until it answers."""
        self.launch()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if self.answers():
                return
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text()[-3000:])

    def kill(self) -> None:
        """End the whole group at once, as a power cut of the processes would."""
        if self.server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait(timeout=30)
            self.server = None

    def verify(self) -> dict[str, object]:
        """What `abdi audit verify` says."""
        ran = subprocess.run(
            [ABDI, "audit", "verify", "--json"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
        return {**found, "code": ran.returncode}

    def citizen(self) -> Citizen:
        """Somebody with a browser: a token and a cookie."""
        with closing(self.line()) as line:
            line.request("GET", FORM)
            answer = line.getresponse()
            cookies = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
            kept = [cookie.split(";")[0] for cookie in cookies if "abdi_csrf" in cookie]
            found = TOKEN.search(answer.read().decode())
        assert found, "the form has no token"
        return Citizen(self, "; ".join(kept), found[1])

    def line(self) -> http.client.HTTPConnection:
        """A connection to the server."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)


@dataclass
class Citizen:
    """Sends reports, and remembers what was confirmed."""

    place: Place
    cookie: str
    token: str
    confirmed: dict[str, str] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    line: http.client.HTTPConnection | None = None

    def send(self, key: str = "") -> str | None:
        """Send one report; returns the address it was confirmed with, None where nobody answered.

        Raises AssertionError for any answer that is not a confirmation.
        """
        key = key or secrets.token_hex(16)
        self.sent.append(key)
        self.line = self.line or self.place.line()
        body = {
            "csrfmiddlewaretoken": self.token,
            "_once": key,
            "place": "Jl. Kenanga",
            "note": key,
        }
        try:
            self.line.request("POST", FORM, urlencode(body), self._headers())
            answer = self.line.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.leave()
            return None
        assert answer.status == 302, (answer.status, text[:500])
        where = str(answer.getheader("Location"))
        self.confirmed[key] = where
        return where

    def leave(self) -> None:
        """Hang up."""
        if self.line is not None:
            self.line.close()
            self.line = None

    def _headers(self) -> dict[str, str]:
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self.cookie,
            "Origin": f"http://127.0.0.1:{self.place.port}",
            "X-Forwarded-For": address_of_somebody(),
        }


def address_of_somebody() -> str:
    """An address of the network, another one each time."""
    return ".".join(["10", *(str(secrets.randbelow(250)) for _ in range(3))])


@contextmanager
def installed(folder: Path, database_url: str) -> Iterator[Place]:
    """An installation with one agency and the categories; its server is gone at the end."""
    place = Place(folder, database_url)
    place.python(SET_UP)
    try:
        yield place
    finally:
        place.kill()
