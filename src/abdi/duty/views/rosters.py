"""Pages of duty: the week, one's own turns, who stands now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.duty import actions, queries, saying, swap_words
from abdi.duty.forms.rosters import ChangeReasonForm, DraftForm, PlaceForm, WeekForm
from abdi.duty.forms.swaps import WishForm
from abdi.duty.models import Shift, Turn
from abdi.duty.permissions import may_change
from abdi.duty.queries.calls import recent_calls
from abdi.duty.queries.feeds import feed_of_person
from abdi.duty.views.orders import paper_of
from abdi.duty.wording import day_heads, finding, lead
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Request, guard, own
from abdi.platform.norms import norms
from abdi.platform.once import once
from abdi.platform.pages import done, page

WEEKS_OF_MINE = timedelta(weeks=4)


def _address(monday: object, unit_id: int | None = None, turn_id: int | None = None) -> str:
    place = f"{reverse('duty:week')}?pekan={monday}"
    place += f"&unit={unit_id}" if unit_id else ""
    return place + (f"&giliran={turn_id}#giliran" if turn_id else "")


@guard("duty.roster", "view")
def week(request: Request) -> HttpResponse:
    """The rosters of a week: what is open, who stands when, who stands now."""
    monday, unit_id, turn_id = WeekForm(request.GET).chosen()
    now = clock.now()
    found = queries.week_of(request.actor, monday, now, unit_id)
    if unit_id is not None and unit_id not in found.units:
        unit_id = None
    plannable = queries.plannable_units(request.actor)
    turn = _turn(request, turn_id) if turn_id else None
    context = {
        "week": found,
        "now": clock.local(now),
        "unit_id": unit_id,
        "title": finding(found, bool(plannable)),
        "lead": lead(found),
        "days": day_heads(found),
        "plannable": plannable,
        "fillable": _fillable(found, plannable, unit_id),
        "mendable": _mendable(found, plannable),
        "torn": _torn(found, plannable),
        "month_url": f"{reverse('duty:month')}?bulan={monday:%Y-%m}"
        + (f"&unit={unit_id}" if unit_id else ""),
        "before": _address(monday - timedelta(days=7), unit_id),
        "after": _address(monday + timedelta(days=7), unit_id),
        "address": _address,
        "papers": paper_of(request, found, unit_id, plannable),
        "turn": _chosen(request, turn) if turn else None,
        "swaps": queries.to_decide(request.actor),
        "swap_words": swap_words,
    }
    return page(request, "duty/week.html", context)


def _turn(request: Request, turn_id: int) -> Turn:
    return get_object_or_404(queries.visible_turns(request.actor), pk=turn_id)


def _fillable(
    found: queries.Week, plannable: list[tuple[int, str]], unit_id: int | None
) -> tuple[int, str] | None:
    """The unit whose week the main button fills: one without roster, or with open turns."""
    short = {line.unit_id for line in found.lines if any(one.missing for one in line.blocks)}
    for key, name in plannable:
        wanted = key not in found.units or key in short or (found.short and key == unit_id)
        if wanted and unit_id in (None, key):
            return key, name
    return None


def _torn(found: queries.Week, plannable: list[tuple[int, str]]) -> list[Shift]:
    """Turns of rosters in force whose people cannot come any more, for who may mend them."""
    own = dict(plannable)
    mine = [one.pk for one in found.rosters if one.unit_id in own and one.is_published]
    return queries.torn_shifts(mine) if mine else []


def _mendable(found: queries.Week, plannable: list[tuple[int, str]]) -> int | None:
    """The unit whose first open turn of a roster in force the program could fill."""
    if not found.short or found.last_on < clock.today():
        return None
    first = found.short[0]
    for roster in found.rosters:
        is_own = roster.unit_id in dict(plannable) and roster.is_published
        if is_own and first.turn_id in found.turn_ids.get(roster.pk, ()):
            return roster.unit_id
    return None


def _chosen(request: Request, turn: Turn, form: PlaceForm | None = None) -> dict[str, Any]:
    """The panel of one turn: who stands it, and for those who plan, who could."""
    changes = may_change(request.actor, turn.roster) and turn.ends_at > clock.now()
    weighing = queries.weighing_of(turn) if changes and turn.missing else None
    shifts = queries.visible_shifts(request.actor).filter(turn=turn).order_by("is_standby", "id")
    return {
        "turn": turn,
        "shifts": list(shifts),
        "changes": changes,
        "proposed": saying.proposals(weighing) if weighing else [],
        "stretchable": saying.stretchable(weighing) if weighing else [],
        "needs_reason": changes and queries.is_frozen(turn),
        "form": form or PlaceForm(),
    }


@own("one's own turns")
def mine(request: Request) -> HttpResponse:
    """My turns of the coming weeks."""
    now = clock.now()
    person_id = request.actor.person_id
    shifts = (
        list(queries.shifts_of(person_id, now, now + WEEKS_OF_MINE))
        if person_id is not None
        else []
    )
    current = next((one for one in shifts if one.starts_at <= now), None)
    later = [one for one in shifts if one.starts_at > now]
    context = {
        "shifts": shifts,
        "current": current,
        "next": next(iter(later), None),
        "now": now,
        "feed": feed_of_person(person_id),
        "calls": recent_calls(person_id, now),
        "swaps": queries.open_swaps_of(request.actor),
        "wishes": list(queries.my_wishes(request.actor)),
        "wish_form": WishForm(letters=queries.letters_of(request.actor)),
        "wish_limits": norms("duty", on=clock.today())["wish_limits"],
    }
    return page(request, "duty/mine.html", context)


@guard("duty.roster", "view")
def on_duty(request: Request) -> HttpResponse:
    """Who stands at this moment, by unit."""
    now = clock.now()
    people_now = queries.on_duty(request.actor, now)
    return page(request, "duty/now.html", {"people": people_now, "now": now})


@guard("duty.roster", "create")
@require_POST
@once
def draft(request: Request) -> HttpResponse:
    """Lay out a unit's week and fill what is open."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        raise Http404
    unit = get_object_or_404(
        people.visible_units(SYSTEM),
        pk=form.cleaned_data["unit"],
        pk__in=[key for key, _name in queries.plannable_units(request.actor)],
    )
    monday = form.cleaned_data["pekan"]
    roster = actions.draft_roster(unit, by=request.actor, week_start_on=monday)
    left = queries.open_places(roster.pk)
    message = (
        _("Filled as far as the rules allow; %(count)s places are still open.") % {"count": left}
        if left
        else _("Every turn of this week has its people.")
    )
    return done(request, _address(monday, unit.pk), message)


