"""Who is told of a swap, in Indonesian and in whole sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from abdi.duty import swap_words as words
from abdi.duty.choices import LapseCause
from abdi.duty.models import Swap
from abdi.people import queries as people
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.notices.telling import tell

if TYPE_CHECKING:
    from abdi.people.models import Person

MAIL: Final = "duty/mail/swap.txt"
LANGUAGE: Final = "id"
MOST_TOLD: Final = 60


def heads_of(swap: Swap) -> list[Person]:
    """Who decides swaps at a unit's agency today: its duty commanders, at most five."""
    grants = people.visible_grants(SYSTEM, "duty_commander").exclude(confirmed_by="")
    grants = grants.filter(Q(agency_id=swap.unit.agency_id) | Q(agency__isnull=True))
    found = {
        grant.account.person_id: grant.account.person
        for grant in grants[:5]
        if grant.account.person is not None
    }
    return list(found.values())


def _tell(
    swap: Swap,
    receivers: Iterable[Person | None],
    by: Actor,
    step: str,
    say: Callable[[], tuple[str, Sequence[str]]],
) -> None:
    with translation.override(LANGUAGE):
        subject, lines = say()
        data = {"lines": lines, "path": reverse("duty:swaps")}
        for person in receivers:
            if person is None or person.pk == by.person_id:
                continue
            key = f"{swap.ref}:{step}:{person.pk}"
            tell(person, subject, MAIL, data, about=swap, by=by, key=key)


def tell_asked(swap: Swap, receivers: Sequence[Person], by: Actor) -> None:
    """Those who may take the turn hear of it."""

    def say() -> tuple[str, Sequence[str]]:
        giver = swap.giver.display_name
        line = (
            _("%(name)s offers you a swap: %(what)s.")
            if swap.is_exchange
            else _("%(name)s asks you to take over: %(what)s.")
        )
        lines = [line % {"name": giver, "what": words.swap_words(swap)}]
        if swap.note:
            lines.append(swap.note)
        return _("A colleague asks you about a turn"), lines

    _tell(swap, receivers[:MOST_TOLD], by, "asked", say)


def tell_agreed(swap: Swap, by: Actor) -> None:
    """The one who asked, and the commanders who decide."""

    def say() -> tuple[str, Sequence[str]]:
        line = _("Both agreed on %(what)s. The commander decides.")
        return _("A swap was agreed"), [line % {"what": words.swap_words(swap)}]

    def ask() -> tuple[str, Sequence[str]]:
        line = _("%(two)s: both agreed on %(what)s. Please decide.")
        data = {"two": words.two_words(swap), "what": words.swap_words(swap)}
        return _("A swap of turns waits for you"), [line % data]

    _tell(swap, [swap.giver], by, "agreed", say)
    _tell(swap, heads_of(swap), by, "decide", ask)


def tell_done(swap: Swap, by: Actor, *, heads: bool) -> None:
    """Both hear that the turns changed hands; the commanders where they had no say in it."""

    def say() -> tuple[str, Sequence[str]]:
        data = {"two": words.two_words(swap), "what": words.swap_words(swap)}
        lines = [_("%(two)s: %(what)s. The roster is changed.") % data]
        if swap.reason:
            lines.append(_("Reason: %(reason)s") % {"reason": swap.reason})
        return _("A turn of yours changed hands"), lines

    def inform() -> tuple[str, Sequence[str]]:
        line = _("%(two)s: %(what)s. Taken over at once, the rules of rest are kept.")
        data = {"two": words.two_words(swap), "what": words.swap_words(swap)}
        return _("A turn was taken over at once"), [line % data]

    _tell(swap, [swap.giver, swap.taker], by, "done", say)
    if heads:
        _tell(swap, heads_of(swap), by, "done", inform)


def tell_refused(swap: Swap, by: Actor) -> None:
    """The one who asked, and the other one where he had agreed already."""

    def say() -> tuple[str, Sequence[str]]:
        lines = [_("The swap was refused: %(what)s.") % {"what": words.swap_words(swap)}]
        if swap.reason:
            lines.append(_("Reason: %(reason)s") % {"reason": swap.reason})
        lines.append(_("The turn stays as it is. You can ask somebody else."))
        return _("A swap was refused"), lines

    _tell(swap, [swap.giver, swap.taker if swap.agreed_at else None], by, "refused", say)


def tell_withdrawn(swap: Swap, by: Actor) -> None:
    """The one who was asked need not answer any more."""

    def say() -> tuple[str, Sequence[str]]:
        line = _("%(name)s no longer wants to swap %(what)s.")
        data = {"name": swap.giver.display_name, "what": words.swap_words(swap)}
        return _("A swap was withdrawn"), [line % data]

    _tell(swap, [swap.taker], by, "withdrawn", say)


def tell_lapsed(swap: Swap, by: Actor) -> None:
    """Both hear why, the one who asked also what he can do now."""

    def what() -> str:
        line = _("The swap ended by itself: %(what)s.") % {"what": words.swap_words(swap)}
        return f"{line} {words.lapse_words(swap)}"

    def other() -> tuple[str, Sequence[str]]:
        return _("A swap ended by itself"), [what()]

    def giver() -> tuple[str, Sequence[str]]:
        still = swap.lapse in (LapseCause.UNANSWERED, LapseCause.UNDECIDED)
        advice = (
            _("The turn is still yours. Offer it to everybody who fits, or call the commander.")
            if still
            else _("Look at your turns; ask anew where it is still needed.")
        )
        return _("A swap ended by itself"), [what(), advice]

    _tell(swap, [swap.giver], by, "lapsed", giver)
    _tell(swap, [swap.taker], by, "lapsed", other)
