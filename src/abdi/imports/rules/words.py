"""Headings of staff lists: many words for few things."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from abdi.imports.choices import Field

LONGEST_HEADING: Final = 80
_PLAIN: Final = 60
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OTHER_SIGNS = re.compile(r"[^A-Z0-9]+")
_SPREAD = re.compile(r"\b[A-Z](?: [A-Z]){2,}\b")
"""A word written letter by letter: N I P, T.M.T., N A M A."""
_PARTS = re.compile(r"[\n/&,;+|()\[\]]|\bDAN\b|\bdan\b|\bDan\b|\s-\s")
_DIGITS = re.compile(r"\d{5}")

SHORT: Final = {
    "TGL": "TANGGAL", "TGGL": "TANGGAL", "TG": "TANGGAL", "TANGAL": "TANGGAL", "DATE": "TANGGAL",
    "TTL": "TEMPAT TANGGAL LAHIR", "TGLLAHIR": "TANGGAL LAHIR", "TMPT": "TEMPAT", "TMP": "TEMPAT",
    "TPT": "TEMPAT", "TEMP": "TEMPAT", "LHR": "LAHIR", "BIRTH": "LAHIR", "DOB": "TANGGAL LAHIR",
    "BIRTHDATE": "TANGGAL LAHIR", "KELAHIRAN": "LAHIR",
    "GOL": "GOLONGAN", "GOLRU": "GOLONGAN RUANG", "GOLR": "GOLONGAN", "PKT": "PANGKAT",
    "PANG": "PANGKAT", "RG": "RUANG", "RU": "RUANG", "RANK": "GOLONGAN",
    "JAB": "JABATAN", "JABT": "JABATAN", "POSITION": "JABATAN", "ESL": "ESELON", "ES": "ESELON",
    "PEND": "PENDIDIKAN", "PDDK": "PENDIDIKAN", "PDDKN": "PENDIDIKAN", "IJAZAH": "PENDIDIKAN",
    "KET": "KETERANGAN", "THN": "TAHUN", "TH": "TAHUN", "BLN": "BULAN", "NM": "NAMA",
    "NAME": "NAMA", "NO": "NOMOR", "NMR": "NOMOR", "NUMBER": "NOMOR", "KLMN": "KELAMIN",
    "KLM": "KELAMIN", "KEL": "KELAMIN", "JNS": "JENIS", "JK": "JENIS KELAMIN", "SEX": "KELAMIN",
    "GENDER": "KELAMIN", "SEKS": "KELAMIN", "UNKER": "UNIT KERJA", "SATKER": "SATUAN KERJA",
    "UNORG": "UNOR", "ORGANISASI": "UNOR", "ORG": "UNOR", "MK": "MASA KERJA", "MKG": "MASA KERJA",
    "TELP": "TELEPON", "TLP": "TELEPON", "HANDPHONE": "HP", "PONSEL": "HP", "WHATSAPP": "HP",
    "WA": "HP", "PHONE": "HP", "SUREL": "EMAIL", "MAIL": "EMAIL",
    "LENGKAPNYA": "LENGKAP", "NIPBARU": "NIP BARU", "NIPLAMA": "NIP LAMA", "UNOR": "UNOR",
    "TERHITUNG": "TMT", "SEJAK": "TMT", "SINCE": "TMT", "PENEMPATAN": "TEMPAT TUGAS",
    "BERTUGAS": "TUGAS", "GLR": "GELAR", "DPN": "DEPAN", "BLK": "BELAKANG", "BLKG": "BELAKANG",
}  # fmt: skip
"""Short and foreign forms, each as the words it stands for."""


@dataclass(frozen=True)
class Meaning:
    """What a heading says: the fields of its column, and how surely (0 to 100)."""

    fields: tuple[Field, ...]
    sure: int
    is_since: bool = False


NOTHING: Final = Meaning((), 0)
IGNORED: Final = Meaning((), 1)
SINCE: Final = Meaning((), 2, is_since=True)


@dataclass(frozen=True)
class _Rule:
    meaning: Meaning
    every: frozenset[str]
    some: frozenset[str]
    none: frozenset[str]

    def _fits(self, words: frozenset[str]) -> bool:
        return (
            self.every <= words
            and not (self.none & words)
            and (not self.some or bool(self.some & words))
        )


def _rule(fields: str, sure: int, *, every: str = "", some: str = "", none: str = "") -> _Rule:
    meaning = Meaning(tuple(Field(name) for name in fields.split()), sure) if fields else IGNORED
    sets = (frozenset(words.split()) for words in (every, some, none))
    return _Rule(meaning, *sets)


_UNIT_WORDS: Final = "UNOR UNIT OPD SKPD SKPK PD INSTANSI UPT UPTD DINAS AGENCY"
_RULES: Final = (
    _rule("", 1, some="DIKLAT LATIHAN PELATIHAN PIM MASA SUAMI ISTRI PASANGAN ATASAN PENILAI IBU"),
    _rule("", 1, some="AYAH ANAK SEKOLAH KENAIKAN PENSIUN GAJI BERKALA DARAH SK KARPEG NPWP BPJS"),
    _rule("", 1, some="NIK AGAMA KAWIN KPKN ALAMAT USIA UMUR FLAG VALID KARTU KK KTP KURSUS TTD"),
    _rule("outside_id", 60, every="ID ABDI"),
    _rule("outside_id", 50, every="PNS ID"),
    _rule("", 1, some="ID KODE CODE"),
    _rule("", 1, every="NIP LAMA", none="BARU"),
    _rule("number", 95, some="NIP NIPPPK NIPK NIPNIPPPK NIPPK"),
    _rule("number", 90, every="NOMOR INDUK"),
    _rule("number", 90, every="NI PPPK"),
    _rule("number", 80, every="NOMOR PEGAWAI"),
    _rule("number", 80, some="EMPLOYEE STAFF", every="NOMOR"),
    _rule("title_prefix", 90, every="GELAR DEPAN", none="NAMA"),
    _rule("title_suffix", 90, every="GELAR BELAKANG", none="NAMA"),
    _rule("birth_place birth_on", 90, every="TEMPAT TANGGAL LAHIR"),
    _rule("birth_place", 85, every="TEMPAT LAHIR"),
    _rule("birth_place", 85, every="KOTA LAHIR"),
    _rule("birth_on", 90, every="TANGGAL LAHIR"),
    _rule("birth_on", 70, every="LAHIR"),
    _rule("sex", 90, some="KELAMIN"),
    _rule("sex", 80, every="L P"),
    _rule("sex", 80, every="P W"),
    _rule("sex", 80, every="LK PR"),
    _rule("appointed_on", 90, every="TMT CPNS"),
    _rule("appointed_on", 80, every="TANGGAL CPNS"),
    _rule("", 1, some="TMT TANGGAL MULAI BERLAKU", every="PNS"),
    _rule("rank_since", 90, every="TMT", some="GOLONGAN PANGKAT RUANG", none="AWAL"),
    _rule("rank_since", 85, some="GOLONGAN PANGKAT RUANG", every="TANGGAL", none="AWAL"),
    _rule("rank_since", 80, some="GOLONGAN PANGKAT RUANG", every="MULAI", none="AWAL"),
    _rule("position_since", 90, every="TMT JABATAN"),
    _rule("position_since", 85, every="TANGGAL JABATAN"),
    _rule("position_since", 80, every="MULAI JABATAN"),
    _rule("", 1, some="TMT TANGGAL", every="ESELON"),
    _rule("", 1, some="AWAL"),
    _rule("rank", 92, some="GOLONGAN", every="AKHIR"),
    _rule("rank", 90, some="GOLONGAN", none="CPNS"),
    _rule("rank", 70, some="PANGKAT RUANG", none="CPNS"),
    _rule("echelon", 70, some="ESELON"),
    _rule("position_kind", 80, every="JENIS JABATAN"),
    _rule("", 1, every="JABATAN", some="KELAS JENJANG RUMPUN KELOMPOK JUMLAH"),
    _rule("position", 92, every="JABATAN NAMA"),
    _rule("position", 90, some="JABATAN"),
    _rule("parent_unit", 82, every="SATUAN KERJA INDUK"),
    _rule("parent_unit", 80, some=f"{_UNIT_WORDS} SATUAN PERANGKAT", every="INDUK"),
    _rule("unit", 95, some="UNOR"),
    _rule("unit", 93, every="UNIT KERJA"),
    _rule("unit", 85, some="OPD SKPD SKPK UNIT AGENCY UPT UPTD PD"),
    _rule("unit", 84, every="PERANGKAT DAERAH"),
    _rule("unit", 80, every="SATUAN KERJA"),
    _rule("unit", 60, every="TEMPAT", some="TUGAS KERJA DINAS BEKERJA"),
    _rule("unit", 55, every="LOKASI TUGAS"),
    _rule("unit", 50, some="INSTANSI"),
    _rule("", 1, every="JENIS PENDIDIKAN"),
    _rule("employment", 80, every="JENIS", some="PEGAWAI KEPEGAWAIAN ASN"),
    _rule("employment", 75, every="STATUS", some="PEGAWAI KEPEGAWAIAN ASN CPNS"),
    _rule("standing", 80, every="KEDUDUKAN"),
    _rule("", 1, every="TAHUN"),
    _rule("education", 80, every="PENDIDIKAN", some="TINGKAT TK JENJANG STRATA"),
    _rule("study", 70, some="PENDIDIKAN JURUSAN PRODI"),
    _rule("email", 80, every="EMAIL GOV"),
    _rule("email", 75, some="EMAIL"),
    _rule("phone", 75, some="HP TELEPON"),
    _rule("note", 40, some="KETERANGAN CATATAN"),
)
_NAME_WORDS: Final = frozenset(
    [
        "NAMA",
        "LENGKAP",
        "PEGAWAI",
        "ASN",
        "PNS",
        "PPPK",
        "GELAR",
        "DENGAN",
        "TANPA",
        "BESERTA",
        "KARYAWAN",
        "PETUGAS",
        "DAN",
        "FULL",
        "STAF",
        "PERSONEL",
        "PERSONIL",
        "BERIKUT",
        "SERTA",
        "DEPAN",
        "BELAKANG",
        "NEGERI",
        "SIPIL",
    ]
)
_LINE_WORDS: Final = frozenset({"NOMOR", "URUT", "URT", "UR", "NU"})
_SMALL: Final = frozenset(
    [
        "TAHUN",
        "BULAN",
        "HARI",
        "JAM",
        "JML",
        "JUMLAH",
        "ASAL",
        "LLS",
        "LULUS",
        "T",
        "TK",
        "TINGKAT",
        "JURUSAN",
        "TEMPAT",
        "RUANG",
        "BARU",
        "LAMA",
        "HP",
        "TERAKHIR",
        "LENGKAP",
        "SEKARANG",
        "JENIS",
        "TMT",
        "AKHIR",
        "URUT",
        "NO",
        "KE",
        "L",
        "P",
        "KERJA",
        "TANGGAL",
        "MULAI",
        "AWAL",
    ]
)
VOCABULARY: Final = _SMALL.union(
    _NAME_WORDS, _LINE_WORDS, *(rule.every | rule.some for rule in _RULES)
)
"""Every word that headings are made of; a line made of others is no heading."""

_NAME = Meaning((Field.NAME,), 90)
_LINE = Meaning((Field.LINE_NUMBER,), 10)
SINCE_OF: Final = {Field.RANK: Field.RANK_SINCE, Field.POSITION: Field.POSITION_SINCE}
"""Which day a bare TMT tells, by what stands before it."""


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a heading in capitals, short forms written out; "tglLahir" is two words."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text)).upper()
    plain = _SPREAD.sub(_drawn_together, _OTHER_SIGNS.sub(" ", plain.replace("E-MAIL", "EMAIL")))
    words: list[str] = []
    for word in plain.split():
        words += SHORT.get(word, word).split()
    return tuple(words)


def _drawn_together(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")


def meaning_of(words: tuple[str, ...]) -> Meaning:
    """What the words of one heading, or one part of it, say."""
    known = frozenset(words)
    if not known:
        return NOTHING
    if known in ({"TMT"}, {"TMT", "TANGGAL"}, {"TMT", "TERAKHIR"}, {"TMT", "AKHIR"}):
        return SINCE
    for rule in _RULES:
        if rule._fits(known):
            return rule.meaning
    if "NAMA" in known and known <= _NAME_WORDS:
        return _NAME
    if "NOMOR" in known and known <= _LINE_WORDS:
        return _LINE
    return NOTHING


@lru_cache(maxsize=4096)
def heading_meaning(text: str, above: str = "") -> Meaning:
    """What a heading says, alone or under a wider one; "Gol/TMT" says two things at once."""
    if len(text) > LONGEST_HEADING or _DIGITS.search(text):
        return NOTHING
    context = tokens(above)
    parts = [words for part in _PARTS.split(text) if (words := tokens(part))]
    found = [_in_context(words, context) for words in parts]
    compound = _together(found, "LAHIR" in tokens(text))
    if len(compound.fields) > 1:
        return compound
    whole = _in_context(tokens(text), context)
    is_beside = compound.fields and not whole.fields and not _RELATED & set(tokens(text))
    return whole if whole.sure and not is_beside else compound


_RELATED: Final = frozenset(
    {"SUAMI", "ISTRI", "PASANGAN", "ATASAN", "PENILAI", "IBU", "AYAH", "ANAK", "SEKOLAH", "DARAH"}
    | {"DIKLAT", "LATIHAN"}
)
"""Whom or what a heading is about where it is not the person: no part of it is his."""


_BIRTH: Final = (Field.BIRTH_PLACE, Field.BIRTH_ON)
_HALF_OF_BIRTH: Final = frozenset({"TEMPAT", "KOTA", "TANGGAL"})


def _in_context(words: tuple[str, ...], context: tuple[str, ...]) -> Meaning:
    alone = meaning_of(words)
    if not context:
        return alone
    context = _without_days(context)
    meaning, wide = meaning_of(context + words), meaning_of(context)
    if wide.fields == _BIRTH and (half := _HALF_OF_BIRTH & set(words)):
        return Meaning((_BIRTH["TANGGAL" in half],), wide.sure)
    adds_nothing = wide.fields and meaning.fields == wide.fields
    if adds_nothing and alone.sure >= _PLAIN and alone.fields != (Field.NAME,):
        return alone
    if meaning.sure and meaning.fields != (Field.LINE_NUMBER,):
        return meaning
    return alone


def _without_days(context: tuple[str, ...]) -> tuple[str, ...]:
    """A wide "Jabatan dan TMT" is about the post; its own columns say which of them is the day."""
    if not _DATED & set(context):
        return context
    return tuple(word for word in context if word not in {"TMT", "TANGGAL"})


_DATED: Final = frozenset({"JABATAN", "PANGKAT", "GOLONGAN"})


def _is_said(field: Field, fields: list[Field]) -> bool:
    """Whether a field is there already; in "TMT Gol/Ruang" the second word is still of the day."""
    return field in fields or SINCE_OF.get(field) in fields[:1]


def _together(found: list[Meaning], about_birth: bool) -> Meaning:
    """Several meanings of one cell as one; a bare TMT belongs to what stands before it."""
    fields: list[Field] = []
    for meaning in found:
        told = meaning.fields
        if meaning.is_since and fields:
            told = (SINCE_OF[fields[-1]],) if fields[-1] in SINCE_OF else ()
        fields += [field for field in told if not _is_said(field, fields)]
    has_more = about_birth and any(not meaning.sure for meaning in found)
    if has_more and fields[-1:] == [Field.BIRTH_ON] and Field.BIRTH_PLACE not in fields:
        fields.insert(-1, Field.BIRTH_PLACE)
    if Field.LINE_NUMBER in fields and len(fields) > 1:
        fields.remove(Field.LINE_NUMBER)
    sure = max((meaning.sure for meaning in found), default=0)
    return Meaning(tuple(fields), sure if fields else 0)
