"""Addresses of the survey."""

from __future__ import annotations

from django.urls import path

from abdi.survey import views

app_name = "survey"
urlpatterns = [
    path("nilai", views.rate_list, name="rate_list"),
    path("nilai/<slug:code>", views.rate, name="rate"),
    path("kepuasan", views.results, name="results"),
    path("kepuasan/<slug:code>/buka", views.open_survey, name="open"),
    path("kepuasan/<int:pk>/tutup", views.close_survey, name="close"),
]
