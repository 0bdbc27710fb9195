"""What Kota Cendana is made of: an invented city with agencies of the usual kinds."""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = {"small": 1_400, "city": 4_000, "province": 60_000}


@dataclass(frozen=True)
class Agency:
    """One agency: its share of the city's people, its service sections."""

    code: str
    name: str
    kind: str
    opd_kind: str
    weight: int
    sections: tuple[tuple[str, str], ...] = ()
    services: tuple[tuple[str, str, str], ...] = ()


AGENCIES = (
    Agency("setda", "Sekretariat Daerah", "agency", "", 6),
    Agency("bag-organisasi", "Bagian Organisasi", "agency", "", 1),
    Agency("setwan", "Sekretariat DPRD", "agency", "", 2),
    Agency("inspektorat", "Inspektorat", "agency", "inspectorate", 2),
    Agency("disdik", "Dinas Pendidikan", "agency", "education", 16),
    Agency(
        "dinkes",
        "Dinas Kesehatan",
        "agency",
        "health",
        12,
        (("gawat-darurat", "Seksi Gawat Darurat"),),
        (("ambulans", "Ambulans 24 jam", "gawat-darurat"),),
    ),
    Agency("rsud", "RSUD Cendana", "agency", "health", 10),
    Agency(
        "dpupr",
        "Dinas Pekerjaan Umum dan Tata Ruang",
        "agency",
        "public_works",
        6,
        (("jalan", "Seksi Jalan dan Jembatan"), ("drainase", "Seksi Drainase")),
        (("jalan", "Perbaikan jalan", "jalan"), ("drainase", "Saluran air", "drainase")),
    ),
    Agency(
        "disperkim",
        "Dinas Perumahan dan Permukiman",
        "agency",
        "street_lighting",
        4,
        (("pju", "Seksi Penerangan Jalan"), ("taman", "Seksi Pertamanan")),
        (("pju", "Penerangan jalan umum", "pju"), ("taman", "Taman kota", "taman")),
    ),
    Agency(
        "satpol",
        "Satuan Polisi Pamong Praja dan Pemadam Kebakaran",
        "agency",
        "satpol_fire",
        6,
        (("damkar", "Regu Pemadam Kebakaran"), ("trantib", "Seksi Ketertiban")),
        (("damkar", "Pemadam kebakaran", "damkar"), ("trantib", "Ketertiban umum", "trantib")),
    ),
    Agency(
        "bpbd",
        "Badan Penanggulangan Bencana Daerah",
        "agency",
        "disaster",
        3,
        (("darurat", "Seksi Kedaruratan dan Logistik"),),
        (("bencana", "Tanggap bencana", "darurat"),),
    ),
    Agency("dinsos", "Dinas Sosial", "agency", "social", 3),
    Agency("disnaker", "Dinas Tenaga Kerja", "agency", "", 2),
    Agency(
        "dlh",
        "Dinas Lingkungan Hidup",
        "agency",
        "environment",
        6,
        (("sampah", "Seksi Persampahan"), ("pohon", "Seksi Penghijauan")),
        (("sampah", "Pengangkutan sampah", "sampah"), ("pohon", "Perawatan pohon", "pohon")),
    ),
    Agency("dukcapil", "Dinas Kependudukan dan Pencatatan Sipil", "agency", "civil_registry", 3),
    Agency(
        "dishub",
        "Dinas Perhubungan",
        "agency",
        "transport",
        4,
        (("lalin", "Seksi Lalu Lintas"),),
        (("lalin", "Lampu dan rambu lalu lintas", "lalin"),),
    ),
    Agency("diskominfo", "Dinas Komunikasi dan Informatika", "agency", "communication", 3),
    Agency("dpmptsp", "Dinas Penanaman Modal dan Pelayanan Terpadu", "agency", "licensing", 3),
    Agency("disbudpar", "Dinas Kebudayaan, Pariwisata dan Olahraga", "agency", "", 2),
    Agency("disperpus", "Dinas Perpustakaan dan Kearsipan", "agency", "", 2),
    Agency("dispertan", "Dinas Pertanian", "agency", "livestock_agriculture", 2),
    Agency("disdag", "Dinas Perdagangan", "agency", "trade", 3),
    Agency("bappeda", "Badan Perencanaan Pembangunan Daerah", "agency", "", 2),
    Agency("bpkad", "Badan Keuangan dan Aset Daerah", "agency", "", 3),
    Agency("bapenda", "Badan Pendapatan Daerah", "agency", "revenue", 3),
    Agency("bkpsdm", "Badan Kepegawaian dan Pengembangan SDM", "agency", "human_resources", 3),
    Agency("kesbang", "Badan Kesatuan Bangsa dan Politik", "agency", "", 1),
    Agency(
        "pdam",
        "Perumda Air Minum",
        "agency",
        "water_company",
        2,
        (("pipa", "Seksi Jaringan Pipa"),),
        (("air", "Air bersih", "pipa"),),
    ),
    Agency("kec-utara", "Kecamatan Cendana Utara", "subdistrict", "subdistrict", 2),
    Agency("kec-tengah", "Kecamatan Cendana Tengah", "subdistrict", "subdistrict", 2),
    Agency("kec-selatan", "Kecamatan Cendana Selatan", "subdistrict", "subdistrict", 2),
)
VILLAGES = {
    "kec-utara": ("Kenanga", "Kartika", "Melati", "Seruni", "Dahlia", "Sedap Malam"),
    "kec-tengah": ("Alun-alun", "Pandan", "Taman Sari", "Cempaka", "Anggrek", "Flamboyan"),
    "kec-selatan": ("Bantaran", "Merpati", "Kenari", "Cendrawasih", "Teratai", "Kamboja"),
}

