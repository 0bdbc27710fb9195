"""Search over reports, people, classes and pages."""

from __future__ import annotations

from typing import Any

from abdi.people import queries as people
from abdi.platform.access import Actor
from abdi.platform.pages.menu import menu_for
from abdi.reports import queries as reports
from abdi.training import queries as training

OFFICE_WORDS = {
    "aduan": "laporan",
    "pengaduan": "laporan",
    "disposisi": "antrean",
    "opd": "unit",
    "skp": "sasaran kerja",
    "ekinerja": "sasaran kerja",
    "diklat": "pelatihan",
    "bimtek": "pelatihan",
    "jaga": "piket",
    "anjab": "beban kerja",
    "abk": "beban kerja",
    "sakip": "reformasi",
}
MOST = 6


def search(actor: Actor, asked: str) -> dict[str, Any]:
    """Results by kind, at most six each; empty words find nothing."""
    nothing: dict[str, Any] = {"pages": [], "reports": [], "people": [], "classes": [], "plain": ""}
    if len(asked) < 2:
        return nothing
    plain = OFFICE_WORDS.get(asked.lower(), "")
    words = plain or asked
    lines, _more = people.directory(actor, asked, 1, MOST)
    number = reports.by_number(asked.upper().replace(" ", "-"))
    return {
        "pages": [one for one in menu_for(actor.roles) if words.lower() in one.label.lower()][
            :MOST
        ],
        "reports": [number] if number and actor.holds("reports.dispatch", "view") else [],
        "people": lines if actor.holds("people.directory", "view") else [],
        "classes": [one for one in training.open_classes() if words.lower() in one.title.lower()][
            :MOST
        ],
        "plain": plain,
    }
