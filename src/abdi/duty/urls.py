"""Addresses of duty."""

from __future__ import annotations

from django.urls import path

from abdi.duty.views import calls, gateways, receipts, ringing, rosters

app_name = "duty"
urlpatterns = [
    path("piket", rosters.week, name="week"),
    path("piket/saya", rosters.mine, name="mine"),
    path("piket/susun", rosters.draft, name="draft"),
    path("piket/<int:pk>/berlakukan", rosters.publish, name="publish"),
    path("piket/giliran/<int:pk>", rosters.place, name="place"),
    path("piket/petugas/<int:pk>/lepas", rosters.remove, name="remove"),
    path("siapa-berpiket", rosters.on_duty, name="now"),
    path("piket/siaga", calls.chain, name="chain"),
    path("piket/siaga/unit/<int:pk>", calls.edit_chain, name="edit_chain"),
    path("piket/siaga/<int:pk>", calls.alert_page, name="alert"),
    path("piket/siaga/<int:pk>/tangani", calls.acknowledge, name="acknowledge"),
    path("siaga/<str:token>", calls.answer, name="answer"),
    path("siaga/gerbang/<int:pk>/tanda", receipts.gateway_receipt, name="receipt"),
    path("siaga/perangkat/<str:token>/tanda", receipts.device_receipt, name="device_receipt"),
    path("piket/dering", ringing.ring, name="ring"),
    path("piket/dering/perangkat", ringing.add_device, name="add_device"),
    path("piket/dering/perangkat/<int:pk>/lepas", ringing.remove_device, name="remove_device"),
    path("atur/gerbang-siaga", gateways.gateways, name="gateways"),
    path("atur/gerbang-siaga/baru", gateways.make, name="make_gateway"),
    path("atur/gerbang-siaga/<int:pk>/rahasia", gateways.renew, name="renew_gateway"),
    path("atur/gerbang-siaga/<int:pk>/matikan", gateways.switch_off, name="switch_off_gateway"),
    path("dering.js", ringing.ring_worker, name="ring_worker"),
]
