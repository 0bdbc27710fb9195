"""The REST interface under /api/v1: the routers of the modules behind one door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from abdi.gateway.entering import door, problem
from abdi.people.api import router as people
from abdi.platform.access import Actor

ROOT = "/api/v1/"
ROUTERS = (people,)


class ByKey(HttpBearer):
    """Says in the document that a key is needed; the door has asked for it already."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """Who acts by the key."""
        return request.actor  # type: ignore[attr-defined,no-any-return]


api = NinjaAPI(
    title="Abdi",
    version="1",
    description="People, units and positions of an institution. Every request carries a key.",
    docs_url=None,
    openapi_url=None,
    auth=ByKey(),
    urls_namespace="api",
)
for router in ROUTERS:
    api.add_router("", router)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    """A value of the wrong kind: 422 with the names of the fields."""
    fields = sorted({str(row["loc"][-1]) for row in error.errors})
    return problem(422, _("This value cannot be read."), field=fields[0], fields=fields)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Any) -> HttpResponse:
    """Nothing of this name, or nothing that this key may see."""
    return problem(404, _("There is nothing of this name here."))


@api.exception_handler(HttpError)
def refused_by_ninja(request: HttpRequest, error: Any) -> HttpResponse:
    """A body that is no JSON, and the like."""
    return problem(error.status_code, _("This value cannot be read."))


def document() -> dict[str, Any]:
    """The OpenAPI document of the interface."""
    return dict(api.get_openapi_schema(path_prefix=ROOT))


def patterns() -> list[URLPattern]:
    """The routes of all routers, each behind the door of its cell."""
    described = document()["paths"]
    found = []
    for pattern in api.urls[0]:
        path = str(pattern.pattern)
        if path == "" or not isinstance(pattern, URLPattern):
            continue
        found.append(URLPattern(pattern.pattern, _behind(pattern, described), name=pattern.name))
    return found


def _behind(pattern: Any, described: dict[str, Any]) -> Any:
    cells: dict[str, tuple[str, str]] = {}
    known: dict[str, Iterable[str]] = {}
    path = str(pattern.pattern)
    for operation in _operations(path):
        for method in operation.methods:
            cells[method] = operation.view_func.abdi_cell
            rows = _described(path, method, described).get("parameters", ())
            known[method] = [row["name"] for row in rows if row["in"] == "query"]
    return door(pattern.callback, cells, known)


def _operations(path: str) -> list[Any]:
    return [
        operation
        for router in ROUTERS
        for own, view in router.path_operations.items()
        if _plain(own) == _plain(path)
        for operation in view.operations
    ]


def _described(path: str, method: str, described: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = described[ROOT + _plain(path)][method.lower()]
    return row


def _plain(path: str) -> str:
    words = []
    for word in path.strip("/").split("/"):
        inside = word.strip("<>{}")
        words.append(f"{{{inside.rpartition(':')[2]}}}" if inside != word else word)
    return "/".join(words)
