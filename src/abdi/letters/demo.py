"""Letters of the demo city: one in each state, all of them drawn up by the real actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from abdi.letters import actions, papers
from abdi.letters.choices import LetterKind, SignatureWay
from abdi.letters.models import Letter
from abdi.people.demo import DemoCity, workday
from abdi.platform import clock, files
from abdi.platform.access import SYSTEM

ADDRESS: Final = "Jalan Cempaka 1 Cendana 63100, telepon (0351) 555-0101"
HAND_SIGNED: Final = b"\n% tanda tangan elektronik contoh\n%%EOF\n"


def build(city: DemoCity) -> None:
    """Letterheads, and five letters: two drafts, one to sign, one signed, one void."""
    if "disperkim" not in city.units:
        return
    _heads(city)
    _acting_order(city)
    _waiting(city)
    _signed(city)
    _void(city)
    _note(city)


def _heads(city: DemoCity) -> None:
    of_all = actions.LetterheadGiven("Pemerintah Kota Cendana", ADDRESS, "Cendana")
    actions.save_letterhead(None, by=SYSTEM, given=of_all)
    own = actions.LetterheadGiven(city.units["disperkim"].name, ADDRESS, "Cendana")
    actions.save_letterhead(city.units["disperkim"], by=SYSTEM, given=own)


def _acting_order(city: DemoCity) -> None:
    """A draft that waits for its number."""
    unit = city.units["taman"]
    start = workday(clock.today() + timedelta(days=4))
    actions.draft(
        LetterKind.ACTING_ORDER,
        "",
        {
            "acting_as": f"Kepala {unit.name}",
            "acting_kind": "Pelaksana Harian",
            "acting_short": "Plh.",
            "start_on": start,
            "end_on": start + timedelta(days=11),
            "basis": "Surat izin cuti Kepala Seksi Pertamanan",
        },
        by=SYSTEM,
        unit=unit,
        person_ids=city.people_of("taman")[:1],
    )


def _order(city: DemoCity, purpose: str, place: str, days: int) -> Letter:
    start = workday(clock.today() + timedelta(days=days))
    letter = actions.draft(
        LetterKind.DUTY_ORDER,
        "",
        {
            "purpose": purpose,
            "basis": "Rencana kerja Bidang Penerangan dan Pertamanan",
            "start_on": start,
            "end_on": start + timedelta(days=1),
            "venue": place,
        },
        by=SYSTEM,
        unit=city.units["pju"],
        person_ids=city.people_of("pju")[:3],
    )
    return actions.give_number(letter, by=SYSTEM, letter_on=clock.today())


def _sent(letter: Letter) -> Letter:
    paper = files.store(papers.pdf_of(letter))
    return actions.send_to_sign(letter, by=SYSTEM, paper=paper)


def _waiting(city: DemoCity) -> None:
    _sent(_order(city, "mengganti kabel panel lampu jalan", "Kelurahan Bantaran", 2))


def _signed(city: DemoCity) -> None:
    letter = _sent(_order(city, "memasang lampu sementara", "Alun-alun Cendana", -6))
    file = files.store(files.read(letter.sent_key) + HAND_SIGNED)
    actions.bring_back(letter, by=SYSTEM, file=file, way=SignatureWay.ELECTRONIC, holds_paper=True)


def _void(city: DemoCity) -> None:
    letter = _order(city, "mengawal kegiatan lari pagi", "Jalan Kenanga", -12)
    actions.void(letter, by=SYSTEM, reason="Kegiatan ditunda panitia, tanggal belum pasti.")


def _note(city: DemoCity) -> None:
    head = city.units["disperkim"]
    actions.draft(
        LetterKind.OFFICE_NOTE,
        "",
        {
            "subject": "Kebutuhan satu mobil tangga tambahan",
            "to": "Kepala Badan Keuangan dan Aset Daerah",
            "body": "Beban kerja Seksi Penerangan Jalan melampaui satu regu. "
            "Satu mobil tangga tambahan memperpendek waktu tunggu laporan warga.",
        },
        by=SYSTEM,
        unit=head,
    )
