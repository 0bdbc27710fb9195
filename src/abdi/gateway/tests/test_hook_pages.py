"""Pages of addresses that are told of changes, and which addresses are taken."""

from datetime import timedelta

import pytest

from abdi.gateway import actions, rules, sealing
from abdi.gateway.models import Hook, HookDelivery
from abdi.gateway.testing import ADDRESS, TOPICS, a_hook
from abdi.people.testing import an_actor, an_institution
from abdi.platform import clock
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.platform.tenancy import within
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return an_actor("sysadmin")


def the_row():
    return HookDelivery.objects.get()


def test_waits_grow_and_a_breaker_opens_after_five():
    waits = [rules.seconds_before_try(tries) for tries in range(1, 9)]
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600]
    now = clock.now()
    assert rules.paused_until(4, now) is None
    assert rules.paused_until(5, now) == now + timedelta(minutes=5)
    assert rules.paused_until(500, now) == now + timedelta(hours=1)


def test_hosts_are_names_or_numbers():
    assert rules.host_of("https://hook.example:443/in?x=1") == "hook.example"
    assert rules.host_of("https://hook.example:8443/") is None
    assert rules.is_number("[::1]")
    assert not rules.is_number("hook.example")


@pytest.mark.parametrize(
    "address",
    [
        "http://hook.example/in",
        "https://127.0.0.1/in",
        "https://[::1]/in",
        "https://[::ffff:10.0.0.1]/in",
        "https://[64:ff9b::a00:1]/in",
        "https://169.254.169.254/latest",
        "https://user:geheim@hook.example/",
        "https://hook.example:22/",
        "https://hook.example/#x",
        "https://hook.example:99999/",
        "https://hök.example/",
        "https://hook.example/a b",
        "https:///in",
        "javascript:alert(1)",
        "",
    ],
)
def test_addresses_that_may_not_be_asked_are_refused(admin, address):
    with pytest.raises(Invalid):
        actions.make_hook(by=admin, name="X", address=address, topics=TOPICS)


def test_the_secret_is_shown_once_and_kept_sealed(admin):
    client = sign_in_as(admin)
    form = {"name": "SIMPEG", "address": ADDRESS, "topics": ["people_placed"]}
    shown = client.post("/atur/integrasi/kait", form)
    hook = Hook.objects.get()
    secret = sealing.unseal(hook.sealed)
    assert secret in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert secret not in hook.sealed
    for place in ("/atur/integrasi", f"/atur/integrasi/kait/{hook.pk}"):
        assert secret not in client.get(place).content.decode()
    assert client.post("/atur/integrasi/kait", form).status_code == 422
    assert Hook.objects.count() == 1


def test_the_pages_switch_test_and_refuse_what_is_stale(admin):
    hook, _secret = a_hook(admin)
    client, place = sign_in_as(admin), f"/atur/integrasi/kait/{hook.pk}"
    assert client.post(f"{place}/uji").status_code == 302
    assert client.post(f"{place}/sakelar", {"on": "no", "version": "7"}).status_code == 409
    assert client.post(f"{place}/sakelar", {"on": "\x00", "version": "x"}).status_code == 422
    assert client.post(f"{place}/sakelar", {"on": "no", "version": "1"}).status_code == 302
    assert client.post(f"{place}/uji").status_code == 409
    assert client.post(f"{place}/kirim/{the_row().pk}").status_code == 409
    assert client.post(f"{place}/kirim/999999").status_code == 404


def test_a_hook_of_another_institution_is_not_found(admin):
    with within(an_institution().pk):
        stranger = an_actor("sysadmin")
        theirs, _secret = a_hook(stranger)
    client = sign_in_as(admin)
    place = f"/atur/integrasi/kait/{theirs.pk}"
    assert client.get(place).status_code == 404
    assert client.post(f"{place}/uji").status_code == 404
    assert client.post(f"{place}/sakelar", {"on": "no", "version": "1"}).status_code == 404


def test_only_an_administrator_sees_and_changes_hooks(admin):
    hook, _secret = a_hook(admin)
    officer = an_actor("personnel_office")
    assert sign_in_as(officer).get(f"/atur/integrasi/kait/{hook.pk}").status_code == 403
    with pytest.raises(Refused):
        a_hook(officer)
    with pytest.raises(Refused):
        actions.switch_hook(hook, by=officer, on=False)


def test_registering_asks_who_one_is_once_more(admin):
    answer = sign_in_as(admin, stepped_up=False).get("/atur/integrasi/kait")
    assert answer["Location"].startswith("/masuk/ulang")


def test_a_new_secret_is_shown_once_and_the_old_one_signs_nothing(admin):
    hook, old = a_hook(admin)
    client = sign_in_as(admin)
    place = f"/atur/integrasi/kait/{hook.pk}"
    assert f"{place}/rahasia" in client.get(place).content.decode()
    shown = client.post(f"{place}/rahasia", {"version": hook.version})
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    new = shown.context_data["secret"]
    assert new in shown.content.decode()
    hook.refresh_from_db()
    assert sealing.unseal(hook.sealed) == new != old
    assert new not in client.get(place).content.decode()
    entry = Entry.objects.get(kind="gateway.HookSecretRenewed")
    assert (entry.about, entry.data) == (hook.ref, {"hook_id": hook.pk})


def test_a_second_press_for_a_new_secret_changes_nothing(admin):
    hook, _old = a_hook(admin)
    seen = hook.version
    secret = actions.renew_hook_secret(hook, by=admin, seen=seen)
    with pytest.raises(Conflict):
        actions.renew_hook_secret(Hook.objects.get(), by=admin, seen=seen)
    assert sealing.unseal(Hook.objects.get().sealed) == secret
    answer = sign_in_as(admin).post(f"/atur/integrasi/kait/{hook.pk}/rahasia", {"version": "x"})
    assert answer.status_code == 422


def test_an_address_that_is_off_or_of_another_institution_gets_no_new_secret(admin):
    with within(an_institution().pk):
        theirs, _secret = a_hook(an_actor("sysadmin"))
    place = f"/atur/integrasi/kait/{theirs.pk}/rahasia"
    assert sign_in_as(admin).post(place, {"version": theirs.version}).status_code == 404
    hook, _old = a_hook(admin)
    actions.switch_hook(hook, by=admin, on=False)
    with pytest.raises(Conflict, match="switched off"):
        actions.renew_hook_secret(hook, by=admin, seen=hook.version)
