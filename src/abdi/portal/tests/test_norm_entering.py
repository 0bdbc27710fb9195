"""Dated figures of an institution: entered, approved, withdrawn, and right for everybody."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from abdi.people.testing import an_actor
from abdi.platform import clock, formula_cli
from abdi.platform.access import Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.checks import reconcile
from abdi.platform.journal import Entry
from abdi.platform.norms import entering, kept, norms, reading
from abdi.platform.norms.leaves import as_text
from abdi.platform.norms.records import DatedNorm, NormState
from abdi.platform.tenancy import Institution, within
from abdi.platform.testing import counted_queries

TODAY = date(2026, 3, 2)
TOMORROW = TODAY + timedelta(days=1)
LATER = date(2026, 7, 1)


def an_operator():
    return an_actor("sysadmin")


def enter(by, path="verify_days", module="reports", **more):
    given = {
        "value": "5",
        "since": TOMORROW,
        "source": "Perwal 12/2026",
        "reason": "our own decree says so",
    }
    return entering.enter_norm(module, path, by=by, **{**given, **more})


def verify_days(on):
    return norms("reports", on=on)["verify_days"]


@pytest.mark.django_db
def test_a_figure_counts_from_its_first_day_to_its_last():
    enter(an_operator(), until=LATER)
    found = [verify_days(on) for on in (TODAY, TOMORROW, LATER, LATER + timedelta(days=1))]
    assert found == [3, 5, 5, 3]
    row = norms("reports", on=TOMORROW).row("verify_days")
    assert (row.source, row.kind, row.since) == ("Perwal 12/2026", "institution", TOMORROW)


@pytest.mark.django_db
def test_a_place_inside_a_norm_is_set_and_the_rest_stays():
    enter(an_operator(), "priorities:P1:ack_minutes", value="3")
    found = norms("reports", on=TOMORROW)["priorities"]["P1"]
    assert (found["ack_minutes"], found["arrive_minutes"]) == (3, 30)


@pytest.mark.django_db
def test_the_journal_names_the_figure_and_who_entered_it():
    by = an_operator()
    row = enter(by)
    entry = Entry.objects.order_by("-id").first()
    assert (entry.kind, entry.by, entry.about) == ("platform.NormEntered", by.ref, row.ref)
    assert entry.data["path"] == "verify_days"


@pytest.mark.django_db
def test_a_day_with_work_behind_it_is_refused_and_an_untouched_past_is_not():
    by = an_operator()
    enter(by, since=date(2026, 1, 1))
    assert verify_days(TODAY) == 5
    at = int(clock.now().timestamp() * 1_000_000)
    Entry.objects.create(at_us=at, by="system", kind="reports.ReportReceived")
    with pytest.raises(Invalid, match="earliest day is 03-03-2026") as refused:
        enter(by, value="6", since=TODAY)
    assert refused.value.field == "since"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"value": "many"}, "value"),
        ({"until": TODAY}, "until"),
        ({"source": ""}, "source"),
        ({"reason": "because"}, "reason"),
        ({"path": "no_such_norm"}, "value"),
        ({"path": "priorities:P9:ack_minutes"}, "value"),
        ({"path": "verify_days:'; DROP TABLE"}, "value"),
        ({"path": "routing:x"}, "value"),
    ],
)
def test_a_bad_entry_is_refused_at_its_field(more, field):
    with pytest.raises(Invalid) as refused:
        enter(an_operator(), **more)
    assert refused.value.field == field
    assert not DatedNorm.objects.exists()


@pytest.mark.django_db
def test_the_same_figure_begins_once_a_day():
    by = an_operator()
    enter(by)
    with pytest.raises(Conflict):
        enter(by, value="6")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["employee", "auditor", "organisation_office", "executive"])
def test_only_the_administrator_sets_figures_of_the_program(role):
    with pytest.raises(Refused):
        enter(an_actor(role))


@pytest.mark.django_db
def test_workload_figures_belong_to_their_office_and_wait_for_the_leader():
    office, leader = an_actor("organisation_office"), an_actor("executive")
    with pytest.raises(Refused):
        enter(an_operator(), "effective_minutes", "workload", value="72000")
    row = enter(office, "effective_minutes", "workload", value="72000")
    assert norms("workload", on=TOMORROW)["effective_minutes"] == 75_000
    assert [one.url for one in reading.to_do(leader, clock.now())] == [
        "/atur/norma/workload/effective_minutes"
    ]
    with pytest.raises(Refused):
        entering.approve_norm(row, by=office)
    entering.approve_norm(row, by=leader)
    assert norms("workload", on=TOMORROW)["effective_minutes"] == 72_000
    assert reading.to_do(leader, clock.now()) == []
    with pytest.raises(Conflict):
        entering.approve_norm(row, by=leader)


@pytest.mark.django_db
def test_nobody_approves_what_he_entered():
    leader = an_actor("executive")
    row = enter(an_actor("organisation_office"), "effective_minutes", "workload", value="72000")
    DatedNorm.objects.filter(pk=row.pk).update(author_id=leader.person_id)
    row.refresh_from_db()
    with pytest.raises(Refused):
        entering.approve_norm(row, by=leader)


@pytest.mark.django_db
def test_an_approval_after_the_first_day_is_refused_where_work_was_done():
    row = enter(an_actor("organisation_office"), "effective_minutes", "workload", value="72000")
    with clock.at(clock.now() + timedelta(days=3)):
        at = int(clock.now().timestamp() * 1_000_000)
        Entry.objects.create(at_us=at, by="system", kind="workload.LoadChanged")
        with pytest.raises(Conflict, match="first day has passed"):
            entering.approve_norm(row, by=an_actor("executive"))


@pytest.mark.django_db
def test_a_figure_withdrawn_before_its_first_day_never_counts():
    by = an_operator()
    row = entering.withdraw_norm(enter(by), by=by, reason="typed by mistake")
    assert row.is_void
    assert verify_days(TOMORROW) == 3
    assert enter(by, value="7").pk != row.pk


@pytest.mark.django_db
def test_a_figure_withdrawn_in_force_still_explains_the_days_it_counted():
    by = an_operator()
    row = enter(by)
    with clock.at(clock.now() + timedelta(days=10)):
        row = entering.withdraw_norm(row, by=by, reason="the decree was revoked")
        today = clock.today()
        assert [verify_days(on) for on in (TOMORROW, today, today + timedelta(days=1))] == [5, 5, 3]
        with pytest.raises(Conflict):
            entering.withdraw_norm(row, by=by, reason="the decree was revoked")


@pytest.mark.django_db
def test_a_withdrawal_asks_a_reason():
    by = an_operator()
    with pytest.raises(Invalid):
        entering.withdraw_norm(enter(by), by=by, reason="no")


@pytest.mark.django_db
def test_a_figure_of_one_institution_is_none_of_another():
    by = an_operator()
    other = Institution.objects.create(code="lain", name="Kota Lain")
    enter(by)
    with within(other.pk):
        assert verify_days(TOMORROW) == 3
        assert not DatedNorm.objects.exists()
        with pytest.raises(Refused):
            enter(by, value="9")


@pytest.mark.django_db
def test_outside_of_an_institution_the_figures_are_those_of_the_program(inside_institution):
    assert kept.overrides("reports", TODAY) == ()


@pytest.mark.django_db
def test_figures_in_memory_cost_no_query():
    with counted_queries(at_most=0):
        for _again in range(100):
            verify_days(TOMORROW)


@pytest.mark.django_db
def test_another_process_hears_of_a_figure_after_a_quarter_minute(monkeypatch, inside_institution):
    enter(an_operator())
    kept.forget()
    kept.refresh(inside_institution.pk)
    DatedNorm.objects.update(value_text=as_text(8))  # as another process would have written it
    assert verify_days(TOMORROW) == 5
    real = kept.time.monotonic
    monkeypatch.setattr(kept.time, "monotonic", lambda: real() + kept.FRESH_SECONDS + 1)
    assert verify_days(TOMORROW) == 8


@pytest.mark.django_db
def test_another_process_hears_of_a_figure_when_its_first_day_begins(inside_institution):
    kept.refresh(inside_institution.pk)
    row = enter(an_operator())
    kept.forget()
    DatedNorm.objects.filter(pk=row.pk).update(is_void=True, withdrawn_at=clock.now())
    kept.refresh(inside_institution.pk)
    DatedNorm.objects.filter(pk=row.pk).update(is_void=False)
    assert verify_days(TOMORROW) == 3
    with clock.at(clock.now() + timedelta(days=1)):
        assert verify_days(TOMORROW) == 5


@pytest.mark.django_db(transaction=True)
def test_a_figure_that_was_rolled_back_leaves_nothing_behind(inside_institution):
    by = an_operator()
    with transaction.atomic():
        enter(by)
        assert verify_days(TOMORROW) == 5
        transaction.set_rollback(True)
    assert verify_days(TOMORROW) == 3


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_a_figure_once_it_is_saved_and_not_before(inside_institution):
    by = an_operator()
    seen = []

    def look():
        with within(inside_institution.pk), clock.at(clock.now()):
            seen.append(verify_days(TOMORROW))
        connection.close()

    def in_a_thread():
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    with transaction.atomic():
        enter(by)
        in_a_thread()
    in_a_thread()
    assert seen == [3, 5]


@pytest.mark.django_db
def test_a_figure_that_lost_its_place_is_counted_and_does_no_harm():
    by = an_operator()
    row = enter(by, "priorities:P1:ack_minutes", value="3")
    DatedNorm.objects.filter(pk=row.pk).update(path="priorities:P7:ack_minutes")
    kept.forget()
    assert norms("reports", on=TOMORROW)["priorities"]["P1"]["ack_minutes"] == 5
    assert reconcile()["platform.norms_without_a_place"] == 1
    DatedNorm.objects.filter(pk=row.pk).update(module="gone")
    assert reconcile()["platform.norms_without_a_place"] == 1


@pytest.mark.django_db
def test_a_figure_can_be_recomputed_by_hand_with_the_norms_of_its_day(capsys, inside_institution):
    office = an_actor("organisation_office")
    row = enter(office, "effective_minutes", "workload", value="72000")
    entering.approve_norm(row, by=an_actor("executive"))

    def minutes(*words):
        values = '{"tasks": [{"volume": 100, "minutes": 720}]}'
        assert formula_cli.main(["run", "abk.need", values, *words]) in (0, 2)
        return capsys.readouterr().out

    own = ("--institution", inside_institution.code)
    assert "2026-03-03" in minutes("--on", "2026-03-03", *own)
    assert "2026-03-03" not in minutes("--on", "2026-03-02", *own)
    assert "no institution" in minutes("--institution", "nowhere")


@pytest.mark.django_db
def test_a_row_knows_where_it_stands():
    row = enter(an_operator(), until=LATER)
    states = [row.state(on) for on in (TODAY, TOMORROW, LATER + timedelta(days=1))]
    assert states == [NormState.PLANNED, NormState.IN_FORCE, NormState.ENDED]
