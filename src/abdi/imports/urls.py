"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from abdi.imports import views, views_difference, views_export

app_name = "imports"
urlpatterns = [
    path("pegawai/unduh", views_export.export, name="export"),
    path("pegawai/impor", views.home, name="home"),
    path("pegawai/impor/<int:pk>", views.check, name="check"),
    path("pegawai/impor/<int:pk>/beda", views_difference.difference, name="difference"),
    path("pegawai/impor/<int:pk>/perbaiki", views.repair, name="repair"),
    path("pegawai/impor/<int:pk>/kolom", views.columns, name="columns"),
    path("pegawai/impor/<int:pk>/baris", views.save_rows, name="rows"),
    path("pegawai/impor/<int:pk>/baris/<int:line>", views.one_row, name="one_row"),
    path("pegawai/impor/<int:pk>/unit", views.units, name="units"),
    path("pegawai/impor/<int:pk>/unit/pakai", views.use_unit, name="use_unit"),
    path("pegawai/impor/<int:pk>/unit/buat", views.make_unit, name="make_unit"),
    path("pegawai/impor/<int:pk>/masalah", views.problems, name="problems"),
    path("pegawai/impor/<int:pk>/masalah/unggah", views.take_fixes, name="take_fixes"),
    path("pegawai/impor/<int:pk>/buang", views.put_away, name="put_away"),
    path("pegawai/impor/<int:pk>/terapkan", views.apply, name="apply"),
    path("pegawai/impor/menerapkan/<int:pk>", views.applying, name="applying"),
    path("pegawai/impor/hasil/<int:pk>", views.result, name="result"),
    path("pegawai/impor/hasil/<int:pk>/batalkan", views.undo, name="undo"),
]
