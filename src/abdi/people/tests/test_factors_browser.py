"""Passkeys with a device of the browser: made, used to come in, renamed, taken away."""

from __future__ import annotations

import pytest

from abdi.people import passkeys
from abdi.people.models import Account
from abdi.people.testing import a_city, actor_for
from abdi.platform.testing.browser import holds_on_every_device, shot, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 390, 1280)
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_made_and_opens_the_door_alone(open_page, live_server, settings):
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.ABDI_PUBLIC_URL = address
    actor = actor_for(a_city().crew)
    page = open_page(width=390)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    sign_in(page, address, actor)
    page.goto(f"{address}/profil/passkey")
    holds_on_every_device(page, WIDTHS)
    page.get_by_label("Nama kunci sandi").fill("Ponsel dinas")
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.get_by_role("heading", name="Cetak kode cadangan ini sekarang").wait_for()
    holds_on_every_device(page, WIDTHS)
    shot(page, "kode-cadangan")
    page.goto(f"{address}/profil/passkey")
    page.get_by_text("Ponsel dinas", exact=True).wait_for()
    holds_on_every_device(page, WIDTHS)
    shot(page, "passkey")

    page.context.clear_cookies()
    page.goto(f"{address}/masuk?next=/profil")
    holds_on_every_device(page, WIDTHS)
    shot(page, "masuk")
    page.get_by_role("button", name="Dengan kunci sandi").click()
    page.wait_for_url(f"{address}/profil")  # "**" would hold on the sign-in page, too
    shot(page, "profil")

    page.goto(f"{address}/profil/passkey")
    page.get_by_role("button", name="Hapus: Ponsel dinas").click()
    page.get_by_text("Anda belum punya kunci sandi", exact=True).wait_for()
    assert passkeys.of_account(Account.objects.get(pk=actor.account_id).pk) == []
    page.context.clear_cookies()
    page.goto(f"{address}/masuk")
    page.get_by_role("button", name="Dengan kunci sandi").click()
    page.get_by_role("heading", name="Kunci sandi ini tidak membuka pintu").wait_for()
    page.complaints.clear()  # the refusal is a 422
