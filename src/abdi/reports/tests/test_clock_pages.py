"""The clock on the page of a report: read, stopped with a reason, running again."""

from datetime import timedelta

import pytest

from abdi.people.testing import an_actor
from abdi.platform import clock
from abdi.platform.testing import sign_in_as
from abdi.reports.testing import a_report_city, an_assigned_report

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def test_the_clock_is_stopped_and_runs_again_on_the_page_of_the_report():
    where = a_report_city()
    desk = sign_in_as(where.dispatcher)
    report = an_assigned_report(where)
    address = f"/laporan/{report.number}"
    with clock.at(report.received_at + timedelta(minutes=40)):
        page = text_of(desk.get(address))
        assert "Janji berjalan" in page
        assert "sisa 1 jam 20 menit" in page
        assert "Menunggu bahan tidak menghentikan jam." in page
        form = page.partition(f"{address}/jam/berhenti")[2].partition("</form>")[0]
        assert '<select class="select " id="id_reason"' in form
        assert form.partition("<option ")[2].startswith('value="">Pilih<'), "no reason by itself"
        assert desk.post(f"{address}/jam/berhenti", {"reason": ""}).status_code == 422
        assert desk.post(f"{address}/jam/berhenti", {"reason": "material"}).status_code == 422
        why = {"reason": "unsafe", "note": "Hujan petir", "version": report.version}
        assert desk.post(f"{address}/jam/berhenti", why).status_code == 302
        assert desk.post(f"{address}/jam/berhenti", why).status_code == 409
    report.refresh_from_db()
    with clock.at(report.received_at + timedelta(hours=3)):
        page = text_of(desk.get(address))
        assert "WIB: cuaca atau bahaya" in page
        assert "Hujan petir" in page
        assert "berhenti: cuaca" in text_of(desk.get("/antrean?tab=berjalan"))
        again = {"version": report.version}
        assert desk.post(f"{address}/jam/jalan", again).status_code == 302
        assert "Janji berjalan" in text_of(desk.get(address))
    superior = sign_in_as(an_actor("superior", where.city.agency))
    assert superior.post(f"{address}/jam/berhenti", why).status_code in (403, 404)


def test_a_clock_waits_for_the_reporter_only_with_a_question_and_no_reason_is_chosen_before():
    where = a_report_city()
    desk = sign_in_as(where.dispatcher)
    report = an_assigned_report(where)
    address = f"/laporan/{report.number}"
    with clock.at(report.received_at + timedelta(minutes=40)):
        waits = {"reason": "waiting_reporter", "question": ""}
        answer = desk.post(f"{address}/jam/berhenti", waits)
        assert answer.status_code == 422
        assert "Tulis pertanyaannya" in text_of(answer)
        waits["question"] = "Tiang nomor berapa?"
        assert desk.post(f"{address}/jam/berhenti", waits).status_code == 302
        page = text_of(desk.get(address))
    assert "Tiang nomor berapa?" in page
    for act in ("akhiri", "teruskan"):
        form = page.partition(f"{address}/{act}")[2].partition("</form>")[0]
        assert form.partition("<option ")[2].startswith('value="">Pilih<'), act


def test_half_a_minute_late_is_a_minute_late_on_every_line_of_the_page():
    where = a_report_city()
    desk = sign_in_as(where.dispatcher)
    report = an_assigned_report(where)
    with clock.at(report.due_at + timedelta(minutes=4, seconds=30)):
        page = text_of(desk.get(f"/laporan/{report.number}"))
    assert "lewat 5 m" in page, "the chip beside the title"
    assert "lewat 5 menit" in page, "the line of the clock"
    assert "lewat 4 menit" not in page
