"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from abdi.imports import views

app_name = "imports"
urlpatterns = [
    path("pegawai/impor", views.home, name="home"),
    path("pegawai/impor/<int:pk>", views.check, name="check"),
    path("pegawai/impor/<int:pk>/perbaiki", views.repair, name="repair"),
    path("pegawai/impor/<int:pk>/baris", views.row, name="row"),
    path("pegawai/impor/<int:pk>/masalah", views.problems, name="problems"),
    path("pegawai/impor/<int:pk>/terapkan", views.apply, name="apply"),
    path("pegawai/impor/hasil/<int:pk>", views.result, name="result"),
    path("pegawai/impor/hasil/<int:pk>/batalkan", views.undo, name="undo"),
]
