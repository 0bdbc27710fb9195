"""`abdi export people`: what is written comes in again and is nobody new."""

import json

import pytest

from abdi.config import exporting, importing
from abdi.imports.models import ListExport
from abdi.people.testing import a_city

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["daftar.xlsx", "daftar.csv"])
def test_the_command_writes_a_list_that_comes_in_again(tmp_path, capsys, name):
    city = a_city()
    path = tmp_path / name
    words = ["people", "--layout", "nominatif", "--agency", city.agency.code, str(path), "--json"]
    assert exporting.main([*words, "--reason", "uji"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": name, "layout": "nominatif", "people": 6}
    assert ListExport.objects.get().reason == "uji"
    assert importing.main(["people", str(path), "--apply", "--ready-only", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["new"], told["changed"]) == (6, 0, 0)


def test_wrong_words_end_with_code_2(tmp_path, capsys):
    a_city()
    assert exporting.main(["people", str(tmp_path / "x.csv"), "--agency", "nowhere"]) == 2
    with pytest.raises(SystemExit):
        exporting.main(["people", str(tmp_path / "x.doc")])
    assert not (tmp_path / "x.csv").exists()
    capsys.readouterr()
