"""Passkeys and backup codes: proved, named, used once, taken away; nothing else opens."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from abdi.people import actions, passkeys, second_factor
from abdi.people.models import Account
from abdi.people.testing import PASSWORD, a_city, a_person, actor_for, an_account, an_institution
from abdi.people.tests.soft_key import FLAGS, SoftKey
from abdi.people.tests.test_own_account import a_code
from abdi.platform import clock
from abdi.platform.actions import Refused
from abdi.platform.journal import Entry
from abdi.platform.notices.models import Notice
from abdi.platform.tenancy import within
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
HERE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _by_name(settings):
    settings.ABDI_PUBLIC_URL = HERE


@pytest.fixture
def person():
    return a_person(a_city().section)


def made(client, name="Ponsel", key=None):
    """A passkey made through the pages; the answer and the key."""
    key = key or SoftKey(HERE)
    options = client.post("/profil/passkey/tantangan").json()
    answer = client.post("/profil/passkey", {"name": name, "credential": key.make(options)})
    return answer, key


def entered(key, client=None, **more):
    client = client or Client()
    options = client.post("/masuk/passkey/tantangan").json()
    return client.post("/masuk/passkey", {"credential": key.prove(options, **more)})


def kinds(account):
    return list(
        Entry.objects.filter(about=account.ref, kind__contains="asskey")
        .order_by("id")
        .values_list("kind", flat=True)
    )


def test_a_passkey_is_made_named_used_and_taken_away(person):
    client, account = sign_in_as(actor_for(person)), Account.objects.get(person=person)
    answer, key = made(client)
    assert len(answer.context_data["codes"]) == 10
    assert "Ponsel" in client.get("/profil/passkey").content.decode()
    door = Client()
    assert entered(key, door)["Location"] == "/beranda"
    assert door.get("/profil").status_code == 200
    assert door.get("/profil/kode").status_code == 200, "a passkey counts as a fresh proof"
    (row,) = passkeys.of_account(account.pk)
    assert row.last_used_at is not None
    assert client.post(f"/profil/passkey/{row.pk}/nama", {"name": "<b>Kantor</b>"})["Location"]
    assert "&lt;b&gt;Kantor" in client.get("/profil/passkey").content.decode()
    assert client.post(f"/profil/passkey/{row.pk}/hapus")["Location"] == "/profil/passkey"
    assert client.post(f"/profil/passkey/{row.pk}/hapus").status_code == 404
    assert second_factor.codes_left(account.pk) is None, "codes go with the last factor"
    assert entered(key).status_code == 422
    names = ["people.PasskeyAdded", "people.PasskeyRenamed", "people.PasskeyRemoved"]
    assert kinds(account) == names


def test_a_passkey_stands_in_for_the_code_after_the_password(person):
    client, account = sign_in_as(actor_for(person)), Account.objects.get(person=person)
    _answer, key = made(client)
    door = Client()
    given = {"login": account.login, "password": PASSWORD}
    assert door.post("/masuk", given)["Location"] == "/masuk/kode"
    assert door.get("/profil").status_code == 302
    options = door.post("/masuk/passkey/tantangan").json()
    assert options["publicKey"]["allowCredentials"]
    assert door.post("/masuk/kode", {"credential": "{}"}).status_code == 422
    options = door.post("/masuk/passkey/tantangan").json()
    assert door.post("/masuk/kode", {"credential": key.prove(options)})["Location"] == "/beranda"
    later = sign_in_as(actor_for(person), stepped_up=False)
    options = later.post("/masuk/passkey/tantangan").json()
    proof = {"credential": key.prove(options), "next": "/profil/kode"}
    assert later.post("/masuk/ulang", proof)["Location"] == "/profil/kode"


def test_anothers_passkey_is_no_second_factor_of_mine(person):
    colleague = a_person()
    made(sign_in_as(actor_for(person)))
    _answer, theirs = made(sign_in_as(actor_for(colleague)))
    door, account = Client(), Account.objects.get(person=person)
    door.post("/masuk", {"login": account.login, "password": PASSWORD})
    options = door.post("/masuk/passkey/tantangan").json()
    assert door.post("/masuk/kode", {"credential": theirs.prove(options)}).status_code == 422


def test_a_challenge_is_good_for_one_answer(person):
    client = sign_in_as(actor_for(person))
    _answer, key = made(client)
    door = Client()
    options = door.post("/masuk/passkey/tantangan").json()
    proof = key.prove(options)
    assert door.post("/masuk/passkey", {"credential": "{}"}).status_code == 422
    assert door.post("/masuk/passkey", {"credential": proof}).status_code == 422
    other = Client()
    options = other.post("/masuk/passkey/tantangan").json()
    proof = key.prove(options)
    assert other.post("/masuk/passkey", {"credential": proof}).status_code == 302
    other.post("/keluar")
    assert other.post("/masuk/passkey", {"credential": proof}).status_code == 422


def test_a_challenge_lives_five_minutes(person, monkeypatch):
    _answer, key = made(sign_in_as(actor_for(person)))
    door = Client()
    options = door.post("/masuk/passkey/tantangan").json()
    session = door.session
    session["passkey_asked"] -= 301
    session.save()
    assert door.post("/masuk/passkey", {"credential": key.prove(options)}).status_code == 422


def test_a_false_site_an_unchecked_hand_and_a_false_key_prove_nothing(person):
    _answer, key = made(sign_in_as(actor_for(person)))
    assert entered(key, flags=FLAGS.UP).status_code == 422
    false_key = SoftKey(HERE)
    false_key.id, false_key.handle = key.id, key.handle
    assert entered(false_key).status_code == 422
    key.origin = "https://jahat.test"
    assert entered(key).status_code == 422
    key.origin, key.host = HERE, "jahat.test"
    assert entered(key).status_code == 422


def test_a_passkey_of_another_institution_or_of_a_closed_account_opens_nothing(person):
    client, account = sign_in_as(actor_for(person)), Account.objects.get(person=person)
    _answer, key = made(client)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert entered(key).status_code == 422
    Account.objects.filter(pk=account.pk).update(is_active=True, institution=an_institution())
    assert entered(key).status_code == 422


def test_who_has_left_does_not_come_in_by_passkey(person):
    _answer, key = made(sign_in_as(actor_for(person)))
    person.left_on = clock.today() - timedelta(days=1)
    person.save(update_fields=["left_on"])
    answer = entered(key)
    assert answer.status_code == 422
    assert "berakhir" in answer.content.decode()


def test_wrong_passkeys_of_one_address_slow_down_nobody_elsewhere(person):
    _answer, key = made(sign_in_as(actor_for(person)))
    there = Client(REMOTE_ADDR="203.0.113.7")
    for _again in range(101):
        slow = there.post("/masuk/passkey", {"credential": "{}"})
    assert "Tunggu" in slow.content.decode()
    assert entered(key, there).status_code == 422
    assert entered(key)["Location"] == "/beranda"


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", "null", "{}", '{"response": 1}', "[" * 9_000, "9" * 19_000, '"\\ud800"',
     json.dumps({"id": "\x00", "rawId": "a", "type": "public-key", "response": {
         "clientDataJSON": "e30", "userHandle": "AA", "authenticatorData": "AA", "signature": "A",
         "attestationObject": "oA"}})],
)  # fmt: skip
def test_whatever_is_sent_as_a_passkey_gets_an_answer(person, text):
    client = sign_in_as(actor_for(person))
    client.post("/profil/passkey/tantangan")
    answer = client.post("/profil/passkey", {"name": "x", "credential": text})
    assert answer.status_code == 422
    door = Client()
    door.post("/masuk/passkey/tantangan")
    assert door.post("/masuk/passkey", {"credential": text}).status_code == 422
    assert not Authenticator.objects.exists()


def test_making_and_taking_away_ask_who_one_is_once_more(person):
    _answer, _key = made(sign_in_as(actor_for(person)))
    (row,) = passkeys.of_account(Account.objects.get(person=person).pk)
    client = sign_in_as(actor_for(person), stepped_up=False)
    assert client.post("/profil/passkey/tantangan").status_code == 403
    for path in ("/profil/passkey", f"/profil/passkey/{row.pk}/hapus", "/profil/kode/cadangan"):
        assert client.post(path, {"name": "x"})["Location"].startswith("/masuk/ulang")
    assert client.get("/profil/kode")["Location"].startswith("/masuk/ulang")


def test_nobody_changes_anothers_passkeys(person):
    made(sign_in_as(actor_for(person)))
    account = Account.objects.get(person=person)
    (row,) = passkeys.of_account(account.pk)
    stranger = actor_for(a_person())
    client = sign_in_as(stranger)
    assert client.post(f"/profil/passkey/{row.pk}/hapus").status_code == 404
    assert client.post(f"/profil/passkey/{row.pk}/nama", {"name": "x"}).status_code == 404
    for act in (actions.remove_passkey, actions.rename_passkey):
        more = {"name": "x"} if act is actions.rename_passkey else {}
        with pytest.raises(Refused):
            act(account, row, by=stranger, **more)


def test_ten_passkeys_are_enough(person):
    client, account = sign_in_as(actor_for(person)), Account.objects.get(person=person)
    made(client)
    data = passkeys.of_account(account.pk)[0].data
    for _number in range(9):
        Authenticator.objects.create(user=account, type="webauthn", data=data)
    assert made(client)[0].status_code == 422
    assert len(passkeys.of_account(account.pk)) == 10


def test_an_address_in_numbers_makes_no_passkeys(person, settings):
    settings.ABDI_PUBLIC_URL = "http://127.0.0.1:8000"
    client = sign_in_as(actor_for(person))
    assert client.post("/profil/passkey/tantangan").status_code == 403
    assert "dist/passkeys.js" not in Client().get("/masuk").content.decode()


# ------------------------------------------------------------------ backup codes


def with_codes(person):
    """An account with an app, its printed codes, and the client that has just seen them."""
    client = sign_in_as(actor_for(person))
    secret = client.get("/profil/kode").context_data["secret"]
    answer = client.post("/profil/kode", {"code": a_code(secret)})
    return Account.objects.get(person=person), answer.context_data["codes"], client


def test_a_backup_code_opens_once_and_is_counted_down(person):
    account, codes, client = with_codes(person)
    assert second_factor.use_backup_code(account, codes[0].upper()) is not None
    assert second_factor.use_backup_code(account, codes[0]) is None
    assert second_factor.use_backup_code(account, codes[1].replace("-", " ")) is not None
    assert second_factor.codes_left(account.pk) == 8
    assert "8 kode cadangan" in client.get("/profil").content.decode()


def test_a_used_backup_code_is_in_the_journal_and_its_owner_is_told(person):
    account, codes, _client = with_codes(person)
    client = Client()
    client.post("/masuk", {"login": account.login, "password": PASSWORD})
    assert client.post("/masuk/kode", {"code": "aaaaa-aaaaa"}).status_code == 422
    assert client.post("/masuk/kode", {"code": codes[0]}).status_code == 302
    entry = Entry.objects.get(kind="people.BackupCodeUsed")
    assert (entry.about, entry.data) == (account.ref, {"account_id": account.pk, "left": 9})
    notice = Notice.objects.get(receiver=account.ref)
    assert notice.subject == "Kode cadangan terpakai"
    assert "9 kode cadangan" in notice.body
    assert codes[0] not in notice.body


def test_backup_codes_are_kept_as_hashes_of_their_account(person):
    account, codes, _client = with_codes(person)
    kept = str(Authenticator.objects.get(user=account, type="recovery_codes").data)
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    other = an_account(a_person())
    row = Authenticator.objects.get(user=account, type="recovery_codes")
    Authenticator.objects.create(user=other, type=row.type, data=row.data)
    assert second_factor.use_backup_code(other, codes[0]) is None


def test_new_codes_end_the_old_ones(person):
    account, old, client = with_codes(person)
    new = client.post("/profil/kode/cadangan").context_data["codes"]
    assert second_factor.use_backup_code(account, old[0]) is None
    assert second_factor.use_backup_code(account, new[0]) is not None
    assert Entry.objects.filter(kind="people.BackupCodesRenewed", about=account.ref).count() == 1


def test_without_a_factor_there_are_no_codes(person):
    client = sign_in_as(actor_for(person))
    assert client.post("/profil/kode/cadangan").status_code == 422


def test_the_sheet_is_printed_by_who_just_saw_the_codes_and_for_ten_minutes(person):
    _account, _codes, client = with_codes(person)
    answer = client.get("/profil/kode/lembar.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"
    assert sign_in_as(actor_for(person)).get("/profil/kode/lembar.pdf").status_code == 404
    session = client.session
    session["backup_sheet"] = [session["backup_sheet"][0], session["backup_sheet"][1] - 601]
    session.save()
    assert client.get("/profil/kode/lembar.pdf").status_code == 404


def test_a_sheet_of_another_account_is_not_printed(person):
    _account, _codes, client = with_codes(person)
    sheet = client.session["backup_sheet"]
    other = sign_in_as(actor_for(a_person()))
    session = other.session
    session["backup_sheet"] = sheet
    session.save()
    assert other.get("/profil/kode/lembar.pdf").status_code == 404


def test_putting_an_app_in_place_of_another_keeps_the_passkeys(person):
    client = sign_in_as(actor_for(person))
    made(client)
    account, _codes, _client = with_codes(person)
    assert len(passkeys.of_account(account.pk)) == 1
    with within(account.institution_id):
        assert second_factor.has_totp(account.pk)
