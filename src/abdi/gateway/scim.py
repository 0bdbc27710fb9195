"""SCIM 2.0 under /scim/v2: accounts to make, change and switch off; roles to read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from abdi.gateway import queries as gateway
from abdi.gateway import scim_rules as rules
from abdi.gateway import scim_words as words
from abdi.gateway.actions import name_account
from abdi.gateway.entering import door
from abdi.people.actions import provisioning as actions
from abdi.people.queries import provisioning as queries
from abdi.platform.access import law

VIEW = ("system.account", "view")
MAKE = ("system.provisioning", "create")
END = ("system.account", "disable")
LARGEST_ID = 2**63 - 1
TYPE = "application/scim+json"
KINDS = {409: "uniqueness", 422: "invalidValue"}
PLAIN = {422: 400}


def scim_problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """An error in the form of RFC 7644."""
    told = PLAIN.get(status, status)
    body = {"schemas": [words.MESSAGES + "Error"], "status": str(told), "detail": detail}
    kind = more.get("kind") or KINDS.get(status)
    body |= {"scimType": kind} if kind else {}
    return JsonResponse(body, status=told, content_type=TYPE)


def _root() -> str:
    return f"{settings.ABDI_PUBLIC_URL}/scim/v2"


def _answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = JsonResponse(body, status=status, content_type=TYPE)
    meta = body.get("meta", {})
    if "version" in meta:
        answer["ETag"] = meta["version"]
        if status == 201:
            answer["Location"] = meta["location"]
    return answer


def _guarded(cells: dict[str, tuple[str, str]]) -> Callable[[Any], Any]:
    def declare(view: Any) -> Any:
        def told(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in cells:
                return scim_problem(405, _("This address does not know this method."))
            try:
                answer: HttpResponse = view(request, **kwargs)
            except rules.Unfit as unfit:
                return scim_problem(unfit.status, _("This value cannot be read."), kind=unfit.kind)
            return answer

        return door(told, cells, render=scim_problem)

    return declare


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        raise rules.Unfit("invalidSyntax") from None
    if not isinstance(found, dict):
        raise rules.Unfit("invalidSyntax")
    return found


def _listed(rows: list[dict[str, Any]], total: int, start: int) -> HttpResponse:
    return _answer(
        {
            "schemas": [words.MESSAGES + "ListResponse"],
            "totalResults": total,
            "startIndex": start,
            "itemsPerPage": len(rows),
            "Resources": rows,
        }
    )


def _whole(asked: dict[str, Any], name: str, usual: int) -> int:
    try:
        return min(max(int(asked.get(name, usual)), 0), 10**9)
    except (TypeError, ValueError):
        raise rules.Unfit("invalidValue") from None


def _part(body: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """A resource cut to `attributes`, or without `excludedAttributes`."""
    only, without = _names(asked.get("attributes")), _names(asked.get("excludedAttributes"))
    always = {"schemas", "id", "meta"}
    return {
        name: value
        for name, value in body.items()
        if name in always or ((not only or name.lower() in only) and name.lower() not in without)
    }


def _names(given: Any) -> set[str]:
    rows = given if isinstance(given, list) else str(given or "").split(",")
    return {str(row).strip().rpartition(":")[2].split(".")[0].lower() for row in rows} - {""}


@_guarded({"GET": VIEW})
def config(request: HttpRequest) -> HttpResponse:
    """What this interface can do."""
    return _answer(words.config(_root()))


@_guarded({"GET": VIEW})
def resource_types(request: HttpRequest, name: str = "") -> HttpResponse:
    """The types, or one of them."""
    if not name:
        rows = [words.resource_type(each, _root()) for each in words.TYPES]
        return _listed(rows, len(rows), 1)
    if name not in words.TYPES:
        raise Http404
    return _answer(words.resource_type(name, _root()))


@_guarded({"GET": VIEW})
def schemas(request: HttpRequest, name: str = "") -> HttpResponse:
    """The schemas, or one of them."""
    if not name:
        rows = [words.schema(each, _root()) for each in words.SCHEMAS]
        return _listed(rows, len(rows), 1)
    if name not in words.SCHEMAS:
        raise Http404
    return _answer(words.schema(name, _root()))


@_guarded({"GET": VIEW})
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below."""
    raise Http404


def user_body(account: Any, external: str = "") -> dict[str, Any]:
    """An account as SCIM shows it; `version` is made of what is shown."""
    body: dict[str, Any] = {
        "schemas": [words.USER],
        "id": str(account.pk),
        "userName": account.login,
        "displayName": account.person.display_name if account.person else account.login,
        "active": account.is_active,
    }
    if external:
        body["externalId"] = external
    if account.email:
        body["emails"] = [{"value": account.email}]
    mark = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:24]
    place = f"{_root()}/Users/{account.pk}"
    body["meta"] = {"resourceType": "User", "location": place, "version": f'"{mark}"'}
    return body


