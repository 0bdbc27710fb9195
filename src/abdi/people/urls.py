"""Addresses of the people floor."""

from __future__ import annotations

from django.urls import path, re_path

from abdi.people.views import (
    breaches,
    changes,
    entry,
    lines,
    organisation,
    own,
    own_data,
    positions,
)


from abdi.people.views import breaches, deputies, entry, organisation, own, own_data


from abdi.people.views import breaches, deputies, entry, organisation, own, own_data, provider

app_name = "people"
urlpatterns = [
    path("masuk", entry.sign_in, name="sign_in"),
    path("masuk/kode", entry.code, name="code"),
    path("masuk/sandi", entry.renew_password, name="renew_password"),
    path("masuk/instansi", provider.provider_start, name="provider_start"),
    path("masuk/instansi/kembali", provider.provider_return, name="provider_return"),
    path("masuk/ulang", entry.step_up, name="step_up"),
    path("keluar", entry.sign_out, name="sign_out"),
    path("profil", own.profile, name="profile"),
    path("profil/kode", own.second_factor_page, name="second_factor"),
    path("profil/wakil", deputies.deputies, name="deputies"),
    path("profil/wakil/<int:pk>/akhiri", deputies.take_back, name="take_back"),
    path("profil/sandi", own.password, name="password"),
    path("profil/data", own_data.kept, name="own_data"),
    path("profil/data.json", own_data.as_json, name="own_data_json"),
    path("profil/data.pdf", own_data.as_pdf, name="own_data_pdf"),
    path("profil/permintaan", own_data.ask, name="ask_privacy"),
    path("permintaan-data", own_data.requests, name="privacy_requests"),
    path("permintaan-data/<int:pk>", own_data.answer, name="answer_privacy"),
    path("privasi", own_data.register, name="register"),
    path("atur/kebocoran", breaches.breaches, name="breaches"),
    path("atur/kebocoran/<int:pk>", breaches.breach, name="breach"),
    path("atur/kebocoran/<int:pk>/langkah", breaches.step, name="breach_step"),
    path("profil/akhiri-sesi", own.end_sessions, name="end_sessions"),
    path("unit", organisation.units, name="units"),
    path("unit/perubahan", changes.acts, name="acts"),
    path("unit/perubahan/<int:pk>", changes.act_page, name="act"),
    path("unit/perubahan/<int:pk>/setujui", changes.approve, name="approve_act"),
    path("unit/perubahan/<int:pk>/batal", changes.cancel, name="cancel_act"),
    path("unit/atasan", lines.contests, name="contests"),
    path("unit/atasan/<int:pk>", lines.answer, name="answer_contest"),
    path("unit/<slug:code>/ubah/<slug:way>", changes.prepare, name="prepare_act"),
    path("jabatan", positions.position_map, name="positions"),
    path("jabatan/<int:pk>", positions.position_page, name="position"),
    path("jabatan/<int:pk>/plt", positions.appoint, name="appoint"),
    path("profil/atasan", lines.my_superior, name="my_superior"),
    path("unit/<slug:code>", organisation.unit_page, name="unit"),
    path("pegawai", organisation.people, name="people"),
    re_path(r"^pegawai/(?P<code>[a-z0-9]{10,12})$", organisation.person_page, name="person"),
    path("pegawai/<slug:code>/atasan", lines.set_line, name="set_line"),
    path("atur/peran", organisation.roles, name="roles"),
    path("atur/peran/beri", organisation.grant_role, name="grant_role"),
    path("atur/peran/<int:pk>/setujui", organisation.confirm_role, name="confirm_role"),
    path("atur/peran/<int:pk>/akhiri", organisation.revoke_role, name="revoke_role"),
]
