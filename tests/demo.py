"""A demo city of one's own: started on a free port in a folder of its own, stopped at the end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 300
# The settings of a test run are not those of the demo.
NOT_FOR_THE_DEMO = ("ABDI_TEST", "ABDI_DATA_DIR", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORT")


@dataclass(frozen=True)
class Demo:
    """Where it answers, and who can sign in."""

    address: str
    folder: Path

    @property
    def logins(self) -> list[str]:
        """One sign-in a role, as the demo prints them."""
        lines = (self.folder / "sign-ins.txt").read_text(encoding="utf-8").splitlines()
        return [line.split()[1] for line in lines if line.strip()]

    @property
    def password(self) -> str:
        """The one password of the invented accounts, as the demo prints it."""
        log = (self.folder / "log").read_text(encoding="utf-8")
        return log.partition("password for all: ")[2].split()[0]

    def sign_in(self, page: Any, login: str) -> None:
        """As a person would."""
        page.goto(f"{self.address}/masuk")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", self.password)
        page.click("form:has(input[name=password]) button")
        page.wait_for_url(lambda url: not url.endswith("/masuk"))


@contextmanager
def running_demo(**settings: str) -> Iterator[Demo]:
    """A small city, ready to answer; `settings` are environment names such as DATABASE_URL."""
    inherited = {key: value for key, value in os.environ.items() if key not in NOT_FOR_THE_DEMO}
    with tempfile.TemporaryDirectory(prefix="abdi-demo-") as folder:
        port = free_port()
        own = {"PORT": str(port), "ABDI_DATA_DIR": folder, "PYTHONWARNINGS": "ignore", **settings}
        with (Path(folder) / "log").open("w") as log:
            server = subprocess.Popen(
                [str(Path(sys.executable).with_name("abdi")), "demo"],
                env={**inherited, **own},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        demo = Demo(f"http://127.0.0.1:{port}", Path(folder))
        try:
            _wait_for(demo, server)
            yield demo
        finally:
            server.terminate()
            server.wait(timeout=30)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(demo: Demo, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{demo.address}/health/ready", timeout=5)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    log = (demo.folder / "log").read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"The demo did not start:\n{log[-3000:]}")
