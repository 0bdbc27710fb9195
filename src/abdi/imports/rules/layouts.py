"""Lists as cities exchange them: which columns, in which words, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from abdi.imports.choices import Layout
from abdi.imports.rules.ranks import RANKS

Cell = str | int | None
Order = tuple[Any, ...]
OWN_ID: Final = "ID ABDI"
"""Heading of the stable id where a layout has no column for it."""
_KINDS: Final = {
    "PNS": "PNS Daerah", "PPPK": "PPPK", "PPPK_PW": "PPPK Paruh Waktu",
    "contract": "Tenaga Kontrak", "volunteer": "Relawan", "elected": "Pejabat Negara",
}  # fmt: skip
_POSTS: Final = {
    "high_leadership": "Jabatan Struktural", "functional": "Jabatan Fungsional Tertentu",
    "administration": "Jabatan Pelaksana", "support": "Jabatan Pelaksana",
}  # fmt: skip
_TIERS: Final = (
    "JPT_UTAMA", "JPT_MADYA", "JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS", "JF_AHLI_UTAMA",
    "JF_AHLI_MADYA", "JF_AHLI_MUDA", "JF_AHLI_PERTAMA", "JF_PENYELIA", "JF_MAHIR", "JF_TERAMPIL",
    "JF_PEMULA", "PELAKSANA",
)  # fmt: skip
_FIRST_CONTRACT: Final = 13
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Staff:
    """One person as a list tells about him; what is not known is empty."""

    pk: int
    code: str
    name: str
    prefix: str
    suffix: str
    number: str
    employment: str
    sex: str
    birth_on: date | None
    phone: str
    email: str
    education: str
    education_order: int
    unit: str
    unit_code: str
    unit_above: str
    unit_order: str
    is_head: bool
    title: str
    post_kind: str
    tier: str
    echelon: str
    seated_on: date | None
    rank: str
    ranked_on: date | None
    institution: str
    as_of: date

    @property
    def full_name(self) -> str:
        """The name with titles, as the record shows it."""
        return f"{self.prefix} {self.name}".strip() + (f", {self.suffix}" if self.suffix else "")

    @property
    def appointed_on(self) -> date | None:
        """The first appointment of permanent staff, told by the number."""
        month = int(self.number[12:14]) if self.number else 0
        if self.employment != "PNS" or not 1 <= month < _FIRST_CONTRACT:
            return None
        return date(int(self.number[8:12]), month, 1)

    @property
    def served_months(self) -> int | None:
        """Whole months since the first appointment."""
        start = self.appointed_on
        if start is None or start > self.as_of:
            return None
        return (self.as_of.year - start.year) * _YEAR + self.as_of.month - start.month


Tell = Callable[[Staff, int], Cell]


@dataclass(frozen=True)
class Table:
    """A layout: lines of heading, what stands in each column, who belongs in, in which order."""

    name: str
    heads: tuple[tuple[str, ...], ...]
    tells: tuple[Tell, ...]
    order: Callable[[Staff], Order]
    kinds: frozenset[str] = frozenset()
    title: str = ""

    def holds(self, staff: Staff) -> bool:
        """Whether a person belongs in this list."""
        return not self.kinds or staff.employment in self.kinds

    def line(self, staff: Staff, number: int) -> list[Cell]:
        """The cells of a person."""
        return [tell(staff, number) for tell in self.tells]


def day_text(day: date | None) -> str:
    """A day as staff lists write it."""
    return f"{day:%d-%m-%Y}" if day else ""


def rank_order(staff: Staff) -> Order:
    """Place in the list of ranks (DUK), the highest first.

    By rank and since when, post (tier and since when), months served, education and age, in this
    order. Training for posts, between service and education, is not in the record. Source:
    PP 15/1979; the time in a rank before the post is practice.
    """
    latest = date.max
    rank = RANKS.index(staff.rank) if staff.rank in RANKS else -1
    tier = _TIERS.index(staff.tier) if staff.tier in _TIERS else len(_TIERS)
    return (
        -rank,
        staff.ranked_on or latest,
        tier,
        staff.echelon or "Z",
        staff.seated_on or latest,
        -(staff.served_months or 0),
        -staff.education_order,
        staff.birth_on or latest,
        staff.name.casefold(),
        staff.code,
    )


def unit_order(staff: Staff) -> Order:
    """Unit by unit as the tree has them, its head first, then by rank."""
    return (not staff.unit_order, staff.unit_order, not staff.is_head, *rank_order(staff))


_TELLS: Final[Mapping[str, Tell]] = {
    "": lambda _one, _number: None,
    "line": lambda _one, number: number,
    "id": lambda one, _number: one.code,
    "number": lambda one, _number: one.number,
    "name": lambda one, _number: one.name,
    "full_name": lambda one, _number: one.full_name,
    "name_and_birth": lambda one, _number: "\n".join(
        filter(None, (one.full_name, day_text(one.birth_on)))
    ),
    "prefix": lambda one, _number: one.prefix,
    "suffix": lambda one, _number: one.suffix,
    "birth": lambda one, _number: day_text(one.birth_on),
    "M/F": lambda one, _number: {"male": "M", "female": "F"}.get(one.sex, ""),
    "L/P": lambda one, _number: {"male": "L", "female": "P"}.get(one.sex, ""),
    "phone": lambda one, _number: one.phone,
    "email": lambda one, _number: one.email,
    "kind": lambda one, _number: _KINDS.get(one.employment, ""),
    "standing": lambda one, _number: "PPPK Aktif" if one.employment.startswith("PPPK") else "Aktif",
    "permanent": lambda one, _number: "P" if one.employment == "PNS" else "",
    "appointed": lambda one, _number: day_text(one.appointed_on),
    "rank": lambda one, _number: one.rank,
    "rank_since": lambda one, _number: day_text(one.ranked_on),
    "years": lambda one, _number: _part(one.served_months, 0),
    "months": lambda one, _number: _part(one.served_months, 1),
    "post_kind": lambda one, _number: _POSTS.get(one.post_kind, ""),
    "post": lambda one, _number: one.title,
    "post_since": lambda one, _number: day_text(one.seated_on),
    "echelon": lambda one, _number: one.echelon,
    "education": lambda one, _number: one.education,
    "unit": lambda one, _number: one.unit,
    "unit_code": lambda one, _number: one.unit_code,
    "unit_above": lambda one, _number: one.unit_above,
    "institution": lambda one, _number: one.institution,
}


def _part(months: int | None, which: int) -> int | None:
    return None if months is None else divmod(months, _YEAR)[which]


def _table(
    name: str, columns: Sequence[tuple[str, str]], *, kinds: str = "", title: str = "",
    order: Callable[[Staff], Order] = unit_order,
) -> Table:  # fmt: skip
    heads = tuple(tuple(head.split("|")) for head, _told in columns)
    depth = max(map(len, heads))
    lines = tuple(
        tuple(head[at] if at < len(head) else "" for head in heads) for at in range(depth)
    )
    tells = tuple(_TELLS[told] for _head, told in columns)
    return Table(name, lines, tells, order, frozenset(kinds.split()), title)


def _told(text: str) -> list[tuple[str, str]]:
    """Columns written as HEADING=what it tells, parted by semicolons; bare ones stay empty."""
    return [(head, told) for part in text.split(";") for head, _, told in [part.partition("=")]]


_SIASN: Final = (
    "PNS ID=id;NIP BARU=number;NIP LAMA;NAMA=name;GELAR DEPAN=prefix;GELAR BELAKANG=suffix;"
    "TEMPAT LAHIR ID;TEMPAT LAHIR NAMA;TANGGAL LAHIR=birth;JENIS KELAMIN=M/F;AGAMA ID;AGAMA NAMA;"
    "JENIS KAWIN ID;JENIS KAWIN NAMA;NIK;NOMOR HP=phone;EMAIL;EMAIL GOV=email;ALAMAT;NPWP NOMOR;"
    "BPJS;JENIS PEGAWAI ID;JENIS PEGAWAI NAMA=kind;KEDUDUKAN HUKUM ID;"
    "KEDUDUKAN HUKUM NAMA=standing;STATUS CPNS PNS=permanent;KARTU ASN VIRTUAL;NOMOR SK CPNS;"
    "TANGGAL SK CPNS;TMT CPNS=appointed;NOMOR SK PNS;TANGGAL SK PNS;TMT PNS;GOL AWAL ID;"
    "GOL AWAL NAMA;GOL AKHIR ID;GOL AKHIR NAMA=rank;TMT GOLONGAN=rank_since;MK TAHUN=years;"
    "MK BULAN=months;JENIS JABATAN ID;JENIS JABATAN NAMA=post_kind;JABATAN ID;JABATAN NAMA=post;"
    "TMT JABATAN=post_since;TINGKAT PENDIDIKAN ID;TINGKAT PENDIDIKAN NAMA=education;PENDIDIKAN ID;"
    "PENDIDIKAN NAMA;TAHUN LULUS;KPKN ID;KPKN NAMA;LOKASI KERJA ID;LOKASI KERJA NAMA;"
    "UNOR ID=unit_code;UNOR NAMA=unit;INSTANSI INDUK ID;INSTANSI INDUK NAMA=institution;"
    "INSTANSI KERJA ID;INSTANSI KERJA NAMA=institution;SATUAN KERJA INDUK ID;"
    "SATUAN KERJA INDUK NAMA=unit_above;SATUAN KERJA KERJA ID;SATUAN KERJA KERJA NAMA;"
    "IS VALID NIK;NAMA SEKOLAH;FLAG IKD"
)
_PPPK: Final = (
    "PNS ID=id;NIP BARU=number;NAMA=name;GELAR DEPAN=prefix;GELAR BELAKANG=suffix;TEMPAT LAHIR;"
    "TANGGAL LAHIR=birth;JENIS KELAMIN=M/F;AGAMA NAMA;GOL AKHIR NAMA=rank;"
    "TMT GOLONGAN AKHIR=rank_since;TINGKAT PENDIDIKAN NAMA=education;PENDIDIKAN TERAKHIR NAMA;"
    "TAHUN LULUS;JENIS JABATAN NAMA=post_kind;JABATAN NAMA=post;TMT JABATAN=post_since;"
    "ESELON NAMA=echelon;TMT ESELON;SATUAN KERJA INDUK NAMA=unit_above;SATUAN KERJA KERJA NAMA;"
    "UNOR NAMA=unit;KEDUDUKAN HUKUM NAMA=kind"
)
_DUK: Final = (
    "NO=line;NAMA|TTL=name_and_birth;NIP=number;PKT TERAKHIR|GOL/RUANG=rank;|TMT=rank_since;"
    "JABATAN|NAMA=post;|TMT=post_since;ESL=echelon;MK GOL|THN=years;|BLN=months;"
    "LATIHAN JABATAN|NAMA;|THN;|JML JAM;PEND AKHIR|ASAL;|T.LLS;|TK.IJAZAH=education;KET=kind;"
    f"{OWN_ID}=id"
)
_NOMINATIVE: Final = (
    "NO=line;NAMA=full_name;NIP=number;TGL LAHIR=birth;JK=L/P;GOL=rank;TMT GOL=rank_since;"
    "JABATAN=post;TMT JABATAN=post_since;UNIT KERJA=unit;UNIT INDUK=unit_above;"
    f"JENIS PEGAWAI=kind;{OWN_ID}=id"
)
_OWN: Final = (
    "nip=number;nama=name;gelar_depan=prefix;gelar_belakang=suffix;jenis_pegawai=kind;"
    "golongan=rank;tmt_golongan=rank_since;jenis_jabatan=post_kind;eselon=echelon;"
    "nama_jabatan=post;tmt_jabatan=post_since;kode_unor=unit_code;nama_unor=unit;"
    "unor_induk=unit_above;tingkat_pendidikan=education;jenis_kelamin=L/P;tgl_lahir=birth;"
    "nomor_hp=phone;email_gov=email;id_abdi=id"
)
TABLES: Final[Mapping[Layout, Table]] = {
    Layout.SIASN: _table("siasn", _told(_SIASN)),
    Layout.PPPK: _table("pppk", _told(_PPPK), kinds="PPPK PPPK_PW"),
    Layout.DUK: _table(
        "duk", _told(_DUK), kinds="PNS", order=rank_order,
        title="DAFTAR URUT KEPANGKATAN PEGAWAI NEGERI SIPIL",
    ),
    Layout.NOMINATIVE: _table("nominatif", _told(_NOMINATIVE)),
    Layout.OTHER: _table("own", _told(_OWN)),
}  # fmt: skip
