"""SCIM: accounts to make, change and switch off; roles to read; refusals in the standard's form."""

import json

import pytest

from abdi.gateway.models import DirectoryGroup
from abdi.gateway.testing import a_key, a_program
from abdi.people.models import Account, RoleGrant
from abdi.people.testing import a_city, actor_for, an_account, an_actor, an_institution
from abdi.platform.journal import Entry
from abdi.platform.tenancy import within

pytestmark = pytest.mark.django_db
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


@pytest.fixture
def program():
    return a_program(a_key(an_actor("sysadmin"))[1], "en")


def send(program, method, path, body, **headers):
    return getattr(program, method)(
        f"/scim/v2/{path}", json.dumps(body), content_type="application/scim+json", headers=headers
    )


def made(program, name="budi@contoh.test"):
    answer = send(program, "post", "Users", {"schemas": [USER], "userName": name})
    assert answer.status_code == 201, answer.content
    return answer.json()


def patched(program, row, *operations, **headers):
    body = {"schemas": [PATCH], "Operations": list(operations)}
    return send(program, "patch", f"Users/{row['id']}", body, **headers)


def test_an_account_is_made_without_person_password_or_role(program):
    account = Account.objects.get(pk=made(program)["id"])
    assert account.person is None
    assert not account.has_usable_password()
    assert Entry.objects.filter(kind="people.AccountProvisioned", about=account.ref).exists()


def test_a_name_is_given_once(program):
    made(program)
    answer = send(program, "post", "Users", {"userName": "budi@contoh.test"})
    assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")


def test_an_account_is_found_by_its_name_and_by_nothing_hostile(program):
    row = made(program)
    found = program.get("/scim/v2/Users", {"filter": 'userName eq "budi@contoh.test"'}).json()
    assert [one["id"] for one in found["Resources"]] == [row["id"]]
    for text in (
        'userName sw "b"',
        "x",
        'password eq "x"',
        'userName eq "a" or 1',
        'userName eq "\\x"',
    ):
        answer = program.get("/scim/v2/Users", {"filter": text})
        assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidFilter")


def test_lists_come_in_parts(program):
    rows = [made(program, f"a{number}")["id"] for number in range(5)]
    part = program.get("/scim/v2/Users?startIndex=2&count=2").json()
    assert part["itemsPerPage"] == 2
    assert part["totalResults"] == 6  # and the administrator
    assert [one["id"] for one in part["Resources"]] == rows[:2]


def test_an_account_is_switched_off_as_directories_do_it(program):
    row = made(program)
    assert (
        patched(program, row, {"op": "Replace", "path": "active", "value": "False"}).json()[
            "active"
        ]
        is False
    )
    assert patched(program, row, {"op": "replace", "value": {"active": True}}).json()["active"]


def test_what_changed_meanwhile_is_not_overwritten(program):
    row = made(program)
    off = {"op": "replace", "path": "active", "value": False}
    assert patched(program, row, off, **{"If-Match": row["meta"]["version"]}).status_code == 200
    assert patched(program, row, off, **{"If-Match": row["meta"]["version"]}).status_code == 412


def test_an_unchanged_account_is_not_sent_again(program):
    row = made(program)
    mark = {"If-None-Match": row["meta"]["version"]}
    assert program.get(f"/scim/v2/Users/{row['id']}", headers=mark).status_code == 304


def test_an_account_of_a_person_can_be_switched_off_and_nothing_else(program):
    city = a_city()
    account = Account.objects.get(pk=actor_for(city.crew).account_id)
    row = {"id": account.pk}
    for operation in (
        {"op": "replace", "path": "userName", "value": "saya"},
        {"op": "replace", "path": "emails", "value": [{"value": "saya@jahat.test"}]},
    ):
        assert patched(program, row, operation).status_code == 403
    assert program.delete(f"/scim/v2/Users/{account.pk}").status_code == 403
    off = {"op": "replace", "path": "active", "value": False}
    assert patched(program, row, off).status_code == 200
    on = {"op": "replace", "path": "active", "value": True}
    assert patched(program, row, on).status_code == 403
    account.refresh_from_db()
    assert (account.is_active, account.email != "saya@jahat.test") == (False, True)
    assert Entry.objects.filter(kind="people.AccountsRead").count() == 0
    program.get(f"/scim/v2/Users/{account.pk}")
    assert Entry.objects.filter(kind="people.AccountsRead").count() == 1


def test_nobody_switches_himself_off():
    keeper = an_actor("sysadmin")
    answer = patched(
        a_program(a_key(keeper)[1]),
        {"id": keeper.account_id},
        {"op": "replace", "path": "active", "value": False},
    )
    assert answer.status_code == 403


def test_a_key_that_only_reads_changes_nothing(program):
    row = made(program)
    keeper = an_actor("sysadmin")
    reader = a_program(a_key(keeper, "system.account.view", name="pembaca")[1])
    assert reader.get(f"/scim/v2/Users/{row['id']}").status_code == 200
    assert send(reader, "post", "Users", {"userName": "x"}).status_code == 403
    off = {"op": "replace", "path": "active", "value": False}
    assert patched(reader, row, off).status_code == 403
    assert reader.delete(f"/scim/v2/Users/{row['id']}").status_code == 403


