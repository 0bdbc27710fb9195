"""Addresses of culture."""

from __future__ import annotations

from django.urls import path

from abdi.culture.views import coaching, groups, steps, work

app_name = "culture"
urlpatterns = [
    path("kbk", groups.circles, name="circles"),
    path("kbk/mulai", groups.start, name="start"),
    path("kbk/<int:pk>", groups.circle, name="circle"),
    path("kbk/<int:pk>/hentikan", groups.stop, name="stop"),
    path("kbk/<int:pk>/rapat", groups.meeting, name="meeting"),
    path("kbk/<int:pk>/risalah", groups.record, name="record"),
    path("kbk/<int:pk>/risalah.pdf", groups.record_file, name="record_file"),
    path("kbk/<int:pk>/langkah/<int:number>", steps.step, name="step"),
    path("kbk/<int:pk>/langkah/<int:number>/kirim", steps.send, name="send"),
    path("kbk/<int:pk>/langkah/<int:number>/putuskan", steps.decide, name="decide"),
    path("kbk/<int:pk>/sebab", work.add_cause, name="add_cause"),
    path("kbk/<int:pk>/sebab/<int:cause_pk>/hapus", work.drop_cause, name="drop_cause"),
    path("kbk/<int:pk>/sebab/<int:cause_pk>/periksa", work.check_cause, name="check_cause"),
    path("kbk/<int:pk>/suara", work.votes, name="votes"),
    path("kbk/<int:pk>/tugas", work.add_task, name="add_task"),
    path("kbk/<int:pk>/tugas/<int:task_pk>/hapus", work.drop_task, name="drop_task"),
    path("kbk/<int:pk>/tugas/<int:task_pk>/selesai", work.finish_task, name="finish_task"),
    path("pembinaan", coaching.cases, name="cases"),
    path("tim/pembinaan/<int:pk>", coaching.coaching, name="coaching"),
    path("tim/pembinaan/<int:pk>/buka", coaching.open_case, name="open_case"),
    path("tim/pembinaan/<int:pk>/nanti", coaching.decline, name="decline"),
    path("tim/pembinaan/<int:pk>/rencana", coaching.change, name="change_plan"),
    path("tim/pembinaan/<int:pk>/catatan", coaching.note, name="note"),
    path("tim/pembinaan/<int:pk>/tutup", coaching.close, name="close"),
    path("tim/pembinaan/baru/<slug:code>", coaching.new, name="new_case"),
]
