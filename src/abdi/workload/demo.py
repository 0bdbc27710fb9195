"""Tasks with their norm times in the demo city, what was counted of them, and the load."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from abdi.people import queries as people
from abdi.people.demo import DemoCity, Seat
from abdi.platform import clock
from abdi.platform.norms import norms
from abdi.workload import jobs, rules
from abdi.workload.choices import VolumeSource
from abdi.workload.measuring import reports_of_a_year
from abdi.workload.models import Cover, Task, Volume

ALL_DAY: Final = 8_760


@dataclass(frozen=True)
class Crew:
    """A section that answers reports: minutes for each, its other work, how full its time is.

    `load` in per cent of the section's time; without it the other work is what `others` says.
    """

    unit: str
    minutes: int
    other: str
    other_unit: str
    other_minutes: int
    load: int | None = None
    others: int = 0


CREWS: Final = (
    Crew("pju", 270, "Memelihara panel dan tiang terjadwal", "panel", 150, others=420),
    Crew("taman", 240, "Merawat taman kota", "taman", 180, load=82),
    Crew("jalan", 480, "Memelihara jalan terjadwal", "ruas", 600, load=97),
    Crew("drainase", 360, "Mengeruk saluran terjadwal", "ruas", 480, load=93),
    Crew("darurat", 300, "Melatih relawan dan memeriksa logistik", "kegiatan", 240, load=88),
    Crew("damkar", 150, "Melatih regu dan memeriksa hidran", "kegiatan", 180, load=84),
    Crew("trantib", 150, "Patroli ketertiban", "patroli", 240, load=96),
    Crew("gawat-darurat", 90, "Mengantar rujukan", "perjalanan", 120, load=91),
    Crew("lalin", 180, "Memeriksa lampu lalu lintas", "simpang", 90, load=86),
    Crew("pipa", 270, "Memeriksa tekanan jaringan", "titik", 60, load=99),
    Crew("sampah", 180, "Mengangkut sampah terjadwal", "rit", 150, load=85),
    Crew("pohon", 240, "Menanam dan merawat pohon", "pohon", 45, load=84),
)
OFFICES: Final = {
    "dukcapil-s1": (98, ("Menerbitkan KTP dan KIA", "keping", 12), ("Mencatat akta", "akta", 25)),
    "dpmptsp-s1": (108, ("Memeriksa berkas izin", "berkas", 55),
                  ("Meninjau lokasi", "lokasi", 180)),
    "dinsos-s1": (94, ("Memeriksa calon penerima bantuan", "keluarga", 70),
                  ("Mendampingi orang terlantar", "kasus", 300)),
    "bkpsdm-s1": (88, ("Menyelenggarakan pelatihan", "kelas", 2_400),
                  ("Memproses kenaikan pangkat", "berkas", 75)),
    "disperkim-set": (76, ("Menyusun laporan keuangan", "laporan", 480),
                      ("Mengelola surat masuk dan keluar", "surat", 14)),
    "bag-organisasi-s1": (104, ("Menelaah analisis jabatan", "jabatan", 220),
                          ("Menyusun standar pelayanan", "standar", 540)),
}  # fmt: skip


def build(city: DemoCity) -> None:
    """Tasks of the service sections and of some offices, then the load of all above them."""
    sheet = _Sheet(city)
    for crew in CREWS:
        sheet.add_crew(crew)
    for code, (load, *works) in OFFICES.items():
        sheet.add_office(code, load, list(works))
    sheet.write()
    post = city.seats[city.people_of("damkar")[0]].position_id
    Cover.objects.create(position_id=post, seats=4 * city.scale, hours_per_year=ALL_DAY)
    jobs.compute_all_staffing()


class _Sheet:
    """Tasks and volumes that wait to be written."""

    def __init__(self, city: DemoCity) -> None:
        self.city = city
        self.since = clock.today() - timedelta(days=400)
        self.effective = int(norms("workload", on=clock.today())["effective_minutes"])
        self.volumes: list[Volume] = []

    def write(self) -> None:
        """Tasks first, then how often they are done."""
        Task.objects.bulk_create([volume.task for volume in self.volumes])
        for volume in self.volumes:
            volume.task_id = volume.task.pk
        Volume.objects.bulk_create(self.volumes)

    def add_crew(self, crew: Crew) -> None:
        """Reports are counted; the other work fills the section up to its load."""
        unit = self.city.units[crew.unit]
        seat = self.city.seats[self.city.people_of(crew.unit)[0]]
        counted, days = reports_of_a_year(people.unit_and_below(unit.pk))
        count = sum(counted.values())
        reports = self._task(seat, "Menangani laporan warga", "laporan", crew.minutes)
        reports.source = VolumeSource.REPORTS
        left = crew.others * crew.other_minutes * self.city.scale
        if crew.load is not None:
            everybody = len(self.city.people_of(crew.unit)) + 1
            done = rules.yearly_volume(count, days) * crew.minutes
            left = max(0, everybody * self.effective * crew.load // 100 - done)
        other = self._task(seat, crew.other, crew.other_unit, crew.other_minutes)
        year = clock.today().year
        self.volumes += [
            Volume(task=reports, year=year, count=count, is_measured=True, days=days),
            Volume(task=other, year=year, count=left // crew.other_minutes),
        ]

    def add_office(self, code: str, load: int, works: list[tuple[str, str, int]]) -> None:
        """Each title of an office has its share of the office's work."""
        members = self.city.people_of(code)
        by_title: dict[str, list[Seat]] = {}
        for person_id in members:
            seat = self.city.seats[person_id]
            by_title.setdefault(seat.title, []).append(seat)
        whole = self.effective * load * (len(members) + 1) // 100
        for title in sorted(by_title):
            seats = by_title[title]
            for name, output, minutes in works:
                task = self._task(seats[0], name, output, minutes)
                count = whole * len(seats) // len(members) // len(works) // minutes
                self.volumes.append(Volume(task=task, year=clock.today().year, count=count))

    def _task(self, seat: Seat, name: str, output: str, minutes: int) -> Task:
        return Task(
            unit_id=seat.unit_id,
            position_id=seat.position_id,
            name=name,
            output_unit=output,
            minutes=minutes,
            start_on=self.since,
        )
