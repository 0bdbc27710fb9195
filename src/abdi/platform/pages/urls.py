"""Addresses of the platform's own pages."""

from __future__ import annotations

from django.urls import path

from abdi.platform.pages import views

app_name = "pages"
urlpatterns = [
    path("tampilan", views.preferences, name="preferences"),
    path("galeri", views.gallery, name="gallery"),
    path("galeri/konsol", views.gallery_console, name="gallery_console"),
    path("galeri/warga", views.gallery_public, name="gallery_public"),
    path("luring", views.offline, name="offline"),
]