@pytest.mark.parametrize(
    "body",
    [{}, {"userName": ""}, {"userName": 5}, {"userName": "a" * 151}, {"userName": "a\x00"},
     {"userName": "a", "active": "x"}, {"userName": "a", "emails": [{"value": "x"}]},
     {"userName": "a", "emails": [{"value": "a@b.c"}, {"value": "d@e.f"}]}],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(program, body):
    answer = send(program, "post", "Users", body)
    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue")


def test_broken_bodies_are_refused(program):
    row = made(program)
    for text in ("", "[]", "{", "[" * 100_000):
        answer = program.post("/scim/v2/Users", text, content_type="application/scim+json")
        assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidSyntax")
    for operation in ({"op": "x"}, {"op": "remove"}, {"op": "add", "path": "x", "value": 1}, 5):
        assert patched(program, row, operation).status_code == 400
    assert send(program, "patch", f"Users/{row['id']}", {}).status_code == 400


def test_roles_are_read_only_groups(program):
    found = program.get("/scim/v2/Groups").json()
    holders = {one["id"]: one["members"] for one in found["Resources"]}
    assert len(holders["sysadmin"]) == 1
    assert program.get("/scim/v2/Groups/sysadmin").json()["members"] == holders["sysadmin"]
    assert program.get("/scim/v2/Groups/citizen").status_code == 404
    for method, body in (("put", {"displayName": "x"}), ("patch", {}), ("delete", {})):
        answer = send(program, method, "Groups/sysadmin", body)
        assert (answer.status_code, answer.json()["scimType"]) == (403, "mutability")


def test_a_group_of_a_directory_opens_nothing_and_is_kept_as_asked(program):
    rows = [made(program, f"a{number}")["id"] for number in range(3)]
    members = [{"value": pk} for pk in rows[:2]]
    body = {"schemas": [GROUP], "displayName": "Operator", "members": members}
    group = send(program, "post", "Groups", body).json()
    place = f"Groups/{group['id']}"
    assert send(program, "post", "Groups", body).json()["scimType"] == "uniqueness"

    def change(*operations, **headers):
        told = {"schemas": [PATCH], "Operations": list(operations)}
        return send(program, "patch", place, told, **headers)

    def held():
        return [one["value"] for one in program.get(f"/scim/v2/{place}").json()["members"]]

    more = {"op": "add", "path": "members", "value": [{"value": rows[2]}]}
    assert change(more).status_code == 200
    assert held() == rows
    change({"op": "remove", "path": f'members[value eq "{rows[0]}"]'})
    assert held() == rows[1:]
    change({"op": "Replace", "value": {"members": [{"value": rows[0]}], "displayName": "Petugas"}})
    assert held() == rows[:1]
    found = program.get("/scim/v2/Groups", {"filter": 'displayName eq "Petugas"'}).json()
    assert [one["id"] for one in found["Resources"]] == [group["id"]]
    assert change({"op": "remove", "path": "members"}, **{"If-Match": '"x"'}).status_code == 412
    assert not RoleGrant.objects.filter(account_id__in=rows).exists()
    assert program.delete(f"/scim/v2/{place}").status_code == 204
    assert program.get(f"/scim/v2/{place}").status_code == 404
    kinds = Entry.objects.filter(about=f"gateway.directorygroup:{group['id']}").order_by("id")
    assert kinds.values_list("kind", flat=True).last() == "gateway.GroupDropped"


def test_members_are_accounts_of_this_institution_only(program):
    with within(an_institution().pk):
        other = an_account()
    for members in (
        [{"value": str(other.pk)}], [{"value": "999999"}], [{"value": "x"}], ["٣"], [5.5], [{}],
        [{"value": "1"}] * 1_001, "x", {"value": None},
    ):  # fmt: skip
        body = {"displayName": "x", "members": members}
        assert send(program, "post", "Groups", body).status_code == 400, members
    for body in ({}, {"displayName": ""}, {"displayName": 5}, {"displayName": "a\x00"}):
        assert send(program, "post", "Groups", body).status_code == 400
    assert DirectoryGroup.objects.count() == 0


def test_a_group_of_another_institution_is_not_there_and_a_reader_changes_none(program):
    with within(an_institution().pk):
        theirs = DirectoryGroup.objects.create(name="Sana")
    for method in ("put", "patch", "delete"):
        body = {"displayName": "x"}
        assert send(program, method, f"Groups/{theirs.pk}", body).status_code == 404
    assert "Sana" not in program.get("/scim/v2/Groups").content.decode()
    mine = send(program, "post", "Groups", {"displayName": "Sini"}).json()
    keeper = an_actor("sysadmin")
    reader = a_program(a_key(keeper, "system.account.view", name="pembaca")[1])
    assert reader.get(f"/scim/v2/Groups/{mine['id']}").status_code == 200
    assert send(reader, "post", "Groups", {"displayName": "x"}).status_code == 403
    for method in ("put", "delete"):
        answer = send(reader, method, f"Groups/{mine['id']}", {"displayName": "x"})
        assert answer.status_code == 403


def test_accounts_of_another_institution_are_not_there(program):
    with within(an_institution().pk):
        other = an_account()
    assert program.get(f"/scim/v2/Users/{other.pk}").status_code == 404
    assert program.delete(f"/scim/v2/Users/{other.pk}").status_code == 404


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_public_tester_finds_nothing_wrong(live_server, settings):
    import httpx2
    from scim2_client.engines.httpx2 import SyncSCIMClient
    from scim2_tester import Status, check_server

    settings.ABDI_PUBLIC_URL = live_server.url
    token = a_key(an_actor("sysadmin"))[1]
    with httpx2.Client(
        base_url=f"{live_server.url}/scim/v2", headers={"Authorization": f"Bearer {token}"}
    ) as wire:
        results = check_server(SyncSCIMClient(wire))
    wrong = [result for result in results if result.status in (Status.ERROR, Status.CRITICAL)]
    assert [f"{result.title}: {result.reason}" for result in wrong] == []
    assert sum(result.status is Status.SUCCESS for result in results) > 20
