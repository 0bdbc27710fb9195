"""Addresses of performance."""

from __future__ import annotations

from django.urls import path

from abdi.performance.views import evaluating, judging, mine, setting, team, tree

app_name = "performance"
urlpatterns = [
    path("kinerja/saya", mine.overview, name="mine"),
    path("kinerja/saya/<int:year>", mine.overview, name="mine_year"),
    path("kinerja/saya/susun", setting.setting, name="setting"),
    path("kinerja/saya/mulai", setting.start, name="start"),
    path("kinerja/saya/turunkan", setting.adopt, name="adopt"),
    path("kinerja/saya/tambah", setting.add, name="add"),
    path("kinerja/saya/ajukan", setting.propose, name="propose"),
    path("kinerja/saya/buka-lagi", setting.reopen, name="reopen"),
    path("kinerja/sasaran/<int:pk>", setting.edit, name="target"),
    path("kinerja/sasaran/<int:pk>/hapus", setting.drop, name="drop"),
    path("kinerja/sasaran/<int:pk>/tautkan", setting.link, name="link"),
    path("kinerja/sasaran/<int:pk>/kemajuan", mine.note_progress, name="progress"),
    path("kinerja/sasaran/<int:pk>/pesan", mine.give_feedback, name="feedback"),
    path("kinerja/bukti", mine.evidence, name="evidence"),
    path("kinerja/pohon", tree.tree, name="tree"),
    path("kinerja/penilaian/<int:pk>", judging.evaluation, name="evaluation"),
    path("kinerja/penilaian/<int:pk>/cetak", judging.evaluation_pdf, name="evaluation_pdf"),
    path("kinerja/penilaian/<int:pk>/keberatan", judging.object_to, name="object"),
    path("kinerja/penilaian/<int:pk>/putuskan", judging.decide, name="decide"),
    path("kinerja/rencana/<int:pk>/cetak", judging.plan_pdf, name="plan_pdf"),
    path("tim", team.team, name="team"),
    path("tim/rencana/<int:pk>", team.team_plan, name="team_plan"),
    path("tim/rencana/<int:pk>/setujui", team.agree, name="agree"),
    path("tim/rencana/<int:pk>/kembalikan", team.send_back, name="send_back"),
    path("tim/penilaian", evaluating.evaluating, name="evaluating"),
    path("tim/penilaian/simpan", evaluating.save, name="save"),
    path("tim/penilaian/hitung", evaluating.preview, name="preview"),
    path("tim/penilaian/kirim", evaluating.send, name="send"),
]
