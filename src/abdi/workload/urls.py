"""Addresses of workload."""

from __future__ import annotations

from django.urls import path

from abdi.workload import views
from abdi.workload.views import leaving

app_name = "workload"
urlpatterns = [
    path("pensiun", leaving.retirements, name="retirements"),
    path("pensiun/pengganti", leaving.stand_ins, name="stand_ins"),
    path("pensiun/pengganti/catat", leaving.note_skill, name="note_skill"),
    path("pensiun/generasi", leaving.generations, name="generations"),
    path("beban", views.overview, name="overview"),
    path("beban/<int:pk>", views.unit_page, name="unit"),
    path("beban/<int:pk>/tugas", views.add_task, name="add_task"),
    path("beban/<int:pk>/jaga", views.set_cover, name="set_cover"),
    path("beban/<int:pk>/salin", views.copy_tasks, name="copy_tasks"),
    path("beban/<int:pk>/hitung", views.compute, name="compute"),
    path("beban/tugas/<int:pk>", views.task_page, name="task"),
    path("beban/tugas/<int:pk>/akhiri", views.end_task, name="end_task"),
]
