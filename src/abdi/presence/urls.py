"""Addresses of leave, presence and the personal calendar."""

from __future__ import annotations

from django.urls import path

from abdi.presence.views import calendar, files, leaves, presence

app_name = "presence"
urlpatterns = [
    path("cuti", leaves.home, name="leaves"),
    path("cuti/minta", leaves.ask, name="ask"),
    path("cuti/saldo", leaves.balance, name="balance"),
    path("cuti/<int:pk>", leaves.one, name="leave"),
    path("cuti/<int:pk>/putuskan", leaves.decide, name="decide"),
    path("cuti/<int:pk>/batalkan", leaves.cancel, name="cancel"),
    path("cuti/<int:pk>/surat", leaves.permit, name="permit"),
    path("kehadiran", presence.home, name="presence"),
    path("kehadiran/berkas", files.home, name="files"),
    path("kehadiran/berkas/<int:pk>", files.one, name="file"),
    path("kehadiran/berkas/<int:pk>/terapkan", files.apply, name="apply"),
    path("kehadiran/berkas/<int:pk>/singkirkan", files.discard, name="discard"),
    path("kehadiran/berkas/<int:pk>/masalah", files.problems, name="problems"),
    path("kehadiran/<int:pk>", presence.one, name="day"),
    path("kehadiran/<int:pk>/sanggah", presence.object_to, name="object"),
    path("kehadiran/<int:pk>/koreksi", presence.correct, name="correct"),
    path("kehadiran/sanggahan/<int:pk>", presence.answer, name="answer"),
    path("kalender", calendar.home, name="calendar"),
    path("kalender/unduh", calendar.download, name="calendar_file"),
]
