"""SCIM bodies to plain values and back: what may be set, filters, PATCH (RFC 7644)."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any, Final

_FILTER: Final = re.compile(r'\s*(\w+(?:\.value)?)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false)\s*', re.I)
_FIELDS: Final = {
    "username": "userName",
    "active": "active",
    "emails": "emails",
    "externalid": "externalId",
}
_READ_ONLY: Final = frozenset({"id", "displayname", "meta", "schemas", "groups"})
_PREFIX: Final = re.compile(r"urn:ietf:params:scim:schemas:core:2\.0:(user|group):", re.I)
LONGEST: Final = 150


class Unfit(Exception):
    """A request that the standard refuses: `kind` is the scimType."""

    def __init__(self, kind: str, status: int = 400) -> None:
        super().__init__(kind)
        self.kind = kind
        self.status = status


def filter_of(text: str, names: Collection[str] = ("id", *_FIELDS)) -> tuple[str, str | bool]:
    """Field and value of `userName eq "x"`; raises Unfit for other filters."""
    found = _FILTER.fullmatch(text)
    if found is None:
        raise Unfit("invalidFilter")
    name = found[1].lower().removesuffix(".value")
    if name not in names:
        raise Unfit("invalidFilter")
    try:
        return name, json.loads(found[2] if found[2][0] == '"' else found[2].lower())
    except ValueError:
        raise Unfit("invalidFilter") from None


def values_of(body: dict[str, Any]) -> dict[str, Any]:
    """userName, active and emails of a body for POST and PUT."""
    plain: dict[str, Any] = {"userName": None, "active": True, "emails": [], "externalId": ""}
    for name, value in body.items():
        plain |= _one(name, value)
    return checked(plain)


def patched(values: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """The values after the operations of a PATCH; raises Unfit."""
    for operation in operations_of(body):
        values = values | _change(values, operation)
    return checked(values)


def _change(values: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    act, path = str(operation.get("op", "")).lower(), operation.get("path")
    if act not in ("add", "replace", "remove"):
        raise Unfit("invalidSyntax")
    if not path:
        if act == "remove" or not isinstance(operation.get("value"), dict):
            raise Unfit("noTarget" if act == "remove" else "invalidValue")
        found: dict[str, Any] = {}
        for name, value in operation["value"].items():
            found |= _one(name, value)
        return found
    name = re.split(r"[\[.]", _short(str(path)))[0]
    if act == "remove":
        return _removed(name)
    value = operation.get("value")
    if name.lower() == "emails" and isinstance(value, str):
        value = [{"value": value}]
    return _one(name, value, told=True)


def _removed(name: str) -> dict[str, Any]:
    if name.lower() not in _FIELDS:
        raise Unfit("mutability" if name.lower() in _READ_ONLY else "invalidPath")
    if name.lower() in ("username", "active"):  # required: there is always a value
        raise Unfit("invalidValue")
    if name.lower() == "emails":
        return {"emails": []}
    return {"externalId": ""}


def _short(name: str) -> str:
    return _PREFIX.sub("", name, count=1)


def _one(name: str, value: Any, *, told: bool = False) -> dict[str, Any]:
    """One attribute; a body may name what is read only, an operation may not."""
    key = _short(str(name)).lower()
    if key in _FIELDS:
        return {_FIELDS[key]: value}
    if told:
        raise Unfit("mutability" if key in _READ_ONLY else "invalidPath")
    return {}


MOST_MEMBERS: Final = 1_000
_GROUP_FIELDS: Final = {"displayname": "name", "externalid": "external", "members": "members"}
_ONE_MEMBER: Final = re.compile(r'members\[value eq "([^"\\]{1,40})"\]', re.I)


def group_of(body: dict[str, Any]) -> dict[str, Any]:
    """Name, external name and member ids of a body for POST and PUT."""
    plain: dict[str, Any] = {"name": None, "external": "", "members": []}
    for key, value in body.items():
        plain |= _group_part(str(key), value, plain["members"], "replace")
    return _group_checked(plain)


def group_patched(values: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """The values of a group after the operations of a PATCH; raises Unfit."""
    for operation in operations_of(body):
        act, path = str(operation.get("op", "")).lower(), str(operation.get("path") or "")
        value = operation.get("value")
        if act not in ("add", "replace", "remove"):
            raise Unfit("invalidSyntax")
        one = _ONE_MEMBER.fullmatch(_short(path))
        if one is not None and act == "remove":
            act, path, value = "remove", "members", [{"value": one[1]}]
        if path:
            if _short(path).lower() not in _GROUP_FIELDS:
                kind = "mutability" if _short(path).lower() in _READ_ONLY else "invalidPath"
                raise Unfit(kind)
            values = values | _group_part(path, value, values["members"], act)
        elif act == "remove" or not isinstance(value, dict):
            raise Unfit("noTarget" if act == "remove" else "invalidValue")
        else:
            for key, given in value.items():
                values = values | _group_part(str(key), given, values["members"], act)
    return _group_checked(values)


def _group_part(name: str, value: Any, members: list[int], act: str) -> dict[str, Any]:
    field = _GROUP_FIELDS.get(_short(name).lower())
    if field is None:
        return {}
    if field != "members":
        return {field: "" if act == "remove" else value}
    given = _members(value) if value is not None else None
    if act == "remove":
        return {field: [pk for pk in members if pk not in given] if given is not None else []}
    kept = members if act == "add" else []
    return {field: list(dict.fromkeys([*kept, *(given or [])]))}


def _members(value: Any) -> list[int]:
    rows = value if isinstance(value, list) else [value]
    texts = [str(row.get("value", "")) if isinstance(row, dict) else str(row) for row in rows]
    if len(texts) > MOST_MEMBERS:
        raise Unfit("tooMany")
    if not all(text.isascii() and text.isdigit() and len(text) <= 18 for text in texts):
        raise Unfit("invalidValue")
    return [int(text) for text in texts]


def _group_checked(values: dict[str, Any]) -> dict[str, Any]:
    name, external = values["name"], values["external"] or ""
    for text in (name, external):
        if not isinstance(text, str) or len(text) > LONGEST or "\x00" in text:
            raise Unfit("invalidValue")
    if not name.strip() or len(values["members"]) > MOST_MEMBERS:
        raise Unfit("invalidValue")
    return {**values, "name": name.strip(), "external": external}


def operations_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations of a PATCH; raises Unfit."""
    lowered = {str(name).lower(): value for name, value in body.items()}
    operations = lowered.get("operations")
    if not isinstance(operations, list) or not 0 < len(operations) <= 100:
        raise Unfit("invalidSyntax")
    if not all(isinstance(operation, dict) for operation in operations):
        raise Unfit("invalidSyntax")
    return operations


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values with e-mails as one address; raises Unfit for what cannot be kept."""
    name, active = values["userName"], values["active"]
    if isinstance(active, str) and active.lower() in ("true", "false"):
        active = active.lower() == "true"  # as one large directory sends it
    emails = values["emails"] or []
    if isinstance(emails, dict):
        emails = [emails]
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST or "\x00" in name:
        raise Unfit("invalidValue")
    if not isinstance(active, bool) or not isinstance(emails, list) or len(emails) > 1:
        raise Unfit("invalidValue")
    found = [row.get("value") if isinstance(row, dict) else None for row in emails]
    if not all(isinstance(text, str) and len(text) <= 254 and "@" in text for text in found):
        raise Unfit("invalidValue")
    external = values["externalId"] or ""
    if not isinstance(external, str) or len(external) > LONGEST or "\x00" in external:
        raise Unfit("invalidValue")
    return {
        "userName": name.strip(),
        "active": active,
        "emails": emails,
        "externalId": external,
    }