MEN = (
    "Agus", "Bambang", "Budi", "Cahyo", "Darmawan", "Dedi", "Eko", "Fajar", "Galih", "Hari",
    "Hendra", "Imam", "Joko", "Kurnia", "Lukman", "Mulyono", "Nanang", "Oki", "Priyo", "Rahmat",
    "Slamet", "Teguh", "Udin", "Wahyu", "Yanto", "Zainal", "Anton", "Bayu", "Catur", "Dimas",
)  # fmt: skip
WOMEN = (
    "Ani", "Bunga", "Citra", "Dewi", "Endang", "Fitri", "Gita", "Hesti", "Indah", "Juwita",
    "Kartini", "Lestari", "Maya", "Nur", "Oktavia", "Puji", "Rina", "Sari", "Tuti", "Umi",
    "Vina", "Wulan", "Yuli", "Zahra", "Ayu", "Diah", "Eka", "Ika", "Mira", "Ratna",
)  # fmt: skip
FAMILY = (
    "Prasetyo", "Wibowo", "Santoso", "Hidayat", "Nugroho", "Kusuma", "Saputra", "Utami", "Rahayu",
    "Setiawan", "Susanto", "Wijaya", "Purnomo", "Hartono", "Firmansyah", "Anggraini", "Maharani",
    "Permata", "Suryani", "Handayani", "Lesmana", "Gunawan", "Siregar", "Simanjuntak", "Harahap",
    "Nasution", "Pangestu", "Widodo", "Sulistyo", "Budiarti",
)  # fmt: skip
STAFF_TITLES = (
    ("Analis Kebijakan", "JF_AHLI_MUDA", 9),
    ("Perencana", "JF_AHLI_PERTAMA", 8),
    ("Pengelola Layanan", "PELAKSANA", 6),
    ("Penata Layanan Operasional", "PELAKSANA", 7),
    ("Operator Layanan", "PELAKSANA", 5),
    ("Pengadministrasi Perkantoran", "PELAKSANA", 5),
    ("Arsiparis Terampil", "JF_TERAMPIL", 6),
    ("Pranata Komputer Ahli Pertama", "JF_AHLI_PERTAMA", 8),
)
FIELD_TITLES = (
    ("Teknisi Lapangan", "PELAKSANA", 5),
    ("Operator Alat", "PELAKSANA", 5),
    ("Petugas Lapangan", "PELAKSANA", 4),
)
