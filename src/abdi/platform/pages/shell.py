"""What stands around every page: who reads, in which language and theme, with which menu."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from abdi.platform import clock, consoles
from abdi.platform.pages.menu import Entry, Places, places_for

THEME_COOKIE: Final = "abdi_tampilan"
THEMES: Final = ("terang", "gelap")
DAWN: Final = 6
DUSK: Final = 18
ACCENTS: Final = ("teal", "slate", "plum", "brown")


class Top(NamedTuple):
    """All that the bar on top depends on, holes and language apart."""

    lang: str
    theme: str
    institution_name: str
    is_signed_in: bool
    name: str
    acting: str
    notices: int
    home: str
    console: str = ""


class Frame(NamedTuple):
    """All that the frame around a list depends on, bar on top and language apart."""

    institution_id: int | None
    institution_name: str
    lang: str
    theme: str
    accent: str
    places: Places


@dataclass(frozen=True)
class Shell:
    """The frame of one page, worked out only as far as the page asks."""

    request: HttpRequest | None

    @property
    def actor(self) -> Any:
        """Who is signed in, or None for citizens and visitors."""
        actor = getattr(self.request, "actor", None)
        return actor if actor is not None and actor.is_signed_in else None

    @property
    def acting(self) -> str:
        """`as Plt …` for somebody who acts in another's place; empty for everybody else."""
        kind, what = getattr(self.actor, "acting", None), getattr(self.actor, "acting_as", "")
        if not kind:
            return ""
        return _("You act as %(kind)s %(what)s.") % {"kind": kind.capitalize(), "what": what}

    @property
    def roles(self) -> frozenset[str]:
        """The roles of the reader; none at a duty PC where nobody has stepped in."""
        if getattr(getattr(self.request, "actor", None), "console_id", None) is not None:
            return frozenset()
        held = frozenset(getattr(self.actor, "roles", ()))
        return held - {"citizen"} or frozenset({"citizen"})

    @cached_property
    def places(self) -> Places:
        """The left menu in short: what its part is kept for."""
        path = getattr(self.request, "path", "")
        return places_for(self.roles, path, getattr(self.request, "menu_counts", None))

    @property
    def menu(self) -> list[Entry]:
        """The left menu."""
        return self.places.menu

    @property
    def top(self) -> Top:
        """What the bar on top shows: what its part is kept for."""
        actor, menu = self.actor, self.menu
        return Top(
            self.lang,
            self.theme,
            self.institution_name,
            actor is not None,
            str(getattr(actor, "name", "")),
            self.acting,
            self.notices,
            menu[0].path if menu else "/",
            self.console.name if self.console else "",
        )

    @cached_property
    def console(self) -> consoles.Machine | None:
        """The shared duty PC this page is shown at, or None."""
        return consoles.machine_of(self.request) if self.request is not None else None

    @property
    def lock(self) -> dict[str, str]:
        """What the page needs at a shared PC: seconds until the lock, whose drafts are his."""
        return consoles.lock_words(self.request) if self.console and self.request else {}

    @property
    def still(self) -> Frame:
        """What the rest of the frame shows: what pages of lists are kept for."""
        return Frame(
            getattr(self.institution, "pk", None),
            self.institution_name,
            self.lang,
            self.theme,
            self.accent,
            self.places,
        )

    @property
    def theme(self) -> str:
        """`terang`, `gelap` or nothing: then the page follows the device."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "") if self.request else ""
        return chosen if chosen in THEMES else ""

    @property
    def is_night(self) -> bool:
        """Between 18.00 and 06.00 on the institution's clock."""
        return not DAWN <= clock.local(clock.now()).hour < DUSK

    @property
    def accent(self) -> str:
        """The hue the institution chose among four; nothing for the first."""
        chosen = getattr(self.institution, "accent", "") or ""
        return chosen if chosen in ACCENTS[1:] else ""

    @property
    def lang(self) -> str:
        """`id` or `en`."""
        return (get_language() or "id").split("-")[0]

    @cached_property
    def institution(self) -> Any:
        """The institution at work, or None where none is set."""
        return getattr(self.request, "institution", None)

    @property
    def institution_name(self) -> str:
        """The name beside the mark."""
        return str(getattr(self.institution, "name", ""))

    @property
    def notices(self) -> int:
        """Unread notices of the reader."""
        return int(getattr(self.request, "notice_count", 0) or 0)

    @property
    def zone(self) -> str:
        """The name of the institution's time zone, for scripts: `Asia/Jakarta`."""
        return str(clock.zone())


def shell(request: HttpRequest | None = None) -> Shell:
    """The frame for a request; kept on it, so that the menu is worked out once."""
    if request is None:
        return Shell(None)
    kept: Shell | None = getattr(request, "_abdi_shell", None)
    if kept is None:
        kept = Shell(request)
        request._abdi_shell = kept  # type: ignore[attr-defined]
    return kept
