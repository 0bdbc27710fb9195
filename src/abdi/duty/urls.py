"""Addresses of duty."""

from __future__ import annotations

from django.urls import path

from abdi.duty.views import feeds, ledger, orders, pay, quality, rosters

app_name = "duty"
urlpatterns = [
    path("piket", rosters.week, name="week"),
    path("piket/saya", rosters.mine, name="mine"),
    path("piket/susun", rosters.draft, name="draft"),
    path("piket/<int:pk>/berlakukan", rosters.publish, name="publish"),
    path("piket/giliran/<int:pk>", rosters.place, name="place"),
    path("piket/petugas/<int:pk>/lepas", rosters.remove, name="remove"),
    path("piket/mutu", quality.quality, name="quality"),
    path("piket/neraca", ledger.ledger, name="ledger"),
    path("piket/neraca/<slug:code>", ledger.line, name="ledger_line"),
    path("piket/jam", pay.hours, name="hours"),
    path("piket/jam.xlsx", pay.workbook, name="hours_file"),
    path("piket/jam/serah", pay.hand_over, name="hand_over"),
    path("piket/langganan", feeds.subscribe, name="subscribe"),
    path("piket/langganan/unit", feeds.subscribe_unit, name="subscribe_unit"),
    path("piket/langganan/<int:pk>/cabut", feeds.unsubscribe, name="unsubscribe"),
    path("kalender/langganan/<str:token>.ics", feeds.feed, name="feed"),
    path("piket/perintah", orders.order, name="order"),
    path("siapa-berpiket", rosters.on_duty, name="now"),
]
