"""The people of the loop: who they are, which page each of them works at."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from abdi.duty.testing import a_coverage
from abdi.people.testing import actor_for, an_account, an_actor
from abdi.platform.access import Actor
from abdi.platform.jobs import run_due_jobs
from abdi.platform.testing.browser import until
from abdi.reports.testing import a_report_city
from tests.loop.browsers import PHONE, Reader, Street, a_photo

NUMBER = re.compile(r"[A-Z]{2}-\w{3}-\d{3}")


class City(Street):
    """A street-lighting agency with everybody the loop needs, and nothing that happened yet.

    Arranged are the people with their roles, the turns of the day of the section, and the kinds
    of reports. Everything after that is done on pages or by the worker.
    """

    def __init__(self, open_page: Callable[..., Any], address: str, moment: datetime) -> None:
        super().__init__(open_page, address, moment)
        where = a_report_city()
        small = where.city
        self.section, self.agency, self.service = small.section, small.agency, small.service
        a_coverage(small.section)
        for person in (small.second_crew, small.head):
            an_account(person, (("field_officer", None),))
        self.head = Superior(self, actor_for(small.head))
        self.agency_head = Superior(self, actor_for(small.agency_head))
        self.bayu = Officer(self, where.officer, small.crew)
        self.sari = Officer(self, actor_for(small.second_crew), small.second_crew)
        self.dispatcher = Dispatcher(self, small.dispatcher)
        self.commander = Reader(self, small.commander)
        self.office = Reader(self, an_actor("personnel_office", None, unit=small.agency))
        self.organiser = Organiser(self, an_actor("organiser", None, unit=small.agency))
        self.agency_hr = Reader(self, an_actor("agency_hr", small.agency))
        self.executive = Reader(self, an_actor("executive", None, unit=small.agency))
        run_due_jobs(only="performance.open_quarters")

    def a_citizen(self) -> Citizen:
        """Another citizen with another phone."""
        return Citizen(self)


class Citizen(Reader):
    """Reports, looks, answers; without an account."""

    def __init__(self, street: Street) -> None:
        super().__init__(street, None, PHONE)
        self.link = ""

    def reports_a_lamp(self, note: str, *, photo: bool = False) -> None:
        """Three taps: the tile, the place found by the phone, send."""
        self.opens("/")
        self.page.locator("a[href='/lapor/lampu']").first.click()
        self.page.wait_for_load_state()
        until(self.page, "document.querySelector('[name=lat]').value")
        self.page.locator("input[name=place]").fill("Jl. Kenanga depan SDN 2")
        self.page.locator("textarea[name=note]").fill(note)
        if photo:
            self.page.locator("input[name=photos]").set_input_files(a_photo())
        self.page.locator(".sendbar button[type=submit]").click()
        self.page.wait_for_url(re.compile(r".*/l/.+"))
        self.link = self.path.split("?")[0]

    def looks(self) -> str:
        """The tracking page by the secret link."""
        return self.opens(self.link)

    def says_it_is_not_fixed(self, words: str) -> str:
        """Belum beres: the report opens again."""
        self.opens(f"{self.link}/hasil")
        return self.sends("/hasil", "button[name=answer][value=no]", words=words)

    def says_it_is_fixed(self, stars: int) -> str:
        """Confirm and rate in one go."""
        self.opens(f"{self.link}/hasil")
        return self.sends("/hasil", "button[name=answer][value=yes]", stars=stars)


class Dispatcher(Reader):
    """The desk."""

    def numbers_waiting(self) -> list[str]:
        """The reports of the queue, as the page lists them."""
        self.opens("/antrean")
        rows = self.page.locator(".qlist li a").evaluate_all("all => all.map(a => a.href)")
        return [found[0] for row in rows if (found := NUMBER.search(row))]

    def settles(self, number: str) -> None:
        """Take the suggested kind."""
        self.opens(f"/antrean?pilih={number}")
        if self.page.locator("form[action$='/jenis'] [data-key=a]").count():
            self.sends(f"{number}/jenis", "[data-key=a]")

    def gives_the_job(self, number: str, name: str) -> None:
        """Give it to somebody who is on duty now."""
        self.opens(f"/antrean?pilih={number}")
        self.sends(f"{number}/tugaskan", f"button[aria-label*='{name}']")


class Officer(Reader):
    """Somebody of the crew, with a phone."""

    def __init__(self, street: Street, actor: Actor, person: Any) -> None:
        super().__init__(street, actor, PHONE)
        self.name: str = person.display_name
        self.code: str = person.code

    def repairs(self, number: str) -> None:
        """Accept, arrive, a photo before, a photo after, done."""
        self.opens(f"/tugas/{number}")
        for step in ("/terima", "/tiba"):
            self.sends(step)
        self.page.locator("#id_photo_before").set_input_files(a_photo())
        self.sends("/foto")
        self.page.locator("#id_photo_after").set_input_files(a_photo())
        self.presses(self.page.locator("button[form=selesai]"))

    def assesses_himself(self, level: int) -> None:
        """Nine questions, one a page; look over, send."""
        self.opens("/kompetensi/nilai")
        self.presses(self.page.locator("main form[method=post] button[type=submit].pri").first)
        answer_nine(self, "/kompetensi/nilai", level)


class Superior(Reader):
    """Leads people: answers for them, agrees to targets, evaluates."""

    def assesses(self, code: str, level: int) -> None:
        """The same nine questions about one of the team."""
        answer_nine(self, f"/kompetensi/tim/{code}", level)

    def evaluates(self, quarter: str, code: str, rating: str = "", reason: str = "") -> None:
        """Look at the figures, rate, save; an empty rating takes what is proposed."""
        self.opens(f"/tim/penilaian?periode={quarter}&orang={code}")
        given = {"result_rating": rating, "result_reason": reason} if rating else {}
        self.sends(f"orang={code}", "button.btn:not([hidden])", **given)

    def sends_the_evaluations(self, quarter: str) -> str:
        """Everything saved becomes final."""
        self.opens(f"/tim/penilaian?periode={quarter}")
        return self.sends("/tim/penilaian/kirim")


class Organiser(Reader):
    """Opens classes, marks who came, issues papers."""

    def opens_a_class(self, **given: Any) -> str:
        """From the first proposal of the plan; the code of the class."""
        self.opens("/pelatihan/rencana")
        self.follows("/pelatihan/kelas/baru?usulan=")
        self.sends("/pelatihan/kelas/baru", **given)
        return self.path.split("?")[0].rsplit("/", 1)[-1]

    def holds(self, code: str) -> None:
        """Everybody is there and passes; the class ends."""
        self.opens(f"/pelatihan/kelas/{code}/hadir")
        for box in self.page.locator("input[name=id][type=checkbox]").all():
            box.check()
        self.sends("/hadir/catat")
        self.opens(f"/pelatihan/kelas/{code}/nilai")
        for choice in self.page.locator("select[name^=passed_]").all():
            choice.select_option("1")
        self.sends("/nilai/simpan")
        self.opens(f"/pelatihan/kelas/{code}/nilai")
        self.sends("/tutup")

    def issues_the_certificate(self) -> str:
        """The public address of the paper."""
        self.opens("/pelatihan/sertifikat")
        self.sends("/sertifikat/terbitkan")
        address: str = self.page.locator("main a[href^='/sertifikat/']").first.get_attribute("href")
        return address


def answer_nine(reader: Reader, path: str, level: int) -> None:
    """Nine pages with one answer each, then send."""
    for number in range(1, 10):
        reader.opens(f"{path}/{number}")
        reader.page.locator(f"main input[name=level][value='{level}']").check(force=True)
        reader.presses(reader.page.locator("main form button[type=submit].pri").last)
    reader.opens(f"{path}/periksa")
    reader.sends(f"{path}/kirim")
