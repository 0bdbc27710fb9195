"""The name that was meant: the nearest of the names that exist."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

ENOUGH_PERMYRIAD: Final = 5_500
_WHOLE: Final = 10_000
_OTHER = re.compile(r"[^a-z0-9]+")
_SHORT: Final = {
    "kec": "kecamatan", "kel": "kelurahan", "bag": "bagian", "bid": "bidang", "sek": "sekretariat",
    "dispora": "dinas pemuda olahraga", "dinkes": "dinas kesehatan", "dishub": "dinas perhubungan",
    "dlh": "dinas lingkungan hidup", "disdik": "dinas pendidikan", "dinsos": "dinas sosial",
    "bkd": "badan kepegawaian daerah", "bappeda": "badan perencanaan pembangunan daerah",
    "bpbd": "badan penanggulangan bencana daerah", "dan": "", "kantor": "", "kota": "",
    "satpol": "satuan polisi", "pp": "pamong praja", "setda": "sekretariat daerah", "kab": "",
    "moch": "mochamad", "muh": "muhammad", "mhd": "muhammad", "moh": "mohamad",
    "pengadm": "pengadministrasi", "ka": "kepala", "kasi": "kepala seksi", "kabid": "kepala bidang",
    "kasubbag": "kepala subbagian", "kasubag": "kepala subbagian", "subag": "subbagian",
    "sub": "sub", "pu": "pekerjaan umum", "pupr": "pekerjaan umum penataan ruang", "&": "",
}  # fmt: skip


@lru_cache(maxsize=8192)
def same_name(text: str) -> str:
    """A name as it is compared: no capitals, accents, signs; short forms written out."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = _OTHER.sub(" ", plain).split()
    return " ".join(" ".join(_SHORT.get(word, word) for word in words).split())


class Names:
    """Names that exist, ready to be asked for the one that was meant."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_same: dict[str, str] = {}
        for name in names:
            self.by_same.setdefault(same_name(name), name)
        self.shapes = {same: _shape(same) for same in self.by_same}
        self.found: dict[str, str | None] = {}

    def known(self, text: str) -> str | None:
        """The existing name a text is, capitals, signs and short forms apart."""
        return self.by_same.get(same_name(text))

    def nearest(self, text: str) -> str | None:
        """The existing name most alike; None where none is alike enough."""
        if text not in self.found:
            self.found[text] = self._nearest(_shape(same_name(text)))
        return self.found[text]

    def _nearest(self, shape: Counter[str]) -> str | None:
        best, best_likeness = None, ENOUGH_PERMYRIAD - 1
        for same, other in self.shapes.items():
            likeness = _likeness(shape, other)
            if likeness > best_likeness:
                best, best_likeness = self.by_same[same], likeness
        return best


def _shape(text: str) -> Counter[str]:
    padded = f"  {text} "
    return Counter(padded[at : at + 3] for at in range(len(padded) - 2))


def _likeness(one: Counter[str], other: Counter[str]) -> int:
    """Share of equal threes of letters, in ten-thousandths (Dice)."""
    both = sum(min(count, other[letters]) for letters, count in one.items() if letters in other)
    return 2 * both * _WHOLE // max(one.total() + other.total(), 1)


def likeness(one: str, other: str) -> int:
    """How alike two names are, in ten-thousandths; signs and short forms make no difference."""
    first, second = same_name(one), same_name(other)
    return _WHOLE if first == second else _likeness(_shape(first), _shape(second))
