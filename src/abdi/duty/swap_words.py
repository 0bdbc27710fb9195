"""Swaps in words: a turn, the two, what it does to each, why one ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from babel.dates import format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from abdi.duty.choices import LapseCause, SwapKind, SwapState, WishKind
from abdi.duty.models import Shift, Swap, Wish
from abdi.duty.rules import Effect
from abdi.platform import clock
from abdi.platform.labels import label


def turn_words(name: str, start: datetime, end: datetime) -> str:
    """`night, Thu 5 Mar, 18.00–06.00`, in the reader's language and zone."""
    day = format_date(clock.local(start).date(), "EEE d MMM", locale=get_language() or "id")
    return f"{name.lower()}, {day}, {clock.local(start):%H.%M}–{clock.local(end):%H.%M}"


def shift_words(shift: Shift) -> str:
    """The turn of a shift."""
    return turn_words(shift.turn.name, shift.starts_at, shift.ends_at)


def given_words(swap: Swap) -> str:
    """The turn that is given away, as it was when asked."""
    return turn_words(swap.name, swap.starts_at, swap.ends_at)


def wanted_words(swap: Swap) -> str:
    """The turn wanted in return; empty where none is."""
    if swap.wanted_starts_at is None or swap.wanted_ends_at is None:
        return ""
    return turn_words(swap.wanted_name, swap.wanted_starts_at, swap.wanted_ends_at)


def swap_words(swap: Swap) -> str:
    """What would change hands: one turn, or one for another."""
    if swap.is_exchange:
        return _("%(given)s for %(wanted)s") % {
            "given": given_words(swap),
            "wanted": wanted_words(swap),
        }
    return given_words(swap)


def two_words(swap: Swap) -> str:
    """The two people of a swap, or who looks for somebody."""
    giver = swap.giver.display_name
    if swap.taker is None:
        return _("%(name)s looks for somebody to take over") % {"name": giver}
    sign = "↔" if swap.is_exchange else "→"
    return f"{giver} {sign} {swap.taker.display_name}"


def effect_words(effect: Effect) -> str:
    """What a turn does to a person, in one line: what speaks against it, rest, nights in a row."""
    parts = [label(problem) for problem in effect.problems]
    if effect.rest_minutes is None:
        parts.append(_("no other turn within a week"))
    else:
        hours = effect.rest_minutes // 60
        parts.append(
            ngettext("%(num)d hour of rest", "%(num)d hours of rest", hours) % {"num": hours}
        )
    if effect.nights:
        text = ngettext("a night", "%(num)d nights in a row", effect.nights)
        parts.append(text % {"num": effect.nights})
    return ", ".join(parts)


def problem_words(name: str, effects: Iterable[Effect]) -> str:
    """What speaks against a swap, for a sentence."""
    found = dict.fromkeys(label(problem) for effect in effects for problem in effect.problems)
    return f"{name}: {', '.join(found).lower()}"


def problems_of(effects: Iterable[Effect]) -> str:
    """What speaks against a swap, without a name."""
    return problem_words("", effects).removeprefix(": ")


def decided_words(swap: Swap, name: str) -> str:
    """That a swap is decided already, by whom and when."""
    if swap.ended_at is None:
        return ""
    at = clock.local(swap.ended_at)
    day = format_date(at.date(), "EEE d MMM", locale=get_language() or "id")
    said = {"name": name, "when": f"{day}, {at:%H.%M}"}
    if swap.state == SwapState.REFUSED:
        return _("%(name)s refused this swap already, %(when)s.") % said
    if swap.kind == SwapKind.TAKEN_NOW:
        return _("%(name)s took this turn over already, %(when)s.") % said
    if swap.kind == SwapKind.BY_HEAD:
        return _("%(name)s has arranged this swap already, %(when)s.") % said
    return _("%(name)s approved this swap already, %(when)s. Nothing is left to do.") % said


def sentence(text: str) -> str:
    """The text with a capital at its beginning; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def moved_words() -> str:
    """What is said of a swap whose turn is no longer as it was."""
    return label(LapseCause.MOVED)


def lapse_words(swap: Swap) -> str:
    """Why a swap ended by itself."""
    return label(LapseCause(swap.lapse)) if swap.lapse else ""


def wish_words(wish: Wish) -> str:
    """What somebody wishes for a day: to be free or on duty, and for which turn."""
    kind = str(label(WishKind(wish.kind))).lower()
    return (
        _("%(kind)s, turn %(letter)s") % {"kind": kind, "letter": wish.letter}
        if wish.letter
        else kind
    )
