"""Addresses of rights."""

from __future__ import annotations

from django.urls import path

from abdi.rights import views

app_name = "rights"
urlpatterns = [
    path("hak", views.home, name="home"),
    path("hak/<int:pk>", views.one, name="one"),
    path("hak/<int:pk>/surat", views.draft, name="draft"),
    path("hak/<int:pk>/berikan", views.give, name="give"),
    path("hak/<int:pk>/sisihkan", views.set_aside, name="set_aside"),
]
