"""Take the README's pictures: shots.py [--only NAME]. It starts a demo of its own and stops it."""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "docs/pictures"
PATIENCE_SECONDS = 300
PHONE, DESK = (390, 780), (1280, 860)


@dataclass(frozen=True)
class Shot:
    """One picture: its file, who looks, at which page (or the first link on it), on what screen."""

    name: str
    login: str
    path: str
    screen: tuple[int, int] = DESK
    dark: bool = False
    first_link: str = ""


SHOTS = (
    Shot("lapor", "", "/lapor", PHONE),
    Shot("beranda", "atasan", "/beranda"),
    Shot("antrean", "dispatcher", "/antrean"),
    Shot("tugas", "petugas", "/tugas", PHONE, first_link="/tugas/"),
    Shot("piket", "komandan", "/piket"),
    Shot("penilaian-mandiri", "pegawai", "/kompetensi/nilai", PHONE),
    Shot("kesenjangan", "bkpsdm", "/kompetensi/peta"),
    Shot("beban", "organisasi", "/beban"),
    Shot("penilaian-tim", "atasan", "/tim/penilaian"),
    Shot("putaran", "walikota", "/dasbor", first_link="/putaran/"),
    Shot("dasbor", "walikota", "/dasbor", dark=True),
    Shot("kbk", "fasilitator", "/kbk", first_link="/kbk/"),
)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_demo(folder: str) -> tuple[subprocess.Popen[bytes], str]:
    """A demo of its own, ready to answer."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "PORT": str(port), "ABDI_DATA_DIR": folder}
    abdi = Path(sys.executable).with_name("abdi")
    server = subprocess.Popen([str(abdi), "demo"], env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/health/ready", timeout=5)  # noqa: S310 - loopback
            return server, address
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    server.terminate()
    raise SystemExit("The demo did not start; run `python3 dev.py demo` to see why.")


def password() -> str:
    """The one password of the invented accounts."""
    source = (ROOT / "src/abdi/config/demo.py").read_text(encoding="utf-8")
    found = re.search(r'^PASSWORD = "(.+?)"', source, re.MULTILINE)
    if found is None:
        raise SystemExit("config/demo.py names no PASSWORD.")
    return found[1]


def sign_in(page: Any, address: str, login: str) -> None:
    """As a person would."""
    page.goto(f"{address}/masuk")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password())
    page.click("main button[type=submit], main form button")
    page.wait_for_load_state("networkidle")


def take(browser: Any, address: str, shot: Shot) -> str:
    """One picture; says what the page answered."""
    width, height = shot.screen
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if shot.screen == PHONE else 1,
        color_scheme="dark" if shot.dark else "light",
        locale="id-ID",
        timezone_id="Asia/Jakarta",
    )
    try:
        page = context.new_page()
        if shot.login:
            sign_in(page, address, shot.login)
        answer = page.goto(f"{address}{shot.path}")
        link = page.locator(f"main a[href^='{shot.first_link}']") if shot.first_link else None
        if link is not None and link.count():
            answer = page.goto(f"{address}{link.first.get_attribute('href')}")
        page.wait_for_load_state("networkidle")
        if answer is not None and answer.ok:
            page.screenshot(path=PICTURES / f"{shot.name}.png")
        return f"{page.url.removeprefix(address)}: {answer.status if answer else 'no answer'}"
    finally:
        context.close()


def main() -> int:
    """All pictures, or one; 1 where a page did not answer well."""
    from playwright.sync_api import sync_playwright

    from tests import chromium

    parser = argparse.ArgumentParser(prog="dev.py shots")
    parser.add_argument("--only", choices=[shot.name for shot in SHOTS])
    asked = parser.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="abdi-shots-") as folder:
        server, address = start_demo(folder)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium.find(), args=list(chromium.FLAGS)
                )
                chosen = [shot for shot in SHOTS if asked.only in (None, shot.name)]
                told = [take(browser, address, shot) for shot in chosen]
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=30)
    print("\n".join(told))
    return 0 if all(line.endswith(": 200") for line in told) else 1


if __name__ == "__main__":
    sys.exit(main())
