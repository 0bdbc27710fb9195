"""Swaps: asked, agreed, decided, taken over, arranged; bound to the turn as it was."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from abdi.duty import actions, jobs, queries
from abdi.duty.choices import LapseCause, SwapKind, SwapState
from abdi.duty.events import ShiftRemoved, SwapDone
from abdi.duty.models import Shift
from abdi.duty.testing import a_crew, a_quiet_week
from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.people.testing import a_city, a_unit, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry, deliver_due
from abdi.platform.notices.telling import notices_for

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 3, 2)


def moment(day, hour=9):
    return datetime(2026, 3, day, hour, tzinfo=WIB)


class Squad:
    """A unit with four people: three stand a turn each, from Thursday night to Saturday."""

    def __init__(self, monday=MONDAY):
        self.city = a_city()
        self.unit = a_unit(self.city.agency, name="Regu Uji")
        self.dedi, self.bayu, self.eko, self.tono = a_crew(self.unit, 4)
        self.commander = self.city.commander
        start = datetime.combine(monday, time(0), WIB)
        hours = {self.dedi: 3 * 24 + 20, self.bayu: 5 * 24 + 9, self.eko: 4 * 24 + 9}
        stands = [(one, start + timedelta(hours=count)) for one, count in hours.items()]
        self.roster = a_quiet_week(self.unit, monday, stands)

    def shift(self, person):
        return Shift.objects.select_related("roster__unit", "turn").get(person=person)

    def asked(self, **more):
        """Dedi asks Bayu: Thursday night for Saturday by day."""
        inputs = {"taker": self.bayu, "wanted": self.shift(self.bayu), **more}
        return actions.ask_swap(self.shift(self.dedi), by=actor_for(self.dedi), **inputs)

    def agreed(self):
        return actions.agree_to_swap(self.asked(), by=actor_for(self.bayu))

    def offered(self):
        return actions.ask_swap(self.shift(self.dedi), by=actor_for(self.dedi))


@pytest.fixture
def squad():
    with translation.override("id"):
        yield Squad()


def told(person):
    return [one.body for one in notices_for(person.ref).filter(about__startswith="duty.swap")]


def spans(person):
    return [(row.start_at, row.end_at) for row in people.busy([person.pk], moment(1), moment(20))]


def at(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now.astimezone(UTC))


def test_both_agree_the_commander_approves_and_the_turns_change_hands(squad):
    swap = squad.agreed()
    assert swap.state == SwapState.AGREED
    assert squad.shift(squad.dedi).starts_at == moment(5, 18)
    done = actions.approve_swap(swap, by=squad.commander)
    assert (done.state, done.kind) == (SwapState.DONE, SwapKind.ASKED)
    assert squad.shift(squad.bayu).starts_at == moment(5, 18)
    assert squad.shift(squad.dedi).starts_at == moment(7, 6)
    assert spans(squad.bayu) == [(moment(5, 18), moment(6, 6))]
    assert spans(squad.dedi) == [(moment(7, 6), moment(7, 18))]
    fact = Entry.objects.get(kind=SwapDone.kind)
    assert fact.data["giver_id"] == squad.dedi.pk
    assert "Bayu" not in str(fact.data)
    for person in (squad.dedi, squad.bayu):
        assert any("Jadwal sudah diubah" in body for body in told(person))


def test_everybody_affected_is_told_at_each_step(squad):
    swap = squad.asked(note="Anak saya wisuda")
    assert "Anak saya wisuda" in told(squad.bayu)[0]
    assert not told(squad.eko)
    actions.agree_to_swap(swap, by=actor_for(squad.bayu))
    assert any("Komandan yang memutuskan" in body for body in told(squad.dedi))
    head = people.visible_grants(SYSTEM, "duty_commander").first().account.person
    assert len(told(head)) == 1


def test_an_offer_is_told_to_those_who_fit_and_to_nobody_else(squad):
    squad.offered()
    assert told(squad.tono)
    assert told(squad.bayu)
    assert not told(squad.eko), "he stands the next morning"


def test_a_turn_has_one_open_swap(squad):
    squad.asked()
    with pytest.raises(Conflict, match="sedang ditukar"):
        squad.offered()


def test_asking_somebody_whom_a_rest_rule_keeps_away_is_refused_with_the_rule(squad):
    with pytest.raises(Invalid, match="istirahat terlalu singkat"):
        squad.asked(taker=squad.eko, wanted=None)


def test_asking_for_a_turn_of_a_third_one_or_of_another_unit_is_refused(squad):
    with pytest.raises(Invalid, match="giliran rekan"):
        squad.asked(wanted=squad.shift(squad.eko))
    with pytest.raises(Invalid, match="unit Anda"):
        squad.asked(taker=squad.city.crew, wanted=None)


@pytest.mark.parametrize("agree", [False, True])
def test_a_swap_of_a_shift_that_moved_answers_with_that_and_changes_nothing(squad, agree):
    swap = squad.asked() if agree else squad.agreed()
    shift = squad.shift(squad.dedi)
    Shift.objects.filter(pk=shift.pk).update(ends_at=shift.ends_at + timedelta(hours=1))
    act = actions.agree_to_swap if agree else actions.approve_swap
    with pytest.raises(Conflict, match="dipindah"):
        act(swap, by=actor_for(squad.bayu) if agree else squad.commander)
    assert squad.shift(squad.dedi).pk == shift.pk
    assert squad.shift(squad.bayu).starts_at == moment(7, 6)
    assert jobs.lapse_loose_swaps() == 1
    swap.refresh_from_db()
    assert (swap.state, swap.lapse) == (SwapState.LAPSED, LapseCause.MOVED)
    assert any("berakhir sendiri" in body for body in told(squad.dedi))
    assert any("berakhir sendiri" in body for body in told(squad.bayu))
    assert jobs.lapse_loose_swaps() == 0


def test_removing_the_shift_lapses_its_swaps_at_once(squad):
    swap, shift = squad.asked(), squad.shift(squad.bayu)
    actions.remove_shift(shift, by=SYSTEM)
    assert Entry.objects.filter(kind=ShiftRemoved.kind).exists()
    deliver_due()
    swap.refresh_from_db()
    assert (swap.state, swap.lapse) == (SwapState.LAPSED, LapseCause.MOVED)
    assert swap.wanted_starts_at == moment(7, 6), "what was wanted stays readable"


def test_a_swap_of_a_turn_another_swap_took_lapses_with_it(squad):
    first = squad.asked()
    second = actions.ask_swap(squad.shift(squad.bayu), by=actor_for(squad.bayu), taker=squad.tono)
    actions.approve_swap(actions.agree_to_swap(first, by=actor_for(squad.bayu)), by=squad.commander)
    second.refresh_from_db()
    assert second.lapse == LapseCause.MOVED


def test_leave_that_came_between_asking_and_approval_stops_it(squad):
    swap = squad.agreed()
    people_actions.take_time(
        squad.bayu,
        start=moment(5, 0),
        end=moment(6, 0),
        kind=TimeKind.LEAVE,
        about="presence.leave:1",
        by=SYSTEM,
    )
    with pytest.raises(Conflict, match="sudah terpakai"):
        actions.approve_swap(swap, by=squad.commander, override_reason="harus")
    assert squad.shift(squad.dedi).starts_at == moment(5, 18)


def test_a_rest_rule_broken_meanwhile_needs_the_commanders_reason(squad):
    swap = squad.agreed()
    turn = squad.shift(squad.eko).turn
    actions.remove_shift(squad.shift(squad.eko), by=SYSTEM)
    actions.set_shift(turn, squad.bayu, by=SYSTEM)
    with pytest.raises(Invalid, match="istirahat terlalu singkat"):
        actions.approve_swap(swap, by=squad.commander)
    actions.approve_swap(swap, by=squad.commander, override_reason="Banjir besar")
    night = Shift.objects.get(person=squad.bayu, starts_at=moment(5, 18))
    assert (night.override_problem, night.override_reason) == ("rest_too_short", "Banjir besar")
    assert squad.shift(squad.dedi).override_problem == ""


def test_a_commander_does_not_approve_his_own_swap(squad):
    own = an_actor("duty_commander", squad.city.agency, person=squad.dedi)
    with pytest.raises(Refused):
        actions.approve_swap(squad.agreed(), by=own)
    with pytest.raises(Refused):
        actions.arrange_swap(squad.shift(squad.dedi), squad.tono, by=own, reason="saya")


def test_nobody_answers_withdraws_or_approves_for_others(squad):
    swap = squad.asked()
    for act in (actions.agree_to_swap, actions.take_swap_now, actions.refuse_swap):
        with pytest.raises(Refused):
            act(swap, by=actor_for(squad.eko))
    with pytest.raises(Refused):
        actions.withdraw_swap(swap, by=actor_for(squad.bayu))
    with pytest.raises(Refused):
        actions.approve_swap(swap, by=actor_for(squad.bayu))
    with pytest.raises(Refused):
        actions.ask_swap(squad.shift(squad.eko), by=actor_for(squad.dedi))
    with pytest.raises(Conflict, match="belum setuju"):
        actions.approve_swap(swap, by=squad.commander)


def test_an_offer_is_for_people_of_the_unit(squad):
    with pytest.raises(Conflict, match="unit Anda"):
        actions.agree_to_swap(squad.offered(), by=actor_for(squad.city.crew))


def test_refusing_and_withdrawing_leave_the_turns_and_tell_the_other_one(squad):
    refused = actions.refuse_swap(squad.asked(), by=actor_for(squad.bayu), reason="Sudah ada acara")
    assert refused.state == SwapState.REFUSED
    assert any("Sudah ada acara" in body for body in told(squad.dedi))
    withdrawn = actions.withdraw_swap(squad.asked(), by=actor_for(squad.dedi))
    assert withdrawn.state == SwapState.WITHDRAWN
    assert any("tidak jadi" in body for body in told(squad.bayu))
    with pytest.raises(Conflict, match="ditarik"):
        actions.agree_to_swap(withdrawn, by=actor_for(squad.bayu))


def test_where_the_norm_asks_for_no_head_agreeing_is_enough(squad, monkeypatch):
    from abdi.duty.actions import exchanging

    given = exchanging.norms
    monkeypatch.setattr(
        exchanging, "norms", lambda *a, **k: {**given(*a, **k), "swap_needs_head": False}
    )
    assert squad.agreed().state == SwapState.DONE
    assert squad.shift(squad.bayu).starts_at == moment(5, 18)


def test_an_offered_turn_is_taken_at_once_in_its_last_hours_only(squad, monkeypatch):
    swap = squad.offered()
    with pytest.raises(Conflict, match="24 jam"):
        actions.take_swap_now(swap, by=actor_for(squad.tono))
    at(monkeypatch, moment(5, 8))
    done = actions.take_swap_now(swap, by=actor_for(squad.tono))
    assert (done.state, done.kind) == (SwapState.DONE, SwapKind.TAKEN_NOW)
    assert squad.shift(squad.tono).starts_at == moment(5, 18)
    head = people.visible_grants(SYSTEM, "duty_commander").first().account.person
    assert any("Langsung diambil alih" in body for body in told(head))
    with pytest.raises(Conflict, match="sudah mengambil"):
        actions.take_swap_now(swap, by=actor_for(squad.bayu))


def test_the_commander_swaps_for_both_with_a_reason_and_closes_the_open_offer(squad):
    swap = squad.offered()
    with pytest.raises(Invalid, match="alasan"):
        actions.arrange_swap(squad.shift(squad.dedi), squad.tono, by=squad.commander, reason=" ")
    done = actions.arrange_swap(
        squad.shift(squad.dedi), squad.tono, by=squad.commander, reason="Dedi sakit"
    )
    assert (done.pk, done.kind, done.state) == (swap.pk, SwapKind.BY_HEAD, SwapState.DONE)
    assert any("Dedi sakit" in body for body in told(squad.dedi))
    assert any("Dedi sakit" in body for body in told(squad.tono))


def test_the_commander_breaks_a_rest_rule_only_where_he_says_so(squad):
    shift = squad.shift(squad.dedi)
    with pytest.raises(Invalid, match="istirahat terlalu singkat"):
        actions.arrange_swap(shift, squad.eko, by=squad.commander, reason="Dedi sakit")
    actions.arrange_swap(shift, squad.eko, by=squad.commander, reason="Dedi sakit", break_rule=True)
    shift.refresh_from_db()
    assert (shift.person_id, shift.override_reason) == (squad.eko.pk, "Dedi sakit")


def test_an_unanswered_ask_lapses_hours_before_the_turn_and_says_what_to_do(squad, monkeypatch):
    swap = squad.asked()
    at(monkeypatch, moment(5, 11))
    assert jobs.lapse_loose_swaps() == 0
    at(monkeypatch, moment(5, 12))
    assert jobs.lapse_loose_swaps() == 1
    swap.refresh_from_db()
    assert swap.lapse == LapseCause.UNANSWERED
    assert any("Tawarkan kepada semua" in body for body in told(squad.dedi))
    with pytest.raises(Invalid, match="terlambat"):
        squad.asked()
    assert squad.offered().state == SwapState.OPEN


def test_a_swap_nobody_decided_lapses_when_the_turn_begins(squad, monkeypatch):
    swap = squad.agreed()
    at(monkeypatch, moment(5, 18))
    with pytest.raises(Conflict, match="sudah mulai"):
        actions.approve_swap(swap, by=squad.commander)
    assert jobs.lapse_loose_swaps() == 1
    swap.refresh_from_db()
    assert swap.lapse == LapseCause.UNDECIDED


def test_a_swap_with_somebody_who_left_lapses(squad):
    swap = squad.asked()
    people_actions.end_service(squad.bayu, by=SYSTEM, left_on=date(2026, 3, 1))
    assert jobs.lapse_loose_swaps() == 1
    swap.refresh_from_db()
    assert swap.lapse == LapseCause.GONE


def test_who_fits_is_shown_with_the_effect_on_both(squad):
    found = queries.fits_of(squad.shift(squad.dedi))
    assert {one.person_id for one in found.takers} == {squad.bayu.pk, squad.tono.pk}
    assert [one.person_id for one in found.against] == [squad.eko.pk]
    assert [one.person_id for one in found.exchanges] == [squad.eko.pk, squad.bayu.pk]
    exchange = found.exchanges[0]
    assert (exchange.theirs.nights, exchange.mine.nights) == (1, 0)
    assert exchange.theirs.rest_minutes is None
