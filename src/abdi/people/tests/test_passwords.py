"""What a password has to be, and the switch of the institution."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from abdi.people.models import Account
from abdi.people.testing import PASSWORD, a_city, a_person, an_account
from abdi.platform import clock
from abdi.platform.norms import Override, set_override_provider

pytestmark = pytest.mark.django_db
NUMBER = "197902282006041003"
NEW = "kopi-hangat-di-beranda-7"


@pytest.fixture
def account():
    return an_account(a_person(a_city().section, name="Raden Kusumawardhani", number=NUMBER))


@pytest.fixture
def switch():
    """Set figures of the institution, as its settings page would."""

    def put(**figures):
        rows = [
            Override(("password", name), value, date(2024, 2, 1), "decree")
            for name, value in figures.items()
        ]
        set_override_provider(lambda module, on: rows if module == "people" else [])

    yield put
    set_override_provider(None)


@pytest.mark.parametrize(
    "weak",
    [
        "kopi hangat",
        "123456789012",
        "1234 5678 9012 3456",
        "qwerty123456",
        "aaaaaaaaaaaaaa",
        NUMBER,
        f"nip {NUMBER} ok",
        "Kusumawardhani12",
        "raden kusumawardhani",
        "kopi hangat " * 11,
    ],
)
def test_a_weak_password_gets_a_sentence(account, weak):
    with pytest.raises(ValidationError) as refused:
        validate_password(weak, account)
    assert all(refused.value.messages)


@pytest.mark.parametrize(
    "good", [NEW, "kuda tidur di atas awan", "kata sandi untuk uji coba", "ß🙂 lampu jalan mati ✓"]
)
def test_a_long_sentence_is_good_without_any_mix(account, good):
    validate_password(good, account)


def test_the_institution_may_ask_for_more_but_never_for_less_than_eight(account, switch):
    switch(mixed=True)
    with pytest.raises(ValidationError):
        validate_password(NEW, account)
    validate_password("Kopi-hangat-di-beranda-7", account)
    switch(least_length=4)
    with pytest.raises(ValidationError):
        validate_password("kopi-7x", account)
    validate_password("kopi-7xz", account)
    switch(least_length=30)
    with pytest.raises(ValidationError):
        validate_password(NEW, account)


def test_no_change_is_asked_for_unless_the_institution_switched_it_on(account, switch):
    long_ago = clock.now() - timedelta(days=900)
    Account.objects.filter(pk=account.pk).update(password_at=long_ago)
    given = {"login": account.login, "password": PASSWORD, "next": "/unit"}
    assert Client().post("/masuk", given)["Location"] == "/unit"
    switch(change_after_days=90)
    client = Client()
    assert client.post("/masuk", given)["Location"] == "/masuk/sandi"
    assert client.get("/unit")["Location"].startswith("/masuk?next=")
    assert client.get("/masuk/sandi").status_code == 200
    for wrong in (PASSWORD, "123456789012", ""):
        assert client.post("/masuk/sandi", {"new": wrong}).status_code == 422
    assert client.post("/masuk/sandi", {"new": NEW})["Location"] == "/unit"
    assert client.get("/unit").status_code == 200
    assert Client().post("/masuk", {**given, "password": NEW})["Location"] == "/unit"


def test_nobody_sets_a_password_without_having_proved_himself(account, switch):
    switch(change_after_days=90)
    answer = Client().post("/masuk/sandi", {"new": NEW})
    assert answer["Location"] == "/masuk"
    assert Account.objects.get(pk=account.pk).check_password(PASSWORD)
