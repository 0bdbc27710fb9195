"""The form of a new letter: what cannot be ordered is said at its field."""

from __future__ import annotations

import pytest

from abdi.letters.testing import a_letter_city
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db


def test_days_the_wrong_way_round_are_said_at_the_last_day():
    where = a_letter_city()
    days = {"fact_start_on": "2026-05-05", "fact_end_on": "2026-05-01", "fact_purpose": "Jaga"}
    answer = sign_in_as(where.hr).post("/surat/baru", {"kind": "duty_order", **days})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert 'id="id_fact_end_on-error"' in said
    assert 'value="2026-05-05"' in said