@guard("duty.roster", "publish")
@require_POST
@once
def publish(request: Request, pk: int) -> HttpResponse:
    """Put a week's roster in force."""
    roster = get_object_or_404(queries.visible_rosters(request.actor), pk=pk)
    seen = request.POST.get("version", "")
    actions.publish(roster, by=request.actor, seen=int(seen) if seen.isdecimal() else None)
    address = _address(roster.week_start_on, roster.unit_id)
    return done(request, address, _("The roster is in force. Everybody in it will be reminded."))


@guard("duty.roster", "update")
@require_POST
@once
def place(request: Request, pk: int) -> HttpResponse:
    """Put a person of the agency on a turn."""
    turn = _turn(request, pk)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Http404
    crew = people.people_of_unit(turn.roster.unit.agency_id or turn.roster.unit_id)
    person = get_object_or_404(crew, code=form.cleaned_data["person"], left_on__isnull=True)
    actions.set_shift(
        turn,
        person,
        by=request.actor,
        is_standby=form.cleaned_data["is_standby"],
        override_reason=form.cleaned_data["override_reason"],
    )
    address = _address(turn.roster.week_start_on, turn.roster.unit_id)
    return done(request, address, _("%(name)s has this turn.") % {"name": person.display_name})


@guard("duty.roster", "update")
@require_POST
@once
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a person off a turn."""
    shift = get_object_or_404(queries.visible_shifts(request.actor), pk=pk)
    address = _address(shift.roster.week_start_on, shift.roster.unit_id, shift.turn_id)
    form = ChangeReasonForm(request.POST)
    form.is_valid()
    actions.remove_shift(shift, by=request.actor, reason=form.cleaned_data.get("reason", ""))
    return done(request, address, _("The turn is open again."))
