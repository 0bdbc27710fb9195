"""An invented letter that shows what the words of a template look like; never stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from abdi.letters import rules
from abdi.letters.models import Letter
from abdi.platform import clock
from abdi.platform.norms import norms
from abdi.platform.tenancy import Institution

if TYPE_CHECKING:
    from abdi.people.models import Unit

PERSON = ("Budi Contoh, S.Sos.", "198001012005011001", "Analis", "Bagian Umum")


def sample_of(kind: str, given: Mapping[str, Any], unit: Unit, institution: Institution) -> Letter:
    """A letter of a kind with every fact filled by its own word, or by an invented person."""
    today = clock.today()
    words = norms("letters", on=today)["letter_words"]
    name, number, post, where = PERSON
    texts = {key: f"[{word}]" for key, word in rules.WORDS.items() if key not in rules.DAYS}
    texts |= {"name": name, "staff_number": number, "post": post, "unit": where}
    texts |= dict.fromkeys(rules.DAYS, today.isoformat())
    people = [["1.", f"{name}\n{words['staff_number']} {number}", post, where]]
    columns = [words[key] for key in ("row", "name", "post", "unit")]
    tables = {key: {"columns": columns, "rows": people} for key in rules.TABLES}
    sample = Letter(
        kind=kind,
        unit=unit,
        agency=unit.agency or unit,
        facts={"texts": texts, "tables": tables},
        subject=str(given.get("subject", "")),
        body=str(given.get("body", "")),
        copies=str(given.get("copies", "")),
        letter_on=today,
        signature_lines=[f"[{rules.WORDS['signer_post']}]"],
        number_text=rules.number_text(
            str(given.get("pattern", "")),
            code=str(given.get("classification", "")),
            number=17,
            unit=rules.unit_mark(unit.code),
            on=today,
        ),
    )
    sample.institution = institution
    return sample
