"""Addresses of reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from abdi.reports.views import (
    board,
    field,
    handover,
    sending,
    staff_list,
    staff_log,
    staff_queue,
    staff_report,
    tracking,
)

app_name = "reports"

CITIZENS: list[URLPattern] = [
    path("", sending.home, name="home"),
    path("lapor", sending.home, name="home_by_name"),
    path("lapor/<slug:kind>", sending.send, name="send"),
    path("lapor/<slug:kind>/dekat", sending.near, name="near"),
    path("janji-layanan", sending.promises, name="promises"),
    path("lacak", tracking.find, name="find"),
    path("l/<str:code>", tracking.track, name="track"),
    path("l/<str:code>/ikut", tracking.follow, name="follow"),
    path("l/<str:code>/pesan", tracking.message, name="message"),
    path("l/<str:code>/hasil", tracking.result, name="result"),
    path("l/<str:code>/foto/<int:pk>", tracking.photo, name="photo"),
]

DESK: list[URLPattern] = [
    path("papan", board.board, name="board"),
    path("papan/baris", board.board_rows, name="board_rows"),
    path("antrean", staff_queue.queue, name="queue"),
    path("antrean/baru", staff_queue.queue_news, name="queue_news"),
    path("serah-terima", handover.book, name="handover"),
    path("serah-terima/<int:pk>", handover.one, name="handover_one"),
    path("serah-terima/<int:pk>/tanda-tangan", handover.sign, name="sign_handover"),
    path("serah-terima/<int:pk>/tambah", handover.remark, name="remark_handover"),
    path("serah-terima/<int:pk>/berkas.pdf", handover.as_pdf, name="handover_pdf"),
    path("laporan", staff_list.report_list, name="list"),
    path("laporan/catat", staff_log.log, name="log"),
    path("laporan/<str:number>", staff_report.report_page, name="report"),
    path("laporan/<str:number>/foto/<int:pk>", staff_report.photo, name="desk_photo"),
    path("laporan/<str:number>/jenis", staff_queue.categorise, name="categorise"),
    path("laporan/<str:number>/tugaskan", staff_queue.assign, name="assign"),
    path("laporan/<str:number>/gabung", staff_queue.merge, name="merge"),
    path("laporan/<str:number>/pisah", staff_queue.split, name="split"),
    path("laporan/<str:number>/tutup", staff_report.close, name="close"),
    path("laporan/<str:number>/buka-lagi", staff_report.reopen, name="reopen"),
    path("laporan/<str:number>/jam/berhenti", staff_report.pause, name="pause"),
    path("laporan/<str:number>/jam/jalan", staff_report.resume, name="resume"),
    path("laporan/<str:number>/klasifikasi", staff_report.set_class, name="set_class"),
    path("laporan/<str:number>/pesan", staff_report.message, name="desk_message"),
    path("laporan/<str:number>/teruskan", staff_report.pass_on, name="pass_on"),
    path("laporan/<str:number>/akhiri", staff_report.reject, name="reject"),
    path("laporan/<str:number>/pelapor", staff_report.reveal, name="reveal"),
]

FIELD: list[URLPattern] = [
    path("tugas", field.jobs, name="jobs"),
    path("tugas/<str:number>", field.job, name="job"),
    path("tugas/<str:number>/terima", field.accept, name="accept"),
    path("tugas/<str:number>/tolak", field.decline, name="decline"),
    path("tugas/<str:number>/berangkat", field.start, name="start"),
    path("tugas/<str:number>/tiba", field.arrive, name="arrive"),
    path("tugas/<str:number>/foto", field.photo, name="job_photo"),
    path("tugas/<str:number>/selesai", field.finish, name="finish"),
    path("tugas/<str:number>/belum", field.postpone, name="postpone"),
]

urlpatterns = [*CITIZENS, *DESK, *FIELD]
