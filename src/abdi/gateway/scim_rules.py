"""SCIM bodies to plain values and back: what may be set, filters, PATCH (RFC 7644)."""

from __future__ import annotations

import json
import re
from typing import Any, Final

_FILTER: Final = re.compile(r'\s*(\w+(?:\.value)?)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false)\s*', re.I)
_FIELDS: Final = {
    "username": "userName",
    "active": "active",
    "emails": "emails",
    "externalid": "externalId",
}
_READ_ONLY: Final = frozenset({"id", "displayname", "meta", "schemas", "groups"})
_PREFIX: Final = "urn:ietf:params:scim:schemas:core:2.0:user:"
LONGEST: Final = 150


class Unfit(Exception):
    """A request that the standard refuses: `kind` is the scimType."""

    def __init__(self, kind: str, status: int = 400) -> None:
        super().__init__(kind)
        self.kind = kind
        self.status = status


def filter_of(text: str) -> tuple[str, str | bool]:
    """Field and value of `userName eq "x"`; raises Unfit for other filters."""
    found = _FILTER.fullmatch(text)
    if found is None:
        raise Unfit("invalidFilter")
    name = found[1].lower().removesuffix(".value")
    if name not in {"id", *_FIELDS}:
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
    lowered = {str(name).lower(): value for name, value in body.items()}
    operations = lowered.get("operations")
    if not isinstance(operations, list) or not 0 < len(operations) <= 100:
        raise Unfit("invalidSyntax")
    for operation in operations:
        if not isinstance(operation, dict):
            raise Unfit("invalidSyntax")
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
    return name[len(_PREFIX) :] if name.lower().startswith(_PREFIX) else name


def _one(name: str, value: Any, *, told: bool = False) -> dict[str, Any]:
    """One attribute; a body may name what is read only, an operation may not."""
    key = _short(str(name)).lower()
    if key in _FIELDS:
        return {_FIELDS[key]: value}
    if told:
        raise Unfit("mutability" if key in _READ_ONLY else "invalidPath")
    return {}


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
