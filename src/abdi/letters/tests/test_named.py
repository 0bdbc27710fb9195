"""A record of a lower floor names a letter: its page links to it, by address."""

from __future__ import annotations

import pytest

from abdi.letters import actions, queries
from abdi.letters.testing import a_letter_city, a_numbered_letter, duty_facts
from abdi.people.testing import an_actor, an_agency
from abdi.platform.access import SYSTEM
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return a_letter_city()


def test_a_record_that_names_a_letter_links_to_it_for_who_may_see_it(where):
    letter = a_numbered_letter(where)
    client = sign_in_as(where.hr)
    fragment = {"HX-Request": "true"}
    for words in (letter.number_text, f"SK {letter.number_text}"):
        asked = {"nomor": words, "tentang": "people.team:1"}
        found = client.get("/surat/bernomor", asked, headers=fragment).content.decode()
        assert f'href="/surat/{letter.code}"' in found
    asked = {"nomor": letter.number_text}
    plain = client.get("/surat/bernomor", asked)
    assert client.get(plain["Location"]).context_data["words"] == letter.number_text
    stranger = sign_in_as(an_actor("agency_hr", an_agency("Dinas Lain")))
    assert stranger.get("/surat/bernomor", asked, headers=fragment).content.strip() == b""
    nothing = client.get("/surat/bernomor", {"nomor": ""}, headers=fragment)
    assert nothing.content.strip() == b""


def test_a_letter_drawn_from_a_record_is_found_by_it_until_it_is_void(where):
    given = {"facts": duty_facts(), "by": SYSTEM, "person_ids": [where.city.crew.pk]}
    row = actions.draft("duty_order", "people.team:9", **given)
    assert [one.pk for one in queries.named_by(where.hr, "", "people.team:9")] == [row.pk]
    actions.void(row, by=where.office, reason="tanggalnya keliru sekali")
    assert queries.named_by(where.hr, "", "people.team:9") == []
