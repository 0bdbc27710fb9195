"""Addresses of duty."""

from __future__ import annotations

from django.urls import path

from abdi.duty.views import ledger, orders, rosters

app_name = "duty"
urlpatterns = [
    path("piket", rosters.week, name="week"),
    path("piket/saya", rosters.mine, name="mine"),
    path("piket/susun", rosters.draft, name="draft"),
    path("piket/<int:pk>/berlakukan", rosters.publish, name="publish"),
    path("piket/giliran/<int:pk>", rosters.place, name="place"),
    path("piket/petugas/<int:pk>/lepas", rosters.remove, name="remove"),
    path("piket/neraca", ledger.ledger, name="ledger"),
    path("piket/neraca/<slug:code>", ledger.line, name="ledger_line"),
    path("piket/perintah", orders.order, name="order"),
    path("siapa-berpiket", rosters.on_duty, name="now"),
]
