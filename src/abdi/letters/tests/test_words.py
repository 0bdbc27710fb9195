"""Words of letters and letterheads: dated, harmless, each agency its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from abdi.letters import actions, queries
from abdi.letters.models import Letter, Template
from abdi.letters.testing import (
    a_letter,
    a_letter_city,
)
from abdi.people.testing import an_agency
from abdi.platform import clock
from abdi.platform.access import Refused
from abdi.platform.actions import Conflict, Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return a_letter_city()


def given_words(**more):
    values = {
        "kind": "duty_order", "start_on": clock.today(), "subject": "Tugas {keperluan}",
        "body": "Kepada {nama}.", "copies": "", "classification": "094", "pattern": "ST-{nomor}",
        "paper": "a4", **more,
    }  # fmt: skip
    return actions.TemplateGiven(**values)


def test_new_words_count_from_their_day_and_old_letters_keep_theirs(where):
    before = a_letter(where)
    actions.save_template(where.agency, by=where.hr, given=given_words())
    actions.save_template(
        None, by=where.office, given=given_words(body="Untuk semua.", start_on=date(2026, 3, 9))
    )
    after = a_letter(where)
    assert (after.body, after.pattern, after.template.agency) == (
        "Kepada {nama}.", "ST-{nomor}", where.agency,
    )  # fmt: skip
    assert Letter.objects.get(pk=before.pk).body == before.body
    other = an_agency("Dinas Lain")
    assert queries.wording_of("duty_order", other.pk, clock.today()).template is None
    with clock.at(clock.now() + timedelta(days=7)):
        later = queries.wording_of("duty_order", other.pk, clock.today())
    assert later.body == "Untuk semua."
    assert Template.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"start_on": date(2026, 3, 1)},
        {"body": "{__import__}"},
        {"subject": "{daftar_pegawai}"},
        {"copies": "{entah}"},
        {"pattern": "{tahun}"},
        {"pattern": "{nomor}{os}"},
    ],
)
def test_words_that_could_do_harm_are_refused(where, wrong):
    with pytest.raises(Invalid):
        actions.save_template(None, by=where.office, given=given_words(**wrong))


def test_an_agency_changes_its_own_words_only(where):
    with pytest.raises(Refused):
        actions.save_template(None, by=where.hr, given=given_words())
    with pytest.raises(Refused):
        actions.save_template(an_agency("Dinas Lain"), by=where.hr, given=given_words())


def test_the_head_of_the_paper_is_that_of_the_agency_else_of_the_city(where):
    of_all = actions.LetterheadGiven("Pemerintah Kota Uji", "Jl. Satu 1", "Kota Uji")
    actions.save_letterhead(None, by=where.office, given=of_all)
    own = actions.LetterheadGiven("Dinas Terang", "Jl. Lampu 2", "Uji")
    row = actions.save_letterhead(where.agency, by=where.hr, given=own)
    head = queries.head_of_paper(where.agency, "Kota Uji")
    assert (head.institution, head.agency, head.address, head.place) == (
        "Pemerintah Kota Uji", "Dinas Terang", "Jl. Lampu 2", "Uji",
    )  # fmt: skip
    with pytest.raises(Conflict):
        actions.save_letterhead(where.agency, by=where.hr, given=own, seen=row.version + 5)
    with pytest.raises(Invalid):
        actions.save_letterhead(
            where.agency, by=where.hr, given=actions.LetterheadGiven("", "", "")
        )
