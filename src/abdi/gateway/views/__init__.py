"""Pages: the keys, and what the interface offers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from abdi.gateway import actions, queries
from abdi.gateway.api import document
from abdi.gateway.forms import KeyForm
from abdi.platform import clock
from abdi.platform.access import Request, guard, public
from abdi.platform.actions import Invalid
from abdi.platform.pages import done, page

ROWS = 200


def _integrations(request: Request, form: KeyForm | None = None, *, status: int = 200) -> Any:
    offered = queries.offered(request.actor)
    context = {
        "keys": list(queries.visible_keys(request.actor)[:ROWS]),
        "hooks": list(queries.visible_hooks(request.actor)[:ROWS]),
        "today": clock.today(),
        "offered": offered,
        "form": form or KeyForm(offered=offered),
    }
    return page(request, "gateway/integrations.html", context, status=status)


@guard("system.api_key", "view")
@require_safe
def integrations(request: Request) -> HttpResponse:
    """Keys of other programs: what each may do, until when, when it was last used."""
    answer: HttpResponse = _integrations(request)
    return answer


@guard("system.api_key", "create")
@require_POST
def make_key(request: Request) -> HttpResponse:
    """Make a key and show it, this once. Sent twice, the second finds the name taken."""
    form = KeyForm(request.POST, offered=queries.offered(request.actor))
    if not form.is_valid():
        answer: HttpResponse = _integrations(request, form, status=422)
        return answer
    try:
        key, token = actions.make_key(
            by=request.actor,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            reason=form.cleaned_data["reason"],
            expires_on=form.expires_on(),
        )
    except Invalid as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        refused: HttpResponse = _integrations(request, form, status=422)
        return refused
    shown = page(request, "gateway/key.html", {"key": key, "token": token})
    shown["Cache-Control"] = "no-store"
    return shown


@guard("system.api_key", "revoke")
@require_POST
def revoke_key(request: Request, pk: int) -> HttpResponse:
    """End a key."""
    key = get_object_or_404(queries.visible_keys(request.actor), pk=pk)
    actions.revoke_key(key, by=request.actor)
    return done(request, "/atur/integrasi", _("The key opens nothing any more."))


@public("says what the interface offers, no data")
@require_safe
def described(request: Request) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(document())


@public("says what the interface offers, no data")
@require_safe
def reference(request: Request) -> HttpResponse:
    """The OpenAPI document for people to read."""
    found = document()
    rows = [
        (f"{method.upper()} {path}", operation, _parameters(operation))
        for path, methods in found["paths"].items()
        for method, operation in methods.items()
    ]
    shapes = {
        name: shape["properties"]
        for name, shape in found["components"]["schemas"].items()
        if name.endswith("Out") or name == "Seat"
    }
    return page(request, "gateway/reference.html", {"rows": rows, "shapes": shapes})


def _parameters(operation: dict[str, Any]) -> list[tuple[str, str, str]]:
    rows = []
    for row in operation.get("parameters", ()):
        shape = row["schema"]
        kind = shape.get("format") or shape.get("type") or "string"
        rows.append((row["name"], kind, row.get("description") or shape.get("description") or ""))
    return rows
