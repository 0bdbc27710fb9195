"""Invented names and the titles of posts."""

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
    ("Analis Kebijakan Ahli Muda", "JF_AHLI_MUDA", 9),
    ("Perencana Ahli Pertama", "JF_AHLI_PERTAMA", 8),
    ("Pengelola Layanan Operasional", "PELAKSANA", 6),
    ("Penata Layanan Operasional", "PELAKSANA", 7),
    ("Operator Layanan Operasional", "PELAKSANA", 5),
    ("Pengadministrasi Perkantoran", "PELAKSANA", 5),
    ("Arsiparis Terampil", "JF_TERAMPIL", 6),
    ("Pranata Komputer Ahli Pertama", "JF_AHLI_PERTAMA", 8),
)
SCHOOL_TITLES = (
    ("Guru Ahli Muda", "JF_AHLI_MUDA", 9),
    ("Guru Ahli Pertama", "JF_AHLI_PERTAMA", 8),
    ("Guru Ahli Pertama", "JF_AHLI_PERTAMA", 8),
    ("Operator Layanan Operasional", "PELAKSANA", 5),
)
HEALTH_TITLES = (
    ("Dokter Ahli Pertama", "JF_AHLI_PERTAMA", 9),
    ("Perawat Terampil", "JF_TERAMPIL", 7),
    ("Perawat Mahir", "JF_MAHIR", 8),
    ("Bidan Terampil", "JF_TERAMPIL", 7),
    ("Pengadministrasi Perkantoran", "PELAKSANA", 5),
)
CREW_TITLES = {
    "pju": ("Teknisi Penerangan Jalan", 6),
    "taman": ("Petugas Pertamanan", 5),
    "jalan": ("Petugas Pemeliharaan Jalan", 5),
    "drainase": ("Petugas Saluran Air", 5),
    "damkar": ("Petugas Pemadam Kebakaran", 6),
    "trantib": ("Petugas Ketertiban Umum", 6),
    "darurat": ("Petugas Tanggap Darurat", 6),
    "sampah": ("Petugas Persampahan", 5),
    "pohon": ("Petugas Penghijauan", 5),
    "gawat-darurat": ("Petugas Ambulans", 6),
    "lalin": ("Teknisi Lalu Lintas", 6),
    "pipa": ("Teknisi Jaringan Pipa", 6),
}
CREWS = {
    "pju": 5,
    "taman": 9,
    "jalan": 14,
    "drainase": 9,
    "damkar": 24,
    "trantib": 16,
    "darurat": 14,
    "sampah": 18,
    "pohon": 12,
    "gawat-darurat": 16,
    "lalin": 10,
    "pipa": 8,
}
"""People of each crew in the small city; the overloaded section of the story has very few."""
ALL_CIVIL = ("pju",)
"""Crews without contract workers."""
