"""Where the browser for tests is. As a program: print its path; with --install, get one first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
REASON = (
    "No browser: install Chromium (on Debian: apt-get install chromium) "
    "or run `.venv/bin/playwright install chromium`."
)


def find() -> str | None:
    """The browser on the path, else the one Playwright installed, else nothing."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Debian's package where we are root there, else Playwright's own; a failure is not fatal."""
    attempts: list[list[str]] = []
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        attempts.append(["apt-get", "update", "-q"])
        attempts.append(["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"])
    else:
        attempts.append([sys.executable, "-m", "playwright", "install", "chromium"])
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for attempt in attempts:
        subprocess.run(
            attempt, env=quiet, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )


def main(arguments: list[str]) -> int:
    """Exit code 1 where there is none."""
    path = find()
    if path is None and "--install" in arguments:
        install()
        path = find()
    print(path or REASON)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
