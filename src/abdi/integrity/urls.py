"""Addresses of integrity."""

from __future__ import annotations

from django.urls import path

from abdi.integrity import discipline, views

app_name = "integrity"
urlpatterns = [
    path("disiplin", discipline.home, name="discipline"),
    path("disiplin/<int:pk>", discipline.settle, name="settle"),
    path("netral", views.home, name="home"),
    path("netral/pernyataan", views.pledge, name="pledge"),
    path("netral/pernyataan/daftar", views.pledges, name="pledges"),
    path("netral/boleh", views.may_i, name="may_i"),
    path("netral/boleh/<int:pk>", views.advice, name="advice"),
    path("netral/boleh/<int:pk>/jawab", views.answer, name="answer"),
    path("netral/pertanyaan", views.questions, name="questions"),
    path("netral/pertanyaan/terbitkan", views.publish, name="publish"),
]
