import pytest
from django.http import HttpRequest, HttpResponse

from abdi.platform.headers import (
    POWERS,
    SecurityHeaders,
    content_policy,
    needs,
    no_referrer,
    permissions_policy,
    personal,
)


class FakeSession(dict):
    accessed = True


def answer(view=lambda request: HttpResponse("x"), session=None):
    request = HttpRequest()
    if session is not None:
        request.session = session
    return SecurityHeaders(view)(request)


def test_every_answer_carries_the_policy():
    headers = answer().headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_plain_http_gets_no_strict_transport(settings):
    settings.ABDI_PLAIN_HTTP = True
    assert "Strict-Transport-Security" not in answer().headers
    settings.ABDI_PLAIN_HTTP = False
    assert answer().headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_the_device_gives_nothing_unless_a_page_needs_it():
    assert answer().headers["Permissions-Policy"] == ", ".join(f"{p}=()" for p in POWERS)

    @needs("camera", "geolocation")
    def report_form(request):
        return HttpResponse("x")

    policy = answer(report_form).headers["Permissions-Policy"]
    assert "camera=(self)" in policy
    assert "geolocation=(self)" in policy
    assert "microphone=()" in policy


def test_unknown_powers_are_refused_at_the_start():
    with pytest.raises(ValueError, match="no such power"):
        needs("telepathy")


def test_a_policy_without_wishes_is_closed():
    assert "self" not in permissions_policy(None)


def test_integrity_pages_send_no_referrer():
    assert (
        answer(no_referrer(lambda request: HttpResponse("x")))["Referrer-Policy"] == "no-referrer"
    )


def test_pages_of_a_signed_in_person_are_never_stored():
    assert answer(session=FakeSession(_auth_user_id="1")).headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in answer(session=FakeSession()).headers
    assert "Cache-Control" not in answer().headers


def test_a_page_may_be_personal_without_a_session():
    assert (
        answer(personal(lambda request: HttpResponse("x"))).headers["Cache-Control"] == "no-store"
    )


def test_an_answer_may_be_stricter_itself():
    def file(request):
        response = HttpResponse("x")
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    assert answer(file)["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_base_map_is_the_only_foreign_host():
    policy = content_policy("https://{s}.tiles.example.org/{z}/{x}/{y}.png")
    assert "img-src 'self' data: blob: https://*.tiles.example.org;" in policy


@pytest.mark.parametrize(
    "tiles", ["http://x.org/", "https://a b/", "https://x.org;script-src/", "x"]
)
def test_a_base_map_that_would_open_the_policy_is_refused(tiles):
    with pytest.raises(ValueError, match="https"):
        content_policy(tiles)
