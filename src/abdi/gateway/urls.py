"""Addresses of the gateway."""

from __future__ import annotations

from django.urls import include, path

from abdi.gateway import views
from abdi.gateway.api import patterns

app_name = "gateway"
urlpatterns = [
    path("atur/integrasi", views.integrations, name="integrations"),
    path("atur/integrasi/kunci", views.make_key, name="make_key"),
    path("atur/integrasi/kunci/<int:pk>/akhiri", views.revoke_key, name="revoke_key"),
    path("api", views.reference, name="reference"),
    path("api/v1/openapi.json", views.described, name="openapi"),
    path("api/v1/", include(patterns())),
]
