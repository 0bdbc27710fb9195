"""Addresses of duty."""

from __future__ import annotations

from django.urls import path

from abdi.duty.views import (
    feeds,
    ledger,
    orders,
    pay,
    planning,
    quality,
    rosters,
    swaps,
    unit_rules,
)

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
    path("piket/tukar", swaps.swaps, name="swaps"),
    path("piket/tukar/giliran/<int:pk>", swaps.ask, name="swap"),
    path("piket/tukar/pilihkan/<int:pk>", swaps.choose, name="swap_choose"),
    path("piket/tukar/<int:pk>/setuju", swaps.agree, name="swap_agree"),
    path("piket/tukar/<int:pk>/ambil", swaps.take, name="swap_take"),
    path("piket/tukar/<int:pk>/tidak", swaps.refuse, name="swap_refuse"),
    path("piket/tukar/<int:pk>/tarik", swaps.withdraw, name="swap_withdraw"),
    path("piket/tukar/<int:pk>/setujui", swaps.approve, name="swap_approve"),
    path("piket/tukar/<int:pk>/tolak", swaps.reject, name="swap_reject"),
    path("piket/saya/keinginan", swaps.wish, name="wish"),
    path("piket/saya/keinginan/<int:pk>/tarik", swaps.unwish, name="unwish"),
    path("piket/bulan", planning.month, name="month"),
    path("piket/bulan/berlakukan", planning.publish_month, name="publish_month"),
    path("piket/rencana", planning.ask, name="ask"),
    path("piket/rencana/isi", planning.mend, name="mend"),
    path("piket/rencana/<int:pk>", planning.plan_page, name="plan"),
    path("piket/rencana/<int:pk>/terapkan", planning.apply, name="apply"),
    path("piket/rencana/<int:pk>/singkirkan", planning.drop, name="drop"),
    path("piket/giliran/<int:pk>/mengapa/<str:code>", planning.why, name="why"),
    path("piket/aturan", unit_rules.rules_page, name="rules"),
    path("piket/aturan/<int:pk>/giliran", unit_rules.set_turn, name="set_turn"),
    path("piket/aturan/<int:pk>/angka", unit_rules.set_figures, name="set_figures"),
    path("piket/aturan/<int:pk>/regu", unit_rules.set_platoons, name="set_platoons"),
    path("piket/aturan/<int:pk>/tidak-malam", unit_rules.set_day_only, name="set_day_only"),
    path("siapa-berpiket", rosters.on_duty, name="now"),
]
