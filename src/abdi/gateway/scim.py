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


def root() -> str:
    """The address of this interface."""
    return f"{settings.ABDI_PUBLIC_URL}/scim/v2"


def answered(body: dict[str, Any], status: int = 200) -> HttpResponse:
    """An answer with the version of what it shows."""
    answer = JsonResponse(body, status=status, content_type=TYPE)
    meta = body.get("meta", {})
    if "version" in meta:
        answer["ETag"] = meta["version"]
        if status == 201:
            answer["Location"] = meta["location"]
    return answer


def guarded(cells: dict[str, tuple[str, str]]) -> Callable[[Any], Any]:
    """Ask the cell of each method; refusals speak as the standard says."""

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


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The object of a body; raises Unfit."""
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        raise rules.Unfit("invalidSyntax") from None
    if not isinstance(found, dict):
        raise rules.Unfit("invalidSyntax")
    return found


def listed(rows: list[dict[str, Any]], total: int, start: int) -> HttpResponse:
    """A part of a list."""
    return answered(
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


def cut(body: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
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


@guarded({"GET": VIEW})
def config(request: HttpRequest) -> HttpResponse:
    """What this interface can do."""
    return answered(words.config(root()))


@guarded({"GET": VIEW})
def resource_types(request: HttpRequest, name: str = "") -> HttpResponse:
    """The types, or one of them."""
    if not name:
        rows = [words.resource_type(each, root()) for each in words.TYPES]
        return listed(rows, len(rows), 1)
    if name not in words.TYPES:
        raise Http404
    return answered(words.resource_type(name, root()))


@guarded({"GET": VIEW})
def schemas(request: HttpRequest, name: str = "") -> HttpResponse:
    """The schemas, or one of them."""
    if not name:
        rows = [words.schema(each, root()) for each in words.SCHEMAS]
        return listed(rows, len(rows), 1)
    if name not in words.SCHEMAS:
        raise Http404
    return answered(words.schema(name, root()))


@guarded({"GET": VIEW})
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
    place = f"{root()}/Users/{account.pk}"
    body["meta"] = {"resourceType": "User", "location": place, "version": f'"{mark}"'}
    return body


def rows_of(request: HttpRequest, asked: dict[str, Any]) -> Any:
    """Accounts that a question is after."""
    rows = queries.visible_accounts(request.actor)  # type: ignore[attr-defined]
    if not asked.get("filter"):
        return rows
    name, value = rules.filter_of(str(asked["filter"]))
    columns = {"id": "pk", "username": "login", "active": "is_active", "emails": "email"}
    if name == "externalid":
        return rows.filter(pk__in=gateway.accounts_called(str(value)))
    if name == "id":
        value = str(value) if str(value).isascii() and str(value).isdigit() else "0"
        value = value if int(value) <= LARGEST_ID else "0"
    return rows.filter(**{columns[name]: value})


def shown_users(request: HttpRequest, rows: list[Any], asked: dict[str, Any]) -> list[Any]:
    """Accounts as they are listed; reading them is noted."""
    _note_read(request, rows)
    called = gateway.external_ids(row.pk for row in rows)
    return [cut(user_body(row, called.get(row.pk, "")), asked) for row in rows]


def bounds_of(asked: dict[str, Any]) -> tuple[int, int]:
    """The first place asked for, from 1, and how many."""
    return max(_whole(asked, "startIndex", 1), 1), min(_whole(asked, "count", 100), words.MOST)


def _search(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    rows = rows_of(request, asked)
    start, count = bounds_of(asked)
    found = list(rows[start - 1 : start - 1 + count])
    return listed(shown_users(request, found, asked), rows.count(), start)


@guarded({"GET": VIEW, "POST": MAKE})
def users(request: HttpRequest) -> HttpResponse:
    """Accounts, or one more of them."""
    if request.method == "GET":
        return _search(request, request.GET.dict())
    wanted, by = rules.values_of(body_of(request)), request.actor  # type: ignore[attr-defined]
    with transaction.atomic():
        account = actions.bring_account(
            by=by, login=wanted["userName"], email=_email(wanted), is_active=wanted["active"]
        )
        if wanted["externalId"]:
            name_account(account, value=wanted["externalId"], by=by)
    return answered(user_body(account, wanted["externalId"]), 201)


@guarded({"POST": VIEW})
def search_users(request: HttpRequest) -> HttpResponse:
    """Accounts by a question in the body."""
    return _search(request, body_of(request))


@guarded({"GET": VIEW, "PUT": VIEW, "PATCH": VIEW, "DELETE": END})
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
            return answered(cut(shown, request.GET.dict()))
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
        wanted = rules.values_of(body_of(request))
    else:
        wanted = rules.patched(now, body_of(request))
    account = actions.change_account(
        account,
        by=request.actor,  # type: ignore[attr-defined]
        login=wanted["userName"],
        email=_email(wanted),
        is_active=wanted["active"],
    )
    if wanted["externalId"] != (now["externalId"] or ""):
        name_account(account, value=wanted["externalId"], by=request.actor)  # type: ignore[attr-defined]
    return answered(user_body(account, wanted["externalId"]))


def _email(wanted: dict[str, Any]) -> str:
    return str(wanted["emails"][0]["value"]) if wanted["emails"] else ""
