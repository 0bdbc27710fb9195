"""Addresses of competence."""

from __future__ import annotations

from django.urls import path

from abdi.competence.views import maps, mine, office, standards, team

app_name = "competence"
urlpatterns = [
    path("kompetensi", office.office, name="settle"),
    path("kompetensi/tetapkan", office.settle, name="settle_all"),
    path("kompetensi/tingkat/<int:pk>", office.confirm, name="confirm"),
    path("kompetensi/periode", office.open_round, name="open_round"),
    path("kompetensi/saya", mine.mine, name="mine"),
    path("kompetensi/saya/minta-standar", mine.ask_standard, name="ask_standard"),
    path("kompetensi/nilai", mine.assess, name="assess"),
    path("kompetensi/nilai/<int:number>", mine.question, name="question"),
    path("kompetensi/nilai/periksa", mine.check, name="check"),
    path("kompetensi/nilai/kirim", mine.send, name="send"),
    path("kompetensi/tim", team.team, name="team"),
    path("kompetensi/tim/<slug:code>", team.person, name="team_person"),
    path("kompetensi/tim/<slug:code>/<int:number>", team.question, name="team_question"),
    path("kompetensi/tim/<slug:code>/periksa", team.check, name="team_check"),
    path("kompetensi/tim/<slug:code>/kirim", team.send, name="team_send"),
    path("kompetensi/tim/<slug:code>/bahas", team.talk, name="team_talk"),
    path("kompetensi/peta", maps.gap_map, name="map"),
    path("kompetensi/peta.csv", maps.gap_map_file, name="map_file"),
    path("kompetensi/peta/orang", maps.people, name="people"),
    path("kompetensi/standar", standards.standards, name="standards"),
    path("kompetensi/standar/<int:pk>", standards.standard, name="standard"),
    path("kompetensi/standar/<int:pk>/berlakukan", standards.approve, name="approve_standard"),
]
