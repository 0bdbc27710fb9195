"""Addresses of training."""

from __future__ import annotations

from django.urls import path

from abdi.training.views import catalogue, certificates, people, planning, running

app_name = "training"
urlpatterns = [
    path("pelatihan", catalogue.catalogue, name="catalogue"),
    path("pelatihan/saya", catalogue.mine, name="mine"),
    path("pelatihan/sesuai", catalogue.fitting, name="fitting"),
    path("pelatihan/orang", people.team, name="people"),
    path("pelatihan/usulan", planning.top_proposals, name="top_proposals"),
    path("pelatihan/rencana", planning.plan, name="plan"),
    path("pelatihan/rencana/<int:pk>/biaya", planning.cost, name="cost"),
    path("pelatihan/rencana/<int:pk>/sisihkan", planning.dismiss, name="dismiss"),
    path("pelatihan/sertifikat", certificates.certificates, name="certificates"),
    path("pelatihan/sertifikat/terbitkan", certificates.issue, name="issue"),
    path("pelatihan/sertifikat/<int:pk>.pdf", certificates.paper, name="paper"),
    path("pelatihan/sertifikat/<int:pk>/cabut", certificates.ask_revocation, name="ask_revoke"),
    path(
        "pelatihan/sertifikat/<int:pk>/putuskan",
        certificates.decide_revocation,
        name="decide_revoke",
    ),
    path("pelatihan/kelas", running.classes, name="classes"),
    path("pelatihan/kelas/baru", running.new_class, name="new_class"),
    path("pelatihan/kelas/<slug:code>/undang", running.invite, name="invite"),
    path("pelatihan/kelas/<slug:code>/hadir", running.presence, name="presence"),
    path("pelatihan/kelas/<slug:code>/hadir/catat", running.mark, name="mark"),
    path("pelatihan/kelas/<slug:code>/hadir/batal", running.unmark, name="unmark"),
    path("pelatihan/kelas/<slug:code>/ganti", running.replace, name="replace"),
    path("pelatihan/kelas/<slug:code>/nilai", running.results, name="results"),
    path("pelatihan/kelas/<slug:code>/nilai/simpan", running.decide, name="decide"),
    path("pelatihan/kelas/<slug:code>/tutup", running.close, name="close"),
    path("pelatihan/kelas/<slug:code>/batalkan", running.cancel, name="cancel_class"),
    path("pelatihan/<slug:code>", catalogue.class_page, name="class"),
    path("pelatihan/<slug:code>/daftar", catalogue.enrol, name="enrol"),
    path("pelatihan/<slug:code>/terima", catalogue.accept, name="accept"),
    path("pelatihan/<slug:code>/lepas", catalogue.leave, name="leave"),
    path("sertifikat/<slug:code>", certificates.check, name="check"),
]
