"""Two dispatchers change on one PC, by card and by passkey; a minute without input locks it."""

from __future__ import annotations

import pytest

from abdi.people.models import ConsolePin
from abdi.people.testing_consoles import OTHER_PIN, PIN
from abdi.people.tests.test_factors_browser import DEVICE
from abdi.platform.consoles import cookie_name
from abdi.platform.testing.browser import Steps, holds_on_every_device, shot, sign_in, until
from abdi.reports.testing import a_report
from abdi.reports.tests.control_room import BOARD, DOOR, Room

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WIDTHS = (390, 1280)
NAME = "strong.acts-here"
WORDS = "[name=message]"


@pytest.fixture
def room():
    a_report(text="Nama saya Siti Pelapor", place_text="Rumah Siti")
    return Room()


@pytest.fixture
def pc(room, open_page, live_server, settings):
    """The PC's browser on the board, with a device for passkeys."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.ABDI_PUBLIC_URL = address
    page = open_page()
    page.address = address
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    cookie = {"name": cookie_name(), "value": room.token, "url": address}
    page.context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])
    return page


def with_card(page, number):
    """Card and PIN as a reader and a person type them: two things to do."""
    steps = Steps(page)
    page.goto(page.address + BOARD)
    until(page, "document.activeElement.id === 'card'")  # the field waits for the card by itself
    page.keyboard.type(number)
    steps.key("Enter")
    until(page, "document.activeElement.id === 'pin'")
    page.keyboard.type(PIN)
    with page.expect_navigation():
        steps.key("Enter")
    return steps.count


def change(page):
    page.get_by_role("button", name="Ganti orang").click()
    page.wait_for_url(f"**{BOARD}")


def set_up_budi(room, pc):
    """Budi signs in whole, makes a passkey and sets his PIN for this PC."""
    sign_in(pc, pc.address, room.budi)
    pc.goto(f"{pc.address}/profil/passkey")
    pc.get_by_label("Nama kunci sandi").fill("PC ruang kendali")
    pc.get_by_role("button", name="Buat kunci sandi").click()
    pc.get_by_role("heading", name="Cetak kode cadangan ini sekarang").wait_for()
    ConsolePin.objects.filter(account_id=room.budi.account_id).delete()
    pc.goto(f"{pc.address}/profil/konsol")
    pc.get_by_label("PIN baru").fill(OTHER_PIN)
    pc.get_by_label("PIN yang sama sekali lagi").fill(OTHER_PIN)
    pc.get_by_role("button", name="Pasang PIN").click()
    pc.get_by_text("PIN Anda berlaku di PC ini mulai sekarang.").wait_for()
    shot(pc, "konsol-pin")


def with_passkey(pc):
    pc.goto(pc.address + DOOR)
    holds_on_every_device(pc, WIDTHS)
    shot(pc, "konsol-masuk")
    pc.locator("#pin-passkey").fill(OTHER_PIN)
    pc.get_by_role("button", name="PIN dan kunci sandi").click()
    pc.wait_for_url("**/antrean")


def locked_by_itself(pc, settings):
    """Somebody types on one of two tabs and walks away."""
    settings.ABDI_CONSOLE_LOCK_SECONDS = 3
    other = pc.context.new_page()
    other.goto(f"{pc.address}/antrean")
    pc.reload()
    pc.locator(WORDS).type("Tulisan Budi")
    pc.wait_for_url(f"**{BOARD}")
    other.wait_for_url(f"**{BOARD}")
    other.close()
    until(pc, "document.querySelector('#card') !== null")
    settings.ABDI_CONSOLE_LOCK_SECONDS = 60


def test_two_people_change_on_one_pc_and_a_minute_locks_it(room, pc, settings):
    set_up_budi(room, pc)
    change(pc)
    assert "Siti" not in pc.content()
    holds_on_every_device(pc, WIDTHS)

    assert with_card(pc, room.cards[room.dewi]) == 2
    assert pc.locator(NAME).inner_text() == "Dewi Antrean"
    holds_on_every_device(pc, WIDTHS)
    shot(pc, "konsol-antrean")
    pc.goto(f"{pc.address}/laporan/catat")
    pc.locator(WORDS).fill("Tulisan Dewi")
    change(pc)
    with_passkey(pc)
    assert pc.locator(NAME).inner_text() == "Budi Antrean"
    pc.goto(f"{pc.address}/laporan/catat")
    assert pc.locator(WORDS).input_value() == "", "what Dewi wrote is hers"

    locked_by_itself(pc, settings)
    assert "Budi" not in pc.content()
    assert "Siti" not in pc.content()
    pc.go_back()
    until(pc, "document.querySelector('#pin') !== null")
    assert "Budi" not in pc.content(), "the page of before is not kept"

    with_card(pc, room.cards[room.dewi])
    pc.goto(f"{pc.address}/laporan/catat")
    assert pc.locator(WORDS).input_value() == "Tulisan Dewi"
    pc.complaints.clear()  # the lock of a second tab may find its form void
