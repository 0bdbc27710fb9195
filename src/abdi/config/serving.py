"""`abdi serve` and `abdi work`."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
from types import FrameType

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection

from abdi.platform import durability


def work(words: list[str]) -> int:
    """Carry deliveries and run jobs until stopped."""
    parser = argparse.ArgumentParser(prog="abdi work")
    parser.add_argument("--once", action="store_true", help="end when nothing is left to do")
    parser.add_argument("--job", help="run one job now and end")
    asked = parser.parse_args(words)
    from abdi.platform.jobs import JOBS, run_due_jobs
    from abdi.platform.jobs import work as go

    if asked.job:
        if asked.job not in JOBS:
            print(f"No job {asked.job}; there are: {', '.join(sorted(JOBS))}", file=sys.stderr)
            return 2
        return 0 if run_due_jobs(only=asked.job) else 1
    if problems := durability.weaknesses():
        print("\n".join(problems), file=sys.stderr)
        return 1
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    go(stop, once=asked.once)
    return 0


def serve(words: list[str]) -> int:
    """Serve the program after its start-up checks."""
    parser = argparse.ArgumentParser(prog="abdi serve")
    parser.add_argument("--with-work", action="store_true", help="start the worker beside it")
    parser.add_argument("--host", default="127.0.0.1")
    asked = parser.parse_args(words)
    problems = [found.msg for found in run_checks(tags=["access"]) if found.is_serious()]
    problems += durability.weaknesses()
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    if not port_is_free(asked.host, settings.PORT):
        print(f"Port {settings.PORT} is taken; choose another one with PORT=8001.", file=sys.stderr)
        return 1
    worker = _start_worker() if asked.with_work else None
    try:
        return _granian(asked.host)
    finally:
        connection.close()
        if worker is not None:
            worker.terminate()
            worker.wait(timeout=20)


def port_is_free(host: str, port: int) -> bool:
    """Whether a server can listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "abdi.config.cli", "work"], env=os.environ.copy()
    )


def _granian(host: str) -> int:
    """SQLite: one process, four threads behind the gate; PostgreSQL: two of two threads."""
    embedded = connection.vendor == "sqlite"
    processes = settings.ABDI_PROCESSES or (1 if embedded else 2)
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(settings.PORT),
        "--workers",
        str(processes),
        "--blocking-threads",
        str(4 if embedded else 2),
        "--no-ws",
        "--log-level",
        "warning",
        "abdi.config.wsgi:application",
    ]
    server = subprocess.Popen(command)  # noqa: S603 - fixed words
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.terminate())
    return 0 if server.wait() in (0, -signal.SIGTERM, -signal.SIGINT, 143) else 1
