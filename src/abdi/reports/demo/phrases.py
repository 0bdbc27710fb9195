"""What citizens of the demo city write, put together from parts; and where they live."""

from __future__ import annotations

import random
from typing import Final

STREETS: Final = (
    "Jl. Anggur", "Jl. Pemuda", "Jl. Mangga Dua", "Jl. Sawo", "Jl. Diponegoro", "Jl. Serayu",
    "Jl. Bengawan", "Jl. Kelapa Gading", "Jl. Merpati", "Jl. Pahlawan", "Jl. Sumber Waras",
    "Jl. Rambutan", "Gang Melati", "Gang Kenari", "Gang Manggis", "Jl. Taman Praja",
    "Jl. Ring Road Timur", "Jl. Pasar Lama", "Jl. Stasiun", "Perum Griya Asri",
)  # fmt: skip
LANDMARKS: Final = (
    "depan musala", "dekat pos ronda", "seberang warung soto", "samping SD", "dekat jembatan kecil",
    "di tikungan", "depan toko bangunan", "belakang balai RW", "pas pertigaan",
    "dekat lapangan voli",    "sebelah gapura", "depan minimarket",
)  # fmt: skip
SINCE: Final = (
    "sejak semalam", "sudah tiga hari", "dari kemarin sore", "sudah seminggu", "tadi pagi",
    "sejak hujan kemarin", "sudah dua malam", "baru saja", "sejak Senin",
)  # fmt: skip
ASKING: Final = (
    "Mohon segera ditangani.", "Tolong dicek, terima kasih.", "Minta tolong petugasnya ke sini ya.",
    "Mohon bantuannya.", "Kasihan anak-anak yang lewat.", "Takut ada yang celaka.", "Makasih min.",
    "Terima kasih sebelumnya.", "Sudah lapor RT, katanya lapor ke sini.", "", "", "",
)  # fmt: skip
WHAT: Final[dict[str, tuple[str, ...]]] = {
    "street_light_out": (
        "Lampu jalan mati {where}, gelap sekali {since}.",
        "Penerangan jalan padam {since} {where}.",
        "{where} gelap gulita, lampunya mati dua titik.",
        "Lampu PJU kedip-kedip lalu mati {where}.",
        "Min lampu jalannya mati lagi {where}, {since}.",
        "Jalan gelap {where} karena lampunya tidak menyala {since}.",
    ),
    "street_light_wire": (
        "Kabel lampu jalan menjuntai {where}, hampir kena kepala.",
        "Ada kabel PJU putus dan menggantung {where}.",
    ),
    "lamp_by_day": (
        "Lampu jalan menyala terus siang hari {where}.",
        "Siang-siang lampunya masih nyala {where}, sayang listriknya.",
    ),
    "pole_live": (
        "Tiang lampu nyetrum kalau dipegang {where}.",
        "Anak saya kesetrum waktu pegang tiang lampu {where}.",
    ),
    "pole_fallen": ("Tiang lampu roboh {where}.", "Tiang miring mau jatuh {where}."),
    "traffic_light_out": (
        "Lampu merah mati {where}, kendaraan semrawut.",
        "Traffic light padam {since} {where}.",
    ),
    "fallen_tree_blocking": (
        "Pohon tumbang menutup jalan {where}.",
        "Ada pohon roboh kena angin {where}, motor tidak bisa lewat.",
        "Dahan besar jatuh melintang di jalan {where}.",
    ),
    "dangerous_tree": (
        "Pohon sudah miring {where}, takut roboh.",
        "Pohon besar keropos {where}, bahaya kalau hujan angin.",
        "Dahannya sudah lapuk {where}, {since} mulai retak.",
    ),
    "tree_trimming": (
        "Tolong pangkas pohon {where}, sudah kena kabel.",
        "Dahan menutupi lampu jalan {where}, mohon dipangkas.",
    ),
    "flood": (
        "Banjir {where}, air sampai lutut.",
        "Air masuk rumah {where} {since}.",
        "Genangan tinggi {where}, motor banyak yang mogok.",
    ),
    "drain_blocked": (
        "Selokan mampet {where}, airnya meluap.",
        "Saluran air tersumbat sampah {where}, baunya tidak enak.",
        "Got penuh lumpur {where} {since}.",
    ),
    "fire": (
        "Ada kebakaran {where}.",
        "Rumah terbakar {where}, tolong cepat.",
        "Lahan terbakar {where}.",
    ),
    "animal_rescue": (
        "Ada ular masuk rumah {where}.",
        "Sarang tawon besar di atap {where}.",
        "Biawak masuk kamar mandi {where}.",
    ),
    "fire_crew_rescue": (
        "Cincin tidak bisa lepas, jari sudah bengkak, rumah {where}.",
        "Anak terkunci di dalam mobil {where}.",
    ),
    "gas_leak": ("Bau gas menyengat {where}.", "Tabung gas bocor {where}."),
    "medical_emergency": (
        "Bapak saya sesak napas, rumah {where}. Minta ambulans.",
        "Ibu jatuh dan tidak sadar {where}.",
        "Ada orang pingsan {where}.",
    ),
    "traffic_accident": (
        "Kecelakaan motor {where}, ada yang luka.",
        "Tabrakan mobil dan motor {where}, tolong ambulans.",
    ),
    "pothole": (
        "Jalan berlubang {where}, sudah ada yang jatuh.",
        "Lubang besar di tengah jalan {where} {since}.",
        "Aspal mengelupas {where}, bahaya malam hari.",
    ),
    "road_damage": ("Jalan rusak parah {where}.", "Jalan ambles {where} {since}."),
    "waste_pile": (
        "Sampah menumpuk {where}, bau sekali.",
        "Tumpukan sampah sampai ke jalan {where} {since}.",
        "Sampah di {where} belum dibersihkan, lalatnya banyak.",
    ),
    "waste_not_collected": (
        "Sampah rumah {where} tidak diangkut {since}.",
        "Truk sampah tidak lewat {where} {since}.",
        "Sudah dua kali jadwal sampah tidak diambil {where}.",
    ),
    "illegal_dumping": (
        "Ada yang buang sampah sembarangan {where} tiap malam.",
        "Lahan kosong {where} jadi tempat buang sampah liar.",
    ),
    "water_supply": (
        "Air PDAM mati {where} {since}.",
        "Pipa bocor {where}, airnya terbuang.",
        "Air keruh dan kecil {where} {since}.",
    ),
    "illegal_parking": (
        "Parkir liar menutup jalan {where}.",
        "Mobil parkir di trotoar {where} tiap hari.",
    ),
    "park_facility": ("Ayunan taman rusak {where}.", "Bangku taman patah {where}."),
    "public_order": (
        "Musik keras sampai tengah malam {where}.",
        "Ada orang mabuk bikin ribut {where}.",
    ),
    "street_vendor": ("PKL menutup trotoar {where}.", "Pedagang berjualan di badan jalan {where}."),
    "street_fight": (
        "Balap liar {where}, berisik sekali.",
        "Ada yang mau tawuran {where}, tolong cepat.",
    ),
    "id_card": (
        "KTP saya belum jadi {since}.",
        "Akta anak saya salah nama, cara membetulkan bagaimana?",
    ),
    "permit": ("Izin usaha saya belum terbit {since}.",),
    "homeless_odgj": (
        "Ada orang terlantar {where} {since}.",
        "ODGJ mengamuk {where}, warga takut.",
    ),
    "stray_animal": ("Banyak anjing liar {where}.", "Kucing sakit {where}, kasihan."),
    "staff_conduct": ("Petugas loketnya ketus waktu ditanya.",),
    "wifi_cctv": ("WiFi taman mati {since} {where}.",),
}
OTHERS: Final = ("{name} {where}, {since}.", "Lapor {name} {where}.")
PRAISE: Final = (
    "Cepat, terima kasih.", "Petugasnya ramah dan rapi.", "Mantap, langsung ditangani.",
    "Tidak menyangka secepat ini.", "Alhamdulillah sudah beres.", "", "",
)  # fmt: skip
MIDDLING: Final = (
    "Sudah beres, tapi agak lama.",
    "Lumayan.",
    "Selesai, cuma harus lapor dua kali.",
    "",
)
COMPLAINT: Final[dict[str, tuple[str, ...]]] = {
    "slow": (
        "Terlalu lama menunggu, sudah keburu jatuh korban.",
        "Baru datang setelah berhari-hari.",
        "Kerjanya bagus, tapi lamanya minta ampun.",
    ),
    "rude": (
        "Petugasnya ketus waktu ditanya.",
        "Dibersihkan separuh, sisanya ditinggal.",
        "Tidak mau menjelaskan kapan diangkut lagi.",
        "Dipangkas asal saja, dahannya ditinggal di jalan.",
        "Bilangnya selesai, ternyata belum.",
    ),
}
AGAIN: Final[dict[str, tuple[str, ...]]] = {
    "slow": ("Semalam nyala, sekarang mati lagi.", "Masih gelap."),
    "rude": (
        "Belum beres, masih menumpuk di pojok.",
        "Cuma diambil sebagian.",
        "Dahan masih melintang di trotoar.",
        "Tidak ada yang datang, tapi tertulis selesai.",
    ),
    "": ("Belum beres.", "Masih sama seperti kemarin."),
}
DONE: Final = (
    "Selesai dikerjakan.",
    "Sudah diperbaiki dan dicoba.",
    "Sudah dibersihkan.",
    "Beres, aman.",
)
OWNERS: Final = (
    ("power_company", "PLN"),
    ("provincial", "Dinas PU provinsi"),
    ("national", "Balai jalan nasional"),
    ("estate_not_handed_over", "Pengembang perumahan"),
    ("river_basin", "Balai wilayah sungai"),
)
REPORTERS: Final = (
    "Anto",
    "Bu Ning",
    "Pak RT",
    "Dina",
    "Yuni",
    "Mas Heru",
    "Lia",
    "Bu Tari",
    "Pak Joko",
)


def place_of(rng: random.Random, street: str) -> str:
    """An address as people write it."""
    return (
        f"{street} No. {rng.randint(1, 98)}, RT {rng.randint(1, 12):02d}/RW {rng.randint(1, 8):02d}"
    )


def text_of(rng: random.Random, code: str, name: str, street: str) -> str:
    """One report in everyday words."""
    shape = rng.choice(WHAT.get(code, OTHERS))
    where = f"{rng.choice(('di', 'di sekitar'))} {street}"
    if rng.random() < 0.6:
        where = f"{rng.choice(LANDMARKS)} {street}"
    filled = shape.format(where=where, since=rng.choice(SINCE), name=name.lower())
    asking = rng.choice(ASKING)
    return f"{filled[0].upper()}{filled[1:]} {asking}".strip()
