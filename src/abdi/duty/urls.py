"""Addresses of duty."""

from __future__ import annotations

from django.urls import path

from abdi.duty import views

app_name = "duty"
urlpatterns = [
    path("piket", views.week, name="week"),
    path("piket/saya", views.mine, name="mine"),
    path("piket/susun", views.draft, name="draft"),
    path("piket/<int:pk>/berlakukan", views.publish, name="publish"),
    path("piket/giliran/<int:pk>", views.place, name="place"),
    path("piket/petugas/<int:pk>/lepas", views.remove, name="remove"),
    path("siapa-berpiket", views.on_duty, name="now"),
]
