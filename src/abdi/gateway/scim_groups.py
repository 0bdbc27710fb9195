"""SCIM groups: those a directory keeps, and roles, which are read only here."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from abdi.gateway import actions, queries, scim
from abdi.gateway import scim_rules as rules
from abdi.gateway import scim_words as words
from abdi.gateway.models import DirectoryGroup
from abdi.people.queries import provisioning as people
from abdi.people.rules import DERIVED_ROLES
from abdi.platform.access import law

FIELDS = ("id", "displayname", "externalid")


def group_body(key: str, name: str, members: list[int], external: str = "") -> dict[str, Any]:
    """A group as SCIM shows it; `version` is made of what is shown."""
    body: dict[str, Any] = {"schemas": [words.GROUP], "id": key, "displayName": name}
    if external:
        body["externalId"] = external
    users = f"{scim.root()}/Users"
    body["members"] = [{"value": str(pk), "$ref": f"{users}/{pk}"} for pk in members]
    mark = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:24]
    place = f"{scim.root()}/Groups/{key}"
    body["meta"] = {"resourceType": "Group", "location": place, "version": f'"{mark}"'}
    return body


def _all_groups() -> list[dict[str, Any]]:
    """Roles in the order of the file, then the groups of directories; three queries."""
    held = people.holders()
    found = [
        group_body(role, str(row["label_id"]), held.get(role, []))
        for role, row in law().roles.items()
        if role not in DERIVED_ROLES
    ]
    members = queries.group_members()
    for group in DirectoryGroup.objects.order_by("id"):
        row = group_body(str(group.pk), group.name, members.get(group.pk, []), group.external)
        found.append(row)
    return found


def _groups_of(asked: dict[str, Any]) -> list[dict[str, Any]]:
    found = _all_groups()
    if not asked.get("filter"):
        return found
    name, value = rules.filter_of(str(asked["filter"]), FIELDS)
    key = {"id": "id", "displayname": "displayName", "externalid": "externalId"}[name]
    return [row for row in found if row.get(key) == value]


def _search(asked: dict[str, Any]) -> HttpResponse:
    found = _groups_of(asked)
    start, count = scim.bounds_of(asked)
    part = [scim.cut(row, asked) for row in found[start - 1 : start - 1 + count]]
    return scim.listed(part, len(found), start)


def _own_ids(request: HttpRequest, wanted: dict[str, Any]) -> list[int]:
    """The members asked for, all of them accounts that are there; raises Unfit."""
    ids: list[int] = wanted["members"]
    rows = people.visible_accounts(request.actor).filter(pk__in=ids)  # type: ignore[attr-defined]
    if rows.count() != len(ids):
        raise rules.Unfit("invalidValue")
    return ids


@scim.guarded({"GET": scim.VIEW, "POST": scim.MAKE})
def groups(request: HttpRequest) -> HttpResponse:
    """Groups, or one more of them."""
    if request.method == "GET":
        return _search(request.GET.dict())
    wanted = rules.group_of(scim.body_of(request))
    with transaction.atomic():
        ids = _own_ids(request, wanted)
        group = actions.bring_group(
            by=request.actor,  # type: ignore[attr-defined]
            name=wanted["name"],
            external=wanted["external"],
            member_ids=ids,
        )
    shown = group_body(str(group.pk), group.name, sorted(ids), group.external)
    return scim.answered(shown, 201)


@scim.guarded({"POST": scim.VIEW})
def search_groups(request: HttpRequest) -> HttpResponse:
    """Groups by a question in the body."""
    return _search(scim.body_of(request))


@scim.guarded({"POST": scim.VIEW})
def search_all(request: HttpRequest) -> HttpResponse:
    """Accounts, then groups, by a question in the body; what a type has not does not match."""
    asked = scim.body_of(request)
    start, count = scim.bounds_of(asked)
    users, found = _tried(lambda: scim.rows_of(request, asked)), _tried(lambda: _groups_of(asked))
    if users is None and found is None:
        raise rules.Unfit("invalidFilter")
    before = users.count() if users is not None else 0
    rows = list(users[start - 1 : start - 1 + count]) if users is not None else []
    shown = scim.shown_users(request, rows, asked)
    first = max(start - 1 - before, 0)
    shown += [scim.cut(row, asked) for row in (found or [])[first : first + count - len(rows)]]
    return scim.listed(shown, before + len(found or []), start)


def _tried(ask: Any) -> Any:
    try:
        return ask()
    except rules.Unfit:
        return None


@scim.guarded({"GET": scim.VIEW, "PUT": scim.VIEW, "PATCH": scim.VIEW, "DELETE": scim.VIEW})
def group(request: HttpRequest, key: str) -> HttpResponse:
    """One group; a role is read only."""
    if key in law().roles:
        return _role(request, key)
    if not (key.isascii() and key.isdigit() and len(key) <= 18):
        raise Http404
    with transaction.atomic():
        row = queries.held_group(int(key))
        if row is None:
            raise Http404
        members = queries.group_members(row.pk).get(row.pk, [])
        shown = group_body(key, row.name, members, row.external)
        if request.method == "GET":
            return scim.answered(scim.cut(shown, request.GET.dict()))
        wished = request.headers.get("If-Match", "*").removeprefix("W/")
        if wished not in ("*", shown["meta"]["version"]):
            return scim.scim_problem(412, _("Somebody changed this meanwhile."))
        return _changed(request, row, members)


def _role(request: HttpRequest, key: str) -> HttpResponse:
    if key in DERIVED_ROLES:
        raise Http404
    if request.method != "GET":
        text = _("A role is given and confirmed by two people in Abdi.")
        return scim.scim_problem(403, text, kind="mutability")
    held = people.holders().get(key, [])
    shown = group_body(key, str(law().roles[key]["label_id"]), held)
    return scim.answered(scim.cut(shown, request.GET.dict()))


def _changed(request: HttpRequest, row: DirectoryGroup, members: list[int]) -> HttpResponse:
    by = request.actor  # type: ignore[attr-defined]
    if request.method == "DELETE":
        actions.drop_group(row, by=by)
        return HttpResponse(status=204)
    if request.method == "PUT":
        wanted = rules.group_of(scim.body_of(request))
    else:
        now = {"name": row.name, "external": row.external, "members": members}
        wanted = rules.group_patched(now, scim.body_of(request))
    ids = _own_ids(request, wanted)
    actions.change_group(
        row, by=by, name=wanted["name"], external=wanted["external"], member_ids=ids
    )
    return scim.answered(group_body(str(row.pk), row.name, sorted(ids), row.external))
