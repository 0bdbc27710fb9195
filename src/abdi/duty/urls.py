"""Addresses of duty."""

from __future__ import annotations

from django.urls import path

from abdi.duty.views import rosters, swaps

app_name = "duty"
urlpatterns = [
    path("piket", rosters.week, name="week"),
    path("piket/saya", rosters.mine, name="mine"),
    path("piket/susun", rosters.draft, name="draft"),
    path("piket/<int:pk>/berlakukan", rosters.publish, name="publish"),
    path("piket/giliran/<int:pk>", rosters.place, name="place"),
    path("piket/petugas/<int:pk>/lepas", rosters.remove, name="remove"),
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
    path("siapa-berpiket", rosters.on_duty, name="now"),
]
