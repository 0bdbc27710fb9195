"""Accounts for everybody, and the roles of those who have one."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import make_password

from abdi.people.demo import names
from abdi.people.demo.city import DemoCity
from abdi.people.demo.units import START
from abdi.people.models import Account, Person, RoleGrant
from abdi.platform import clock

BATCH = 2_000
AUDIT = timedelta(days=60)
"""How long an outside auditor may sign in."""
NOT_GRANTED = ("employee", "superior")
"""Roles that follow from the post alone."""


def build(city: DemoCity, password: str) -> None:
    """One account for each person; known logins for one person of each role."""
    digest = make_password(password)
    chosen = _chosen(city)
    logins = {person_id: login for login, _role, person_id, _agency in chosen}
    city.logins = {login: person_id for person_id, login in logins.items()}
    rows = [
        Account(
            institution=city.institution,
            person_id=person_id,
            login=logins.get(person_id, f"pegawai-{person_id}"),
            email=f"{logins.get(person_id, f'pegawai{person_id}')}@cendana.example",
            password=digest,
        )
        for person_id in sorted(city.seats)
    ]
    made = Account.objects.bulk_create(rows, batch_size=BATCH)
    city.accounts = {row.person_id: row.pk for row in made if row.person_id}
    operator = Account.objects.create(
        institution=city.institution, login="operator", password=digest
    )
    auditor = Account.objects.create(
        institution=city.institution,
        login="pemeriksa",
        password=digest,
        ends_on=clock.today() + AUDIT,
    )
    _grants(city, chosen, {"sysadmin": operator, "auditor": auditor})
    people = Person.objects.in_bulk(list(logins))
    city.sign_ins = [(role, login, str(people[one])) for login, role, one, _agency in chosen]
    city.sign_ins += [("auditor", "pemeriksa", "–"), ("sysadmin", "operator", "–")]


def _chosen(city: DemoCity) -> list[tuple[str, str, int, str | None]]:
    """Login, role, person and agency of those who are named when the demo starts."""
    office = city.people_of
    return [
        ("dispatcher", "dispatcher", office("diskominfo-set")[0], None),
        ("komandan", "duty_commander", city.head_of("disperkim-b1"), "disperkim"),
        ("petugas", "field_officer", office("pju")[0], "disperkim"),
        ("atasan", "superior", city.head_of("pju"), None),
        ("pegawai", "employee", office("disperkim-set")[0], None),
        ("kepegawaian-opd", "agency_hr", office("disperkim-set")[1], "disperkim"),
        ("pelatihan", "organiser", office("bkpsdm-s1")[0], None),
        ("bkpsdm", "personnel_office", office("bkpsdm-s1")[1], None),
        ("organisasi", "organisation_office", office("bag-organisasi-s1")[0], None),
        ("fasilitator", "facilitator", office("disperkim-set")[2], "disperkim"),
        ("pengajar", "trainer", office("bkpsdm-set")[0], None),
        ("penyiap", "preparer", office("disperkim-set")[3], "disperkim"),
        ("sekda", "appointing_authority", city.head_of("setda"), None),
        ("penilai", "assessment_team", office("bkpsdm-set")[1], None),
        ("integritas", "integrity_officer", office("inspektorat-s1")[0], None),
        ("inspektorat", "inspectorate", office("inspektorat-s1")[1], None),
        ("walikota", "executive", city.head_of("kota"), None),
    ]


def _grants(
    city: DemoCity, chosen: list[tuple[str, str, int, str | None]], others: dict[str, Account]
) -> None:
    rows = [
        _grant(city.accounts[one], role, city.units[agency].pk if agency else None)
        for _login, role, one, agency in chosen
        if role not in NOT_GRANTED
    ]
    rows += [_grant(account.pk, role, None) for role, account in others.items()]
    rows.append(_grant(city.accounts[city.logins["sekda"]], "executive", None))
    holders = {one for _login, role, one, _agency in chosen if role == "field_officer"}
    for code in names.CREWS:
        agency_id = city.units[code].agency_id
        rows += [
            _grant(city.accounts[one], "field_officer", agency_id)
            for one in city.people_of(code)
            if one not in holders
        ]
    RoleGrant.objects.bulk_create(rows, batch_size=BATCH)


def _grant(account_id: int, role: str, agency_id: int | None) -> RoleGrant:
    return RoleGrant(
        account_id=account_id,
        role=role,
        agency_id=agency_id,
        start_on=START,
        granted_by="system",
        confirmed_by="system",
    )
