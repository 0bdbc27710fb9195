"""Take the README's pictures: shots.py [--only NAME]. It starts a demo of its own and stops it."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import chromium  # noqa: E402 - the folder of the repository has to be on the path first
from tests.demo import Demo, running_demo  # noqa: E402

PICTURES = ROOT / "docs/pictures"
PHONE, DESK = (390, 780), (1280, 860)


@dataclass(frozen=True)
class Shot:
    """One picture: its file, who looks, at which page, on what screen.

    `first_link` goes on to the first link there that begins so (and says `words`); `press` is a
    button that is pressed before the picture is taken.
    """

    name: str
    login: str
    path: str
    screen: tuple[int, int] = DESK
    dark: bool = False
    first_link: str = ""
    words: str = ""
    press: str = ""


SHOTS = (
    Shot("lapor", "", "/", PHONE),
    Shot("beranda", "atasan", "/beranda"),
    Shot("antrean", "dispatcher", "/antrean", first_link="/antrean", words="Lampu jalan mati"),
    Shot("tugas", "petugas", "/tugas", PHONE, first_link="/tugas/", press="Terima tugas"),
    Shot("piket", "komandan", "/piket"),
    Shot("penilaian-mandiri", "pegawai", "/kompetensi/nilai", PHONE),
    Shot("kesenjangan", "bkpsdm", "/kompetensi/peta"),
    Shot("beban", "organisasi", "/beban"),
    Shot("penilaian-tim", "atasan", "/tim/penilaian"),
    Shot("putaran", "organisasi", "/putaran/unit/pju"),
    Shot("dasbor", "walikota", "/dasbor", dark=True),
    Shot("kbk", "fasilitator", "/kbk", first_link="/kbk/"),
)


def take(browser: Any, demo: Demo, shot: Shot) -> str:
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
            demo.sign_in(page, shot.login)
        answer = page.goto(f"{demo.address}{shot.path}")
        if shot.first_link:
            links = page.locator(f"main a[href^='{shot.first_link}']").filter(has_text=shot.words)
            answer = page.goto(f"{demo.address}{links.first.get_attribute('href')}")
        if shot.press:
            page.get_by_role("button", name=shot.press).click()
        page.wait_for_load_state("networkidle")
        if answer is not None and answer.ok:
            page.screenshot(path=PICTURES / f"{shot.name}.png")
        status = answer.status if answer is not None else "no answer"
        return f"{page.url.removeprefix(demo.address)}: {status}"
    finally:
        context.close()


def main() -> int:
    """All pictures, or one; 1 where a page did not answer well."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(prog="dev.py shots")
    parser.add_argument("--only", choices=[shot.name for shot in SHOTS])
    asked = parser.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    chosen = [shot for shot in SHOTS if asked.only in (None, shot.name)]
    with running_demo() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        told = [take(browser, demo, shot) for shot in chosen]
        browser.close()
    print("\n".join(told))
    return 0 if all(line.endswith(": 200") for line in told) else 1


if __name__ == "__main__":
    sys.exit(main())
