"""For tests with a real browser: what every page must hold, and ways to act like its readers.

A test takes `open_page` (tests/fixtures.py), `live_server` and `@pytest.mark.slow`:

    page = open_page(width=390)
    sign_in(page, live_server.url, actor)
    page.goto(live_server.url + "/antrean")
    holds_on_every_device(page)
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
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
AXE_WIDTHS = (390, 1280)
_NEEDED = "document.documentElement.scrollWidth"
_SMALL_TARGETS = """least =>
  [...document.querySelectorAll('a[href], button, input, select, summary')]
  .filter(e => e.offsetParent && !e.disabled && !e.closest('p, td, .note, .words'))
  .filter(e => !['hidden', 'radio', 'checkbox', 'file'].includes(e.type))
  .filter(e => { const b = e.getBoundingClientRect(); return b.height < least || b.width < least; })
  .map(e => e.outerHTML.slice(0, 120))"""


def until(page: Any, holds: str, *, seconds: float = 30) -> None:
    """Wait until an expression is true on the page; playwright's own wait needs eval, which our
    security headers forbid. Raises AssertionError."""
    for _turn in range(int(seconds * 20)):
        page.wait_for_load_state("domcontentloaded")
        if page.evaluate(f"!!({holds})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{page.url}: not within {seconds:g} s: {holds}")


def sign_in(page: Any, address: str, actor: Actor) -> None:
    """Give the browser the session of an actor's account."""
    client = sign_in_as(actor)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": address}]
    )


def use_theme(page: Any, theme: str) -> None:
    """Show the open page in `terang` or `gelap`, whatever the device says; the next ones too."""
    # A press that leads elsewhere returns while the next page has not a single element yet.
    page.wait_for_load_state("domcontentloaded")
    address = page.evaluate("location.origin")
    page.context.add_cookies([{"name": THEME_COOKIE, "value": theme, "url": address}])
    # As the theme's own buttons do it, at once; colours that fade would be read half-way.
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)


def axe(page: Any) -> list[str]:
    """What axe finds on the page as it stands: rule, number of places, the first place."""
    from axe_playwright_python.sync_playwright import Axe

    if not page.evaluate("'axe' in window"):  # half a megabyte: once a page
        page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(done => done.violations)")
    return [
        f"{rule['id']} ({len(rule['nodes'])}×): {rule['nodes'][0]['html'][:160]}" for rule in found
    ]


def no_sideways_scroll(page: Any, width: int) -> None:
    """Fail where the page is wider than a screen of `width` pixels."""
    page.wait_for_load_state("domcontentloaded")
    page.set_viewport_size({"width": width, "height": HEIGHT})
    needed = page.evaluate(_NEEDED)
    assert needed <= width, f"{page.url} needs {needed} px on a screen of {width} px"


def small_targets(page: Any, least: int = LEAST_TARGET) -> list[str]:
    """Controls that are smaller than `least` pixels, links inside sentences apart."""
    found: list[str] = page.evaluate(_SMALL_TARGETS, least)
    return found


def holds_on_every_device(page: Any, widths: Iterable[int] = WIDTHS) -> None:
    """No sideways scroll at any width; axe finds nothing in both themes on phone and desk."""
    wrong = list(what_breaks(page, widths))
    assert not wrong, "\n".join(wrong)


def what_breaks(page: Any, widths: Iterable[int] = WIDTHS) -> Iterator[str]:
    """All that keeps the open page from holding on every device, a line a fault."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for theme in THEMES:
            use_theme(page, theme)
            needed = page.evaluate(_NEEDED)
            if needed > width:
                yield f"{page.url} needs {needed} px on a screen of {width} px"
            if width in AXE_WIDTHS:
                yield from (f"{page.url} {theme} {width}: {found}" for found in axe(page))
    yield from (f"{page.url} is hard to hit: {found}" for found in small_targets(page))


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
