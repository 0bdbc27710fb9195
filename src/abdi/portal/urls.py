"""Addresses of pages that cross modules."""

from __future__ import annotations

from django.urls import path

from abdi.portal.views import boards, evidence, home, notices, operating, settings

app_name = "portal"
urlpatterns = [
    path("beranda", home.home, name="home"),
    path("cari", home.search, name="search"),
    path("bantuan", home.help_page, name="help"),
    path("putaran", boards.loops, name="loops"),
    path("putaran/unit/<slug:code>", boards.loop_of_unit, name="loop_of_unit"),
    path("putaran/<slug:code>", boards.loop_of_service, name="loop_of_service"),
    path("dasbor", boards.board, name="board"),
    path("dasbor/<slug:slug>", evidence.evidence_page, name="evidence"),
    path("pemberitahuan", notices.notices, name="notices"),
    path("pemberitahuan/<int:pk>/lihat", notices.seen, name="seen"),
    path("kesehatan", operating.health, name="health"),
    path("kesehatan/<int:pk>/coba-lagi", operating.retry, name="retry"),
    path("audit", operating.audit, name="audit"),
    path("atur", settings.settings_home, name="settings"),
    path("atur/norma", settings.norm_modules, name="norm_modules"),
    path("atur/norma/<int:pk>/tarik", settings.withdraw_norm, name="withdraw_norm"),
    path("atur/norma/<int:pk>/setujui", settings.approve_norm, name="approve_norm"),
    path("atur/norma/<slug:module>", settings.norm_module, name="norm_module"),
    path("atur/norma/<slug:module>/<slug:name>", settings.norm, name="norm"),
    path("atur/norma/<slug:module>/<slug:name>/ubah", settings.set_norm, name="set_norm"),
]
