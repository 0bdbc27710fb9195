"""Pages of swaps: what waits, who fits a turn, the answers; wishes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.duty import actions, queries
from abdi.duty import swap_words as words
from abdi.duty.choices import SwapState
from abdi.duty.forms.swaps import PickForm, ReasonForm, WishForm
from abdi.duty.models import Shift, Swap
from abdi.duty.permissions import may_override
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Request, guard, own
from abdi.platform.once import once
from abdi.platform.pages import done, page


@own("swaps that wait for me, of my turns, or of those I decide for")
def swaps(request: Request) -> HttpResponse:
    """What waits for me, what I asked for, what is offered, what was."""
    context = {"found": queries.waiting_of(request.actor), "words": words, "now": clock.now()}
    return page(request, "duty/swaps.html", context)


# ------------------------------------------------------------------ asking


def _picked(form: PickForm, shift: Shift) -> tuple[Any, Shift | None]:
    """The person and his turn that were picked; 404 where either is unknown."""
    code, wanted_id = form.chosen()
    person = get_object_or_404(people.persons(), code=code)
    if wanted_id is None:
        return person, None
    wanted = get_object_or_404(
        Shift.objects.in_force().select_related("turn", "roster__unit"),
        pk=wanted_id,
        person=person,
        roster__unit__agency_id=shift.roster.unit.agency_id,
    )
    return person, wanted


def _fits_page(request: Request, shift: Shift, *, by_head: bool) -> HttpResponse:
    fits = queries.fits_of(shift)
    context = {
        "shift": shift,
        "fits": fits,
        "by_head": by_head,
        "can_break": by_head and may_override(request.actor, shift.roster, shift.person),
        "words": words,
        "form": PickForm(),
    }
    return page(request, "duty/swap.html", context)


@guard("duty.swap", "create")
@once
def ask(request: Request, pk: int) -> HttpResponse:
    """Who fits a turn of mine; asking one of them, or all."""
    shift = get_object_or_404(queries.givable_shifts(request.actor), pk=pk)
    if request.method != "POST":
        return _fits_page(request, shift, by_head=False)
    form = PickForm(request.POST)
    if not form.is_valid():
        raise Http404
    note = form.cleaned_data["note"]
    if form.is_for_all:
        actions.ask_swap(shift, by=request.actor, note=note)
    else:
        taker, wanted = _picked(form, shift)
        actions.ask_swap(shift, by=request.actor, taker=taker, wanted=wanted, note=note)
    return done(
        request, reverse("duty:mine"), _("Asked. You are told as soon as there is an answer.")
    )


@guard("duty.swap", "approve")
@once
def choose(request: Request, pk: int) -> HttpResponse:
    """The commander looks for somebody for a turn, and swaps for both."""
    shift = get_object_or_404(queries.arrangeable_shifts(request.actor), pk=pk)
    if request.method != "POST":
        return _fits_page(request, shift, by_head=True)
    form = PickForm(request.POST)
    if not form.is_valid() or form.is_for_all:
        raise Http404
    taker, wanted = _picked(form, shift)
    actions.arrange_swap(
        shift,
        taker,
        by=request.actor,
        wanted=wanted,
        reason=form.cleaned_data["note"],
        break_rule=form.breaks_rule,
    )
    return done(request, reverse("duty:swaps"), _("Done. Both are told."))


# ------------------------------------------------------------------ answering


def _back(request: Request, message: str) -> HttpResponse:
    return done(request, reverse("duty:swaps"), message)


def _answerable(request: Request, pk: int) -> Swap:
    return get_object_or_404(queries.answerable_swaps(request.actor), pk=pk)


def _decidable(request: Request, pk: int) -> Swap:
    return get_object_or_404(queries.decidable_swaps(request.actor), pk=pk)


@guard("duty.swap", "create")
@require_POST
@once
def agree(request: Request, pk: int) -> HttpResponse:
    """I agree to what a colleague asked."""
    swap = actions.agree_to_swap(_answerable(request, pk), by=request.actor)
    if swap.state == SwapState.DONE:
        return _back(request, _("The turns have changed hands."))
    return _back(request, _("Agreed. The commander decides."))


@guard("duty.swap", "create")
@require_POST
@once
def take(request: Request, pk: int) -> HttpResponse:
    """I take an offered turn over at once."""
    actions.take_swap_now(_answerable(request, pk), by=request.actor)
    return _back(request, _("The turn is yours now."))


@guard("duty.swap", "create")
@require_POST
@once
def refuse(request: Request, pk: int) -> HttpResponse:
    """I say no to what a colleague asked of me."""
    actions.refuse_swap(_answerable(request, pk), by=request.actor)
    return _back(request, _("Refused. Nothing changes."))


@guard("duty.swap", "create")
@require_POST
@once
def withdraw(request: Request, pk: int) -> HttpResponse:
    """I take my swap back."""
    swap = get_object_or_404(queries.own_swaps(request.actor), pk=pk)
    actions.withdraw_swap(swap, by=request.actor)
    return _back(request, _("Withdrawn. The turn stays yours."))


@guard("duty.swap", "approve")
@require_POST
@once
def approve(request: Request, pk: int) -> HttpResponse:
    """The commander approves what both agreed on."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Http404
    seen = form.cleaned_data["version"]
    reason = form.cleaned_data["override_reason"]
    actions.approve_swap(
        _decidable(request, pk), by=request.actor, override_reason=reason, seen=seen
    )
    return _back(request, _("Approved. Roster and calendars are changed, both are told."))


@guard("duty.swap", "approve")
@require_POST
@once
def reject(request: Request, pk: int) -> HttpResponse:
    """The commander says no."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Http404
    reason = form.cleaned_data["override_reason"]
    actions.refuse_swap(_decidable(request, pk), by=request.actor, reason=reason)
    return _back(request, _("Refused. Nothing changes."))


# ------------------------------------------------------------------ wishes


@guard("duty.swap", "create")
@require_POST
@once
def wish(request: Request) -> HttpResponse:
    """I wish for a day."""
    person = get_object_or_404(people.persons(), pk=request.actor.person_id)
    form = WishForm(request.POST, letters=queries.letters_of(request.actor))
    if not form.is_valid():
        return page(request, "duty/wish.html", {"form": form}, status=422)
    made = actions.make_wish(person, by=request.actor, **form.cleaned_data)
    said = _("Your wish is noted.")
    if replaced := queries.replaced_by(made):
        kinds = ", ".join(words.wish_words(one) for one in replaced)
        said += " " + _("It replaces your earlier wish for that day: %(wish)s.") % {"wish": kinds}
    return done(request, reverse("duty:mine") + "#keinginan", said)


@guard("duty.swap", "create")
@require_POST
@once
def unwish(request: Request, pk: int) -> HttpResponse:
    """I take a wish back."""
    row = get_object_or_404(queries.my_wishes(request.actor), pk=pk)
    actions.withdraw_wish(row, by=request.actor)
    return done(request, reverse("duty:mine") + "#keinginan", _("Your wish is withdrawn."))
