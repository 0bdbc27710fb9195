"""Addresses of reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from abdi.reports.views import sending, tracking

app_name = "reports"

CITIZENS: list[URLPattern] = [
    path("", sending.home, name="home"),
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

DESK: list[URLPattern] = []

FIELD: list[URLPattern] = []

urlpatterns = [*CITIZENS, *DESK, *FIELD]
