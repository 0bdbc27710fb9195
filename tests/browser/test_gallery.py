"""The gallery in a real browser: every part, both themes, every width."""

import pytest

from abdi.people.testing import an_actor
from abdi.platform.testing import browser as look
from abdi.platform.testing import weight

pytestmark = [pytest.mark.slow, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
PATHS = ["/galeri", "/galeri?salah", "/galeri/konsol", "/galeri/warga", "/tidak-ada"]


@pytest.mark.parametrize("path", PATHS)
def test_parts_hold_on_every_device(open_page, live_server, path):
    page = open_page()
    answer = page.goto(live_server.url + path)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    look.holds_on_every_device(page)
    look.holds_with_wide_text(page)
    if path == "/tidak-ada":  # the browser reports the 404 itself
        page.complaints.clear()


def test_the_menu_of_a_signed_in_person_holds_too(open_page, live_server):
    page = open_page(width=390)
    look.sign_in(page, live_server.url, an_actor("employee"))
    page.goto(live_server.url + "/galeri/konsol")
    look.holds_on_every_device(page, widths=(320, 390, 1280))


def test_the_theme_changes_at_once_and_stays(open_page, live_server):
    page = open_page()
    page.goto(live_server.url + "/galeri")
    page.locator("details.menu > summary").click()
    page.locator("button[name=theme][value=gelap]").click()
    page.wait_for_load_state()
    assert page.locator("html[data-theme=gelap]").count() == 1


def test_the_keys_of_the_queue_press_their_buttons(open_page, live_server):
    page = open_page()
    page.goto(live_server.url + "/galeri/konsol")
    page.locator("[data-key=a]").evaluate(
        "button => button.addEventListener('click', () => { document.title = 'A'; })"
    )
    page.keyboard.press("a")
    assert page.title() == "A"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("a")
    assert page.locator("[name=q]").input_value() == "a"
    page.locator(".det h2").click()
    page.keyboard.press("j")
    assert page.url.endswith("#3")


def test_unsent_words_stay_on_the_device(open_page, live_server):
    page = open_page(width=390)
    page.goto(live_server.url + "/galeri")
    page.locator("text=Menangani yang sulit").click()
    page.wait_for_timeout(1_200)  # the draft is written a moment after the last key
    page.reload()
    assert page.locator("[name=tingkat][value='3']").is_checked()


def test_a_photo_is_made_small_before_it_leaves(open_page, live_server, tmp_path):
    from PIL import Image

    large = tmp_path / "besar.jpg"
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(large, quality=95)
    page = open_page(width=390)
    page.goto(live_server.url + "/galeri/warga")
    page.locator("#id_foto").set_input_files(str(large))
    page.wait_for_selector("figure[data-preview]")
    size = page.evaluate("document.querySelector('#id_foto').files[0].size")
    assert size <= 200 * 1024


def test_a_page_reads_and_sends_without_script(open_page, live_server):
    page = open_page(width=390, java_script_enabled=False)
    page.goto(live_server.url + "/galeri/warga")
    page.locator("button[name=lang][value=en]").click()
    assert page.locator("html[lang=en]").count() == 1


def test_the_menu_opens_on_a_phone_without_script(open_page, live_server):
    page = open_page(width=390, java_script_enabled=False)
    page.goto(live_server.url + "/galeri")
    page.locator(".dock a[href='#menu']").click()
    assert page.locator("#menu").is_visible()
    page.locator("#menu .shut").click()
    assert not page.locator("#menu").is_visible()


@pytest.mark.parametrize("path", ["/galeri", "/galeri/konsol", "/galeri/warga"])
def test_the_first_load_is_light(path):
    load = weight.weigh(path)
    assert not weight.too_heavy(load, citizen=path == "/galeri/warga"), load


@pytest.mark.parametrize("over", [(1, 0, 0), (0, 1, 0), (0, 0, 1)])
def test_a_page_over_any_of_the_three_limits_is_too_heavy(over):
    most = (weight.CITIZEN_BYTES, weight.CITIZEN_SCRIPT_BYTES, weight.CITIZEN_REQUESTS)
    assert not weight.too_heavy(weight.Weight(*most), citizen=True)
    load = weight.Weight(*(limit + more for limit, more in zip(most, over, strict=True)))
    assert weight.too_heavy(load, citizen=True)
    assert not weight.too_heavy(load, citizen=False)


def test_a_download_to_press_weighs_nothing_before_it_is_pressed():
    link = b'<a class="btn" href="/profil/data.json">Unduh</a><a href="/static/none.js">Sumber</a>'
    assert weight.weight_of(link).requests == 1
