"""Addresses of reports."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "reports"

CITIZENS: list[URLPattern] = []

DESK: list[URLPattern] = []

FIELD: list[URLPattern] = []

urlpatterns = [*CITIZENS, *DESK, *FIELD]
