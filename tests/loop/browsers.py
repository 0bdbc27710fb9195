"""People at their browsers: pages opened, forms filled in and sent, as a reader does it."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from PIL import Image

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.jobs import run_due_jobs
from abdi.platform.journal import deliver_due, seal_new_entries
from abdi.platform.testing.browser import sign_in

DESK, PHONE = 1280, 390
_shades = itertools.count(1)
LAMP = {"latitude": -7.6298, "longitude": 111.5239}
"""Where the dead street light stands."""


def a_photo() -> dict[str, Any]:
    """A small picture as a phone would send it; no two are alike."""
    target = io.BytesIO()
    Image.new("RGB", (640, 480), (next(_shades) * 8 % 256, 90, 160)).save(target, "JPEG")
    return {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


class Street:
    """The address of the program, the clock on its wall, and the worker behind it."""

    def __init__(self, open_page: Callable[..., Any], address: str, moment: datetime) -> None:
        self.open_page = open_page
        self.address = address
        self.days = 0
        self._clock = ExitStack()
        self.wait_until(moment)

    def wait_until(self, moment: datetime) -> None:
        """Time passes: jobs fall due, sessions end, people sign in again."""
        self._clock.close()
        self._clock.enter_context(clock.at(moment))
        self.days += 1
        run_due_jobs()
        self.work()

    def wait(self, hours: int) -> None:
        """Some hours pass."""
        self.wait_until(clock.now() + timedelta(hours=hours))

    def leave(self) -> None:
        """The clock of the machine runs again."""
        self._clock.close()

    @staticmethod
    def work() -> None:
        """What the worker does between two clicks: every reaction, then the seal."""
        while deliver_due():
            pass
        seal_new_entries()


class Reader:
    """Somebody at a browser of his own; without actor a citizen with a phone."""

    def __init__(self, street: Street, actor: Actor | None = None, width: int = DESK) -> None:
        self.street = street
        self.actor = actor
        self.width = width
        self._page: Any = None
        self._day = 0

    @property
    def page(self) -> Any:
        """His browser, signed in for the day."""
        if self._page is None:
            self._page = self.street.open_page(
                width=self.width, geolocation=LAMP, permissions=["geolocation"]
            )
        if self.actor is not None and self._day != self.street.days:
            sign_in(self._page, self.street.address, self.actor)
            self._day = self.street.days
        return self._page

    def opens(self, path: str) -> str:
        """Go to an address; the words on the page. Fails where the page refuses."""
        answer = self.page.goto(path if "://" in path else self.street.address + path)
        assert answer.ok, f"{path}: {answer.status}\n{self.words[:600]}"
        return self.words

    @property
    def words(self) -> str:
        """What the page says."""
        found: str = self._page.locator("body").inner_text()
        return found

    @property
    def path(self) -> str:
        """Where he is."""
        address: str = self.page.url
        return address.removeprefix(self.street.address)

    def follows(self, link: str, name: str = "") -> str:
        """Press a link by (part of) its address, and its words where several lead there."""
        found = self.page.locator(f"main a[href*='{link}']", has_text=name or None)
        return self.presses(found.first)

    def sends(self, action: str, button: str = "button[type=submit]", **given: Any) -> str:
        """Fill in the form that leads to an action and send it; the words of the answer."""
        form = self.page.locator(f"form[action*='{action}']").filter(has=self.page.locator(button))
        assert form.count(), f"{self.page.url} has no form for {action}\n{self.words[:600]}"
        for name, value in given.items():
            self._fills(form.first, name, value)
        return self.presses(form.first.locator(button).last)

    def _fills(self, form: Any, name: str, value: Any) -> None:
        field = form.locator(f"[name='{name}']")
        kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            field.select_option(value)
        elif kind in ("radio", "checkbox"):
            form.locator(f"[name='{name}'][value='{value}']").check(force=True)
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.first.evaluate("e => e.closest('details')?.setAttribute('open', '')")
            field.first.fill(str(value))

    def presses(self, target: Any) -> str:
        """Press something that leads to another page; the words there. Fails where it refuses."""
        target.evaluate("e => e.closest('details')?.setAttribute('open', '')")
        with self.page.expect_navigation() as gone:
            target.click()
        answer = gone.value
        assert answer is None or answer.ok, f"{self.page.url}: {answer.status}\n{self.words[:900]}"
        return self.words