def _search(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    rows = queries.visible_accounts(request.actor)  # type: ignore[attr-defined]
    if asked.get("filter"):
        name, value = rules.filter_of(str(asked["filter"]))
        columns = {"id": "pk", "username": "login", "active": "is_active", "emails": "email"}
        if name == "id":
            value = str(value) if str(value).isascii() and str(value).isdigit() else "0"
            value = value if int(value) <= LARGEST_ID else "0"
        rows = (
            rows.filter(pk__in=gateway.accounts_called(str(value)))
            if name == "externalid"
            else rows.filter(**{columns[name]: value})
        )
    start = max(_whole(asked, "startIndex", 1), 1)
    count = min(_whole(asked, "count", 100), words.MOST)
    found = list(rows[start - 1 : start - 1 + count])
    _note_read(request, found)
    called = gateway.external_ids(row.pk for row in found)
    shown = [_part(user_body(row, called.get(row.pk, "")), asked) for row in found]
    return _listed(shown, rows.count(), start)


@_guarded({"GET": VIEW, "POST": MAKE})
def users(request: HttpRequest) -> HttpResponse:
    """Accounts, or one more of them."""
    if request.method == "GET":
        return _search(request, request.GET.dict())
    wanted, by = rules.values_of(_body(request)), request.actor  # type: ignore[attr-defined]
    with transaction.atomic():
        account = actions.bring_account(
            by=by, login=wanted["userName"], email=_email(wanted), is_active=wanted["active"]
        )
        if wanted["externalId"]:
            name_account(account, value=wanted["externalId"], by=by)
    return _answer(user_body(account, wanted["externalId"]), 201)


@_guarded({"POST": VIEW})
def search(request: HttpRequest) -> HttpResponse:
    """Accounts by a question in the body."""
    return _search(request, _body(request))


@_guarded({"GET": VIEW, "PUT": VIEW, "PATCH": VIEW, "DELETE": END})
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One account; a person's can be switched off here and changed nowhere but in Abdi."""
    if pk > LARGEST_ID:
        raise Http404
    with transaction.atomic():
        account = queries.held_account(request.actor, pk)  # type: ignore[attr-defined]
        if account is None:
            raise Http404
        shown = user_body(account, gateway.external_ids([pk]).get(pk, ""))
        if request.method == "GET":
            _note_read(request, [account])
            return _answer(_part(shown, request.GET.dict()))
        wished = request.headers.get("If-Match", "*").removeprefix("W/")
        if wished not in ("*", shown["meta"]["version"]):
            return scim_problem(412, _("Somebody changed this meanwhile."))
        return _changed(request, account, shown)


def _note_read(request: HttpRequest, accounts: list[Any]) -> None:
    ids = [account.pk for account in accounts if account.person_id is not None]
    if ids:
        actions.note_accounts_read(ids, by=request.actor)  # type: ignore[attr-defined]


def _changed(request: HttpRequest, account: Any, shown: dict[str, Any]) -> HttpResponse:
    now = {name: shown.get(name) for name in ("userName", "active", "emails", "externalId")}
    if request.method == "DELETE":
        actions.end_account(account, by=request.actor)  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    if request.method == "PUT":
        wanted = rules.values_of(_body(request))
    else:
        wanted = rules.patched(now, _body(request))
    account = actions.change_account(
        account,
        by=request.actor,  # type: ignore[attr-defined]
        login=wanted["userName"],
        email=_email(wanted),
        is_active=wanted["active"],
    )
    if wanted["externalId"] != (now["externalId"] or ""):
        name_account(account, value=wanted["externalId"], by=request.actor)  # type: ignore[attr-defined]
    return _answer(user_body(account, wanted["externalId"]))


def _email(wanted: dict[str, Any]) -> str:
    return str(wanted["emails"][0]["value"]) if wanted["emails"] else ""


def _group(role: str, members: list[int]) -> dict[str, Any]:
    return {
        "schemas": [words.GROUP],
        "id": role,
        "displayName": law().roles[role]["label_id"],
        "members": [{"value": str(pk)} for pk in members],
        "meta": {"resourceType": "Group", "location": f"{_root()}/Groups/{role}"},
    }


@_guarded({"GET": VIEW})
def groups(request: HttpRequest, role: str = "") -> HttpResponse:
    """Roles and who holds them; giving one asks two people and is done in Abdi."""
    held, asked = queries.holders(), request.GET.dict()
    granted = [name for name in law().roles if name not in ("citizen", "employee", "superior")]
    if role:
        if role not in granted:
            raise Http404
        return _answer(_part(_group(role, held.get(role, [])), asked))
    start, count = max(_whole(asked, "startIndex", 1), 1), _whole(asked, "count", 100)
    part = granted[start - 1 : start - 1 + count]
    rows = [_part(_group(name, held.get(name, [])), asked) for name in part]
    return _listed(rows, len(granted), start)
