"""Swaps in the list of what waits for a person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.duty import swap_words as words
from abdi.duty.choices import SwapState
from abdi.duty.models import Swap
from abdi.platform.access import Actor
from abdi.platform.pages.todo import ToDo


def swaps_to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """What was asked of a person, and what waits for his decision; one query."""
    me = actor.person_id
    decides = actor.reach("duty.swap", "approve")
    waits = Q(state=SwapState.AGREED) | Q(state=SwapState.OPEN, taker__isnull=True)
    if not decides.all:
        waits &= Q(unit__agency_id__in=decides.agency_ids)
    rows = Swap.objects.open().filter(
        Q(state=SwapState.OPEN, taker_id=me or 0) | waits, starts_at__gt=at
    )
    rows = rows.select_related("giver", "taker").order_by("answer_by", "id")
    found = [one for one in rows[:50] if one.giver_id != me]
    asked = [one for one in found if one.taker_id == me and one.state == SwapState.OPEN]
    judged = [one for one in found if one.taker_id != me]
    return [*(_asked(one) for one in asked), *_judged(judged)]


def _asked(swap: Swap) -> ToDo:
    return ToDo(
        icon="cal",
        title=_("A colleague asks you to swap a turn"),
        reason=_("%(two)s: %(what)s.")
        % {"two": words.two_words(swap), "what": words.swap_words(swap)},
        url=reverse("duty:swaps"),
        button=_("Answer"),
        due_at=swap.answer_by,
        tone="amber",
    )


def _judged(swaps: list[Swap]) -> list[ToDo]:
    if not swaps:
        return []
    first = swaps[0]
    title = ngettext(
        "One swap of turns waits for your decision",
        "%(num)d swaps of turns wait for your decision",
        len(swaps),
    ) % {"num": len(swaps)}
    return [
        ToDo(
            icon="cal",
            title=title,
            reason=_("%(two)s: %(what)s.")
            % {"two": words.two_words(first), "what": words.swap_words(first)},
            url=reverse("duty:swaps"),
            button=_("Decide"),
            due_at=first.starts_at,
            tone="amber",
        )
    ]
