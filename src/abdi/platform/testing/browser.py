"""For tests with a real browser: what every page must hold, and ways to act like its readers.

A test takes `open_page` (tests/fixtures.py), `live_server` and `@pytest.mark.slow`:

    page = open_page(width=390)
    sign_in(page, live_server.url, actor)
    page.goto(live_server.url + "/antrean")
    holds_on_every_device(page)
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from abdi.platform.access import Actor
from abdi.platform.pages.shell import THEME_COOKIE
from abdi.platform.testing.web import sign_in_as

WIDTHS = (320, 360, 390, 768, 1280)
THEMES = ("terang", "gelap")
HEIGHT = 900
LEAST_TARGET = 24
_SMALL_TARGETS = """least =>
  [...document.querySelectorAll('a[href], button, input, select, summary')]
  .filter(e => e.offsetParent && !e.disabled && !e.closest('p, td, .note, .words'))
  .filter(e => !['hidden', 'radio', 'checkbox', 'file'].includes(e.type))
  .filter(e => { const b = e.getBoundingClientRect(); return b.height < least || b.width < least; })
  .map(e => e.outerHTML.slice(0, 120))"""


def sign_in(page: Any, address: str, actor: Actor) -> None:
    """Give the browser the session of an actor's account."""
    client = sign_in_as(actor)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": address}]
    )


def use_theme(page: Any, theme: str) -> None:
    """Show the page in `terang` or `gelap`, whatever the device says."""
    address = page.evaluate("location.origin")
    page.context.add_cookies([{"name": THEME_COOKIE, "value": theme, "url": address}])
    page.reload()


def axe(page: Any) -> list[str]:
    """What axe finds on the page as it stands: rule, number of places, the first place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} ({len(rule['nodes'])}×): {rule['nodes'][0]['html'][:160]}" for rule in found
    ]


def no_sideways_scroll(page: Any, width: int) -> None:
    """Fail where the page is wider than a screen of `width` pixels."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    needed = page.evaluate("document.documentElement.scrollWidth")
    assert needed <= width, f"{page.url} needs {needed} px on a screen of {width} px"


def small_targets(page: Any, least: int = LEAST_TARGET) -> list[str]:
    """Controls that are smaller than `least` pixels, links inside sentences apart."""
    found: list[str] = page.evaluate(_SMALL_TARGETS, least)
    return found


def holds_on_every_device(page: Any, widths: Iterable[int] = WIDTHS) -> None:
    """No sideways scroll at any width; axe finds nothing in both themes on phone and desk."""
    for theme in THEMES:
        use_theme(page, theme)
        for width in widths:
            no_sideways_scroll(page, width)
            if width in (390, 1280):
                found = axe(page)
                assert not found, f"{page.url} {theme} {width}: {found}"
    found = small_targets(page)
    assert not found, f"{page.url}: {found}"


def holds_with_wide_text(page: Any, width: int = 320) -> None:
    """No sideways scroll when the reader spaces text out as WCAG 1.4.12 says; reload afterwards."""
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    no_sideways_scroll(page, width)


def shot(page: Any, name: str) -> Path:
    """A picture of the whole page, in the folder SHOTS names or in the data folder."""
    folder = Path(os.environ.get("SHOTS") or settings.ABDI_DATA_DIR / "shots")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.screenshot(path=str(path), full_page=True)
    return path


class Steps:
    """Counts what a practised reader does: presses, keys and fields filled.

    `steps = Steps(page); steps.press("text=Kirim"); assert steps.count <= 3`
    """

    def __init__(self, page: Any) -> None:
        self.page = page
        self.count = 0
        self.fields = 0

    def press(self, target: str) -> None:
        """Press a button, link or label."""
        self.page.locator(target).first.click()
        self.count += 1

    def key(self, name: str) -> None:
        """Press a key."""
        self.page.keyboard.press(name)
        self.count += 1

    def fill(self, target: str, text: str) -> None:
        """Type into a field."""
        self.page.locator(target).first.fill(text)
        self.count += 1
        self.fields += 1

    def photo(self, target: str, path: Path) -> None:
        """Take or choose a photo: one press."""
        self.page.locator(target).first.set_input_files(str(path))
        self.count += 1
