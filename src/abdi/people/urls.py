"""Addresses of the people floor."""

from __future__ import annotations

from django.urls import path, re_path

from abdi.people.views import entry, organisation, own

app_name = "people"
urlpatterns = [
    path("masuk", entry.sign_in, name="sign_in"),
    path("masuk/kode", entry.code, name="code"),
    path("masuk/ulang", entry.step_up, name="step_up"),
    path("keluar", entry.sign_out, name="sign_out"),
    path("profil", own.profile, name="profile"),
    path("profil/kode", own.second_factor_page, name="second_factor"),
    path("profil/sandi", own.password, name="password"),
    path("profil/akhiri-sesi", own.end_sessions, name="end_sessions"),
    path("unit", organisation.units, name="units"),
    path("unit/<slug:code>", organisation.unit_page, name="unit"),
    path("pegawai", organisation.people, name="people"),
    re_path(r"^pegawai/(?P<code>[a-z0-9]{10,12})$", organisation.person_page, name="person"),
    path("atur/peran", organisation.roles, name="roles"),
    path("atur/peran/beri", organisation.grant_role, name="grant_role"),
    path("atur/peran/<int:pk>/setujui", organisation.confirm_role, name="confirm_role"),
    path("atur/peran/<int:pk>/akhiri", organisation.revoke_role, name="revoke_role"),
]
