"""Pages: lists, menus, switches, errors, the gallery."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.messages.storage import default_storage
from django.test import Client, RequestFactory
from jinja2 import UndefinedError

from abdi.platform import clock
from abdi.platform.access import Actor, Grant, citizen
from abdi.platform.pages import done, errors, menu, page, safe_next
from abdi.platform.pages.environment import attributes, environment, icon, messages_of
from abdi.platform.pages.shell import shell
from abdi.platform.pages.tables import page_number, page_of, sort_of, with_query
from abdi.platform.pages.todo import ToDo

ROOT = Path(__file__).resolve().parents[4]
TEMPLATES = sorted((ROOT / "src/abdi").glob("*/templates/**/*.html"))


def get(path="/", **options):
    return RequestFactory().get(path, **options)


def staff_request(*roles, path="/beranda"):
    request = get(path)
    request.actor = Actor("account", 1, 7, 7, "Rina", grants=tuple(Grant(role) for role in roles))
    return request


# ------------------------------------------------------------------ lists


def test_a_list_shows_one_page_and_knows_whether_more_follows():
    first = page_of(list(range(60)), get("/x"))
    third = page_of(list(range(60)), get("/x?hal=3"))
    assert (first.first, first.last, first.has_next, first.has_previous) == (1, 25, True, False)
    assert (third.rows, third.has_next, third.has_previous) == (list(range(50, 60)), False, True)


def test_a_page_beyond_the_end_is_empty():
    found = page_of([1, 2], get("/x?hal=9"))
    assert (found.rows, found.first, found.last) == ([], 0, 0)


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("0", 1), ("-1", 1), ("x", 1), ("9" * 40, 1), ("٣", 1), ("99999", 4000)],
)
def test_an_absurd_page_number_does_no_harm(text, number):
    assert page_number(text) == number


@pytest.mark.parametrize(
    ("asked", "column"),
    [
        ("", "-due_at"),
        ("nama", "name"),
        ("-nama", "-name"),
        ("batas", "due_at"),
        ("; drop", "-due_at"),
    ],
)
def test_a_list_is_sorted_by_allowed_columns_only(asked, column):
    request = get(f"/x?urut={asked}" if asked else "/x")
    assert sort_of(request, {"nama": "name", "batas": "due_at"}, "-batas") == column


def test_a_link_in_a_list_keeps_the_other_questions():
    request = get("/x?tab=late&hal=3")
    assert with_query(request, hal=4) == "?tab=late&hal=4"
    assert with_query(request, hal=None, tab=None) == "/x"


# ------------------------------------------------------------------ menu


def test_a_menu_shows_only_pages_that_exist(monkeypatch):
    monkeypatch.setattr(menu, "is_page", lambda path: path in {"/beranda", "/tim"})
    assert [entry.path for entry in menu.menu_for(["superior"])] == ["/beranda", "/tim"]


def test_several_roles_make_one_menu_without_doubles(monkeypatch):
    monkeypatch.setattr(menu, "is_page", lambda _path: True)
    paths = [entry.path for entry in menu.menu_for(["employee", "superior", "dispatcher"])]
    assert len(paths) == len(set(paths))
    assert {"/antrean", "/tim", "/netral"} <= set(paths)


def test_the_deepest_place_is_the_current_one(monkeypatch):
    monkeypatch.setattr(menu, "is_page", lambda _path: True)
    entries = menu.menu_for(["agency_hr"], "/pegawai/impor/7")
    assert [entry.path for entry in entries if entry.current] == ["/pegawai/impor"]


def test_no_role_has_more_than_twelve_entries_and_each_is_known():
    for role, keys in menu.ROLES.items():
        assert len(keys.split()) <= 12, role
        assert set(keys.split()) <= set(menu.PLACES), role


def test_every_role_of_the_permission_file_has_a_menu():
    from abdi.platform.access import law

    assert set(law().roles) - {"system"} <= set(menu.ROLES)


def test_the_bottom_bar_has_four_places_and_more(monkeypatch):
    monkeypatch.setattr(menu, "is_page", lambda _path: True)
    for role in menu.ROLES:
        assert len(menu.dock_for(menu.menu_for([role]))) <= menu.DOCK_PLACES


def test_a_citizen_role_beside_others_does_not_fill_the_menu():
    assert shell(staff_request("employee")).roles == {"employee"}
    request = get()
    request.actor = citizen(1)
    assert shell(request).roles == {"citizen"}
    assert shell(request).actor is None


def test_the_frame_is_worked_out_once():
    request = staff_request("employee")
    assert shell(request) is shell(request)
    assert shell(None).menu is not None


# ------------------------------------------------------------------ answers


def test_done_goes_on_and_says_so_once_also_for_htmx():
    request = get("/x")
    assert done(request, "/laporan").url == "/laporan"
    hasty = get("/x", headers={"HX-Request": "true"})
    answer = done(hasty, "/laporan")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/laporan")


@pytest.mark.django_db
def test_what_was_done_is_said_and_can_be_taken_back(client):
    request = client.get("/galeri/warga").wsgi_request
    request._messages = default_storage(request)
    done(request, "/laporan", "Digabung.", undo="/laporan/pisah")
    assert messages_of(request) == [("Digabung.", "/laporan/pisah")]


def test_the_field_is_dark_at_night():
    for hour, night in ((5, True), (6, False), (17, False), (18, True)):
        with clock.at(datetime(2026, 3, 2, hour, 0, tzinfo=clock.WIB)):
            assert shell(get("/tugas")).is_night is night


def test_the_way_back_stays_on_this_site():
    request = get("/")
    assert safe_next(request, "/laporan") == "/laporan"
    assert safe_next(request, "https://example.org/") == "/"
    assert safe_next(request, "//example.org", "/beranda") == "/beranda"


def test_a_thing_to_do_knows_when_it_is_late():
    now = clock.now()
    row = ToDo("inbox", "a", "b", "/c", "d", due_at=now)
    assert not row.is_late(now)
    assert row.is_late(now + timedelta(seconds=1))
    assert not ToDo("inbox", "a", "b", "/c", "d").is_late(now)


# ------------------------------------------------------------------ environment


def test_a_name_nobody_set_stops_the_page():
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing_of_that_name }}").render()


def test_text_is_escaped_and_attributes_too():
    made = environment().from_string("{{ text }}{{ attributes({'data_x': text, 'hidden': true}) }}")
    shown = made.render(text='<b>"')
    assert shown == '&lt;b&gt;&#34; data-x="&lt;b&gt;&#34;" hidden'
    assert attributes(None) == ""


def test_an_icon_alone_has_a_spoken_name():
    assert 'aria-hidden="true"' in icon("bell")
    assert 'role="img" aria-label="A &amp; B"' in icon("bell", label="A & B")


def test_every_icon_in_a_template_is_in_the_sprite():
    known = set(json.loads((ROOT / "frontend/icons/list.json").read_text(encoding="utf-8")))
    known |= {path.stem for path in (ROOT / "frontend/icons").glob("*.svg")}
    pattern = re.compile(r"""(?:icon\(|icon_name=|picture = )["']([a-z0-9-]+)["']""")
    used = {
        (name, path.name)
        for path in TEMPLATES
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert {pair for pair in used if pair[0] not in known} == set()
    assert {place[2] for place in menu.PLACES.values()} <= known


# ------------------------------------------------------------------ switches, errors, gallery


@pytest.mark.django_db
def test_a_reader_chooses_language_and_theme(client):
    answer = client.post("/tampilan", {"lang": "en", "theme": "gelap", "next": "/galeri/warga"})
    assert answer.url == "/galeri/warga"
    shown = client.get("/galeri/warga").content.decode()
    assert '<html lang="en" data-theme="gelap"' in shown
    assert "Staff sign-in" in shown
    client.post("/tampilan", {"lang": "id", "theme": "ikut"})
    shown = client.get("/galeri/warga").content.decode()
    assert '<html lang="id">' in shown
    assert "Masuk pegawai" in shown


@pytest.mark.django_db
def test_an_unknown_choice_changes_nothing(client):
    client.post("/tampilan", {"lang": "xx", "theme": "", "next": "https://example.org/"})
    assert '<html lang="id">' in client.get("/galeri/warga").content.decode()


@pytest.mark.django_db
def test_a_switch_without_a_token_is_refused():
    assert Client(enforce_csrf_checks=True).post("/tampilan", {"lang": "en"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/galeri", "/galeri?salah", "/galeri/konsol", "/galeri/warga", "/luring"]
)
def test_the_gallery_shows_every_part(client, path):
    answer = client.get(path)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert shown.count("<h1") == 1
    assert "style=" not in shown
    assert "<style" not in shown


@pytest.mark.django_db
def test_a_form_with_errors_leads_to_its_fields(client):
    shown = client.get("/galeri?salah").content.decode()
    linked = set(re.findall(r'<li><a href="#(id_\w+)">', shown))
    assert {"id_place", "id_day"} <= linked
    for field in linked:
        assert f'id="{field}"' in shown
        assert f'id="{field}-error"' in shown


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 429, 500])
def test_every_error_has_a_page_in_plain_words(client, status):
    request = client.get("/galeri/warga").wsgi_request
    answer = errors.error_page(request, status, reference="AB12CD34")
    shown = answer.content.decode()
    assert answer.status_code == status
    assert "AB12CD34" in shown
    assert "!" not in re.sub(r"<[^>]*>", "", shown)


@pytest.mark.django_db
def test_an_unknown_address_answers_with_a_page_and_a_way_on(client):
    answer = client.get("/tidak-ada")
    assert answer.status_code == 404
    assert 'class="btn pri" href="/"' in answer.content.decode()


def test_machines_get_their_errors_as_json():
    answer = errors.error_page(get("/api/v1/x"), 404, "gone")
    assert json.loads(answer.content) == {"error": "gone", "reference": None}


def test_an_error_in_the_error_page_still_answers(monkeypatch):
    monkeypatch.setattr(errors, "error_page", lambda *_args, **_more: 1 / 0)
    answer = errors.server_error(get("/x"))
    assert answer.status_code == 500
    assert b"Ref " in answer.content


@pytest.mark.django_db
def test_a_long_task_says_that_it_goes_on(client):
    request = client.get("/galeri/warga").wsgi_request
    assert errors.still_working(request).render().status_code == 202


@pytest.mark.django_db
def test_a_page_is_rendered_by_our_engine(client):
    request = client.get("/galeri/warga").wsgi_request
    assert (
        b"<h1"
        in page(request, "errors/404.html", {"message": "", "reference": ""}).render().content
    )
