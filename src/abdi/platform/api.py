"""For the `api.py` of modules: the cell an address asks for, paging by cursor, refusals."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Schema

from abdi.platform.actions import Invalid

Operation = TypeVar("Operation", bound=Callable[..., Any])
ModelT = TypeVar("ModelT", bound=Model)
LARGEST_ID: Final = 2**63 - 1
_CURSOR: Final = re.compile(r"after:(\d{1,19})")


class Asked(Schema):
    """Which part of a list is asked for."""

    cursor: str = Field("", max_length=60, description="`next` of the answer before")
    limit: int = Field(100, ge=1, le=200, description="how many at most")


class Problem(Schema):
    """Why a request was not answered (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None
    fields: list[str] | None = None


REFUSALS: Final = {status: Problem for status in (400, 401, 403, 404, 422, 429)}


def needs(resource: str, act: str) -> Callable[[Operation], Operation]:
    """Name the cell of the permission file that an operation asks for; the gateway asks it."""

    def declare(operation: Operation) -> Operation:
        operation.abdi_cell = (resource, act)  # type: ignore[attr-defined]
        return operation

    return declare


def page_after(rows: QuerySet[ModelT], asked: Asked) -> tuple[list[ModelT], str | None]:
    """The rows after the cursor in the order of their making, and the next cursor; one query."""
    if asked.cursor:
        rows = rows.filter(pk__gt=_last_id(asked.cursor))
    found = list(rows.order_by("pk")[: asked.limit + 1])
    more = len(found) > asked.limit
    found = found[: asked.limit]
    return found, _cursor(found[-1].pk) if more else None


def _cursor(last_id: int) -> str:
    return base64.urlsafe_b64encode(f"after:{last_id}".encode()).decode().rstrip("=")


def _last_id(cursor: str) -> int:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (ValueError, binascii.Error):
        text = ""
    found = _CURSOR.fullmatch(text)
    if found is None or int(found[1]) > LARGEST_ID:
        raise Invalid(_("This cursor cannot be read."), field="cursor")
    return int(found[1])
