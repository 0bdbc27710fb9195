"""What Kota Cendana is made of: an invented city with agencies of the usual kinds."""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = {"small": 1_400, "city": 4_000, "province": 60_000}
SCHOOLS = {"small": 12, "city": 36, "province": 420}
HEALTH_CENTRES = {"small": 6, "city": 12, "province": 160}
LARGEST_TEAM = 36


@dataclass(frozen=True)
class Agency:
    """One agency: its share of the city's people, its departments, service sections, services.

    Service sections stand under the first department; the others have one section each.
    """

    code: str
    name: str
    opd_kind: str
    weight: int
    departments: tuple[str, ...]
    sections: tuple[tuple[str, str], ...] = ()
    services: tuple[tuple[str, str, str], ...] = ()
    kind: str = "agency"


AGENCIES = (
    Agency(
        "setda",
        "Sekretariat Daerah",
        "",
        6,
        ("Bagian Umum", "Bagian Hukum", "Bagian Perekonomian dan Kesejahteraan Rakyat"),
    ),
    Agency("bag-organisasi", "Bagian Organisasi", "", 1, ("Kelompok Kelembagaan dan Jabatan",)),
    Agency("setwan", "Sekretariat DPRD", "", 2, ("Bagian Persidangan",)),
    Agency("inspektorat", "Inspektorat", "inspectorate", 2, ("Inspektur Pembantu Wilayah I",)),
    Agency(
        "disdik",
        "Dinas Pendidikan",
        "education",
        16,
        ("Bidang Pendidikan Dasar", "Bidang Guru dan Tenaga Kependidikan"),
    ),
    Agency(
        "dinkes",
        "Dinas Kesehatan",
        "health",
        12,
        ("Bidang Pelayanan Kesehatan", "Bidang Pencegahan Penyakit"),
        (("gawat-darurat", "Seksi Gawat Darurat"),),
        (("ambulans", "Ambulans 24 jam", "gawat-darurat"),),
    ),
    Agency(
        "rsud",
        "RSUD Cendana",
        "health",
        10,
        ("Bidang Pelayanan Medik", "Bidang Keperawatan", "Bidang Penunjang"),
    ),
    Agency(
        "dpupr",
        "Dinas Pekerjaan Umum dan Tata Ruang",
        "public_works",
        6,
        ("Bidang Bina Marga", "Bidang Tata Ruang", "Bidang Cipta Karya"),
        (("jalan", "Seksi Jalan dan Jembatan"), ("drainase", "Seksi Drainase")),
        (("jalan", "Perbaikan jalan", "jalan"), ("drainase", "Saluran air", "drainase")),
    ),
    Agency(
        "disperkim",
        "Dinas Perumahan dan Permukiman",
        "street_lighting",
        4,
        ("Bidang Penerangan dan Pertamanan", "Bidang Perumahan"),
        (("pju", "Seksi Penerangan Jalan"), ("taman", "Seksi Pertamanan")),
        (("pju", "Penerangan jalan umum", "pju"), ("taman", "Taman kota", "taman")),
    ),
    Agency(
        "satpol",
        "Satuan Polisi Pamong Praja dan Pemadam Kebakaran",
        "satpol_fire",
        6,
        ("Bidang Operasional", "Bidang Penegakan Peraturan Daerah"),
        (("damkar", "Regu Pemadam Kebakaran"), ("trantib", "Seksi Ketertiban")),
        (("damkar", "Pemadam kebakaran", "damkar"), ("trantib", "Ketertiban umum", "trantib")),
    ),
    Agency(
        "bpbd",
        "Badan Penanggulangan Bencana Daerah",
        "disaster",
        3,
        ("Bidang Kedaruratan", "Bidang Pencegahan dan Kesiapsiagaan"),
        (("darurat", "Seksi Kedaruratan dan Logistik"),),
        (("bencana", "Tanggap bencana", "darurat"),),
    ),
    Agency("dinsos", "Dinas Sosial", "social", 3, ("Bidang Rehabilitasi Sosial",)),
    Agency("disnaker", "Dinas Tenaga Kerja", "", 2, ("Bidang Penempatan Kerja",)),
    Agency(
        "dlh",
        "Dinas Lingkungan Hidup",
        "environment",
        6,
        ("Bidang Kebersihan dan Penghijauan", "Bidang Pengendalian Pencemaran"),
        (("sampah", "Seksi Persampahan"), ("pohon", "Seksi Penghijauan")),
        (("sampah", "Pengangkutan sampah", "sampah"), ("pohon", "Perawatan pohon", "pohon")),
    ),
    Agency(
        "dukcapil",
        "Dinas Kependudukan dan Pencatatan Sipil",
        "civil_registry",
        3,
        ("Bidang Pelayanan Pendaftaran Penduduk",),
    ),
    Agency(
        "dishub",
        "Dinas Perhubungan",
        "transport",
        4,
        ("Bidang Lalu Lintas", "Bidang Angkutan"),
        (("lalin", "Seksi Lalu Lintas"),),
        (("lalin", "Lampu dan rambu lalu lintas", "lalin"),),
    ),
    Agency(
        "diskominfo",
        "Dinas Komunikasi dan Informatika",
        "communication",
        3,
        ("Bidang Layanan Informasi dan 112",),
    ),
    Agency(
        "dpmptsp",
        "Dinas Penanaman Modal dan Pelayanan Terpadu",
        "licensing",
        3,
        ("Bidang Pelayanan Perizinan",),
    ),
    Agency("disbudpar", "Dinas Kebudayaan, Pariwisata dan Olahraga", "", 2, ("Bidang Pariwisata",)),
    Agency("disperpus", "Dinas Perpustakaan dan Kearsipan", "", 2, ("Bidang Perpustakaan",)),
    Agency("dispertan", "Dinas Pertanian", "livestock_agriculture", 2, ("Bidang Peternakan",)),
    Agency("disdag", "Dinas Perdagangan", "trade", 3, ("Bidang Pengelolaan Pasar",)),
    Agency("bappeda", "Badan Perencanaan Pembangunan Daerah", "", 2, ("Bidang Perencanaan",)),
    Agency(
        "bpkad",
        "Badan Keuangan dan Aset Daerah",
        "",
        3,
        ("Bidang Anggaran dan Perbendaharaan",),
    ),
    Agency("bapenda", "Badan Pendapatan Daerah", "revenue", 3, ("Bidang Pendapatan",)),
    Agency(
        "bkpsdm",
        "Badan Kepegawaian dan Pengembangan SDM",
        "human_resources",
        3,
        ("Bidang Pengembangan Kompetensi",),
    ),
    Agency("kesbang", "Badan Kesatuan Bangsa dan Politik", "", 1, ("Bidang Wawasan Kebangsaan",)),
    Agency(
        "pdam",
        "Perumda Air Minum",
        "water_company",
        2,
        ("Bagian Distribusi",),
        (("pipa", "Seksi Jaringan Pipa"),),
        (("air", "Air bersih", "pipa"),),
    ),
    Agency("kec-utara", "Kecamatan Cendana Utara", "subdistrict", 2, (), kind="subdistrict"),
    Agency("kec-tengah", "Kecamatan Cendana Tengah", "subdistrict", 2, (), kind="subdistrict"),
    Agency("kec-selatan", "Kecamatan Cendana Selatan", "subdistrict", 2, (), kind="subdistrict"),
)
COUNTERS = (
    ("ktp", "Kartu tanda penduduk", "dukcapil"),
    ("izin", "Perizinan", "dpmptsp"),
)
VILLAGES = {
    "kec-utara": ("Kenanga", "Kartika", "Melati", "Seruni", "Dahlia", "Sedap Malam"),
    "kec-tengah": ("Alun-alun", "Pandan", "Taman Sari", "Cempaka", "Anggrek", "Flamboyan"),
    "kec-selatan": ("Bantaran", "Merpati", "Kenari", "Cendrawasih", "Teratai", "Kamboja"),
}
