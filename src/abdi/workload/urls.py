"""Addresses of workload."""

from __future__ import annotations

from django.urls import path

from abdi.workload import views

app_name = "workload"
urlpatterns = [
    path("beban", views.overview, name="overview"),
    path("beban/<int:pk>", views.unit_page, name="unit"),
    path("beban/<int:pk>/tugas", views.add_task, name="add_task"),
    path("beban/<int:pk>/jaga", views.set_cover, name="set_cover"),
    path("beban/<int:pk>/salin", views.copy_tasks, name="copy_tasks"),
    path("beban/<int:pk>/hitung", views.compute, name="compute"),
    path("beban/tugas/<int:pk>", views.task_page, name="task"),
    path("beban/tugas/<int:pk>/akhiri", views.end_task, name="end_task"),
]
