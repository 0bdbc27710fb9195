"""The classes of the demo city: past ones, running ones and those to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from abdi.competence.choices import Competency

HALL: Final = "Gedung Diklat Kota Cendana, ruang Kenanga"
ONLINE: Final = ""


@dataclass(frozen=True)
class Course:
    """One class: what it teaches, its days from today, its seats, for whom.

    `of` names units whose people come first; without it everybody may. A `share` makes it a
    class for a part of all civil servants, in per cent, whatever their number.
    """

    title: str
    goal: str
    competency: Competency
    level: int
    hours: int
    first: int
    last: int
    seats: int
    cost_rupiah: int
    place: str = HALL
    of: tuple[str, ...] = ()
    share: int = 0
    taken: int = 100


COURSES: Final = (
    Course(
        "Pelayanan Prima dan Komunikasi Publik",
        "Peserta melayani sesuai standar dan menjelaskan proses dengan terbuka.",
        Competency.M_5, 2, 12, -74, -60, 0, 18_000_000, ONLINE, share=86,
    ),
    Course(
        "Literasi Digital dan Kerja Kolaboratif",
        "Peserta berbagi informasi dan bekerja dalam satu dokumen bersama.",
        Competency.M_2, 2, 10, -124, -110, 0, 15_000_000, ONLINE, share=88,
    ),
    Course(
        "Integritas dan Antikorupsi",
        "Peserta mengenali gratifikasi dan tahu cara melaporkannya.",
        Competency.M_1, 2, 8, -150, -143, 0, 9_000_000, ONLINE, share=60,
    ),
    Course(
        "Keselamatan Kerja di Jalan dan Ketinggian",
        "Peserta bekerja di tiang lampu dan jalan raya tanpa kecelakaan.",
        Competency.M_4, 2, 16, -82, -81, 30, 24_000_000, of=("pju", "lalin", "pipa"),
    ),
    Course(
        "Mengelola Perubahan bagi Pengawas",
        "Peserta menyusun satu aksi perubahan di seksinya.",
        Competency.M_7, 2, 24, -97, -95, 30, 36_000_000,
    ),
    Course(
        "Keputusan Berbasis Data",
        "Peserta memakai data laporan warga untuk mengambil keputusan.",
        Competency.M_8, 3, 16, -42, -40, 25, 28_000_000,
    ),
    Course(
        "Menangani Keluhan Warga",
        "Peserta menjawab keluhan dengan tenang sampai tuntas.",
        Competency.M_5, 2, 16, -4, -2, 30, 22_000_000,
        of=("dukcapil", "dpmptsp", "dinsos", "pdam"),
    ),
    Course(
        "Kepemimpinan yang Melayani",
        "Peserta membimbing anggotanya dengan tugas dan umpan balik.",
        Competency.M_6, 3, 32, -3, 2, 30, 48_000_000,
    ),
    Course(
        "Komunikasi dalam Keadaan Krisis",
        "Peserta menyampaikan hal sulit dengan jelas dan tenang.",
        Competency.M_3, 3, 16, -1, 1, 25, 26_000_000, of=("bpbd", "diskominfo", "satpol"),
    ),
    Course(
        "Orientasi Pelayanan bagi Petugas Lapangan",
        "Peserta bekerja rapi, menyapa warga dan menjelaskan kapan selesai.",
        Competency.M_5, 2, 16, 19, 20, 30, 21_000_000, of=("sampah", "pohon"), taken=60,
    ),
    Course(
        "Berbicara dengan Warga yang Marah",
        "Peserta menenangkan percakapan dan menawarkan jalan keluar.",
        Competency.M_3, 2, 8, 26, 26, 24, 12_000_000, of=("trantib", "dishub", "dinkes"),
    ),
    Course(
        "Perekat Bangsa di Tempat Kerja",
        "Peserta bekerja dengan siapa pun tanpa membeda-bedakan.",
        Competency.SK_1, 2, 8, 33, 33, 40, 11_000_000, taken=45,
    ),
    Course(
        "Analisis Data untuk Perencana",
        "Peserta membaca data bulanan dan menulis satu halaman temuan.",
        Competency.M_8, 2, 16, 40, 41, 30, 19_000_000, taken=30,
    ),
    Course(
        "Menjadi Mentor bagi Rekan",
        "Peserta mendampingi satu rekan selama delapan minggu.",
        Competency.M_6, 2, 12, 54, 56, 60, 14_000_000, ONLINE, taken=20,
    ),
)  # fmt: skip
FEW_HOURS: Final = ("dlh",)
"""Agencies whose people hardly ever learn: half of the story."""
EAGER: Final = ("pju", "taman")
"""Sections where everybody has learned."""
