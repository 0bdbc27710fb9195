"""Users and roles: each role in one sentence, who holds it where and until when."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from abdi.people import actions, queries
from abdi.people.forms import GrantForm
from abdi.people.models import RoleGrant
from abdi.people.permissions import may_confirm, may_revoke
from abdi.people.sign_in import find_account
from abdi.platform.access import Request, guard, law
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of


def _grants(request: Request, role: str = "") -> dict[str, Any]:
    """A page of grants, each with what this reader may do with it."""
    actor = request.actor
    found = page_of(queries.visible_grants(actor, role), request)
    confirms = {
        row.pk
        for row in found.rows
        if not row.confirmed_by and row.granted_by != actor.ref and may_confirm(actor, row)
    }
    ends = {row.pk for row in found.rows if may_revoke(actor, row)}
    return {"grants": found, "confirms": confirms, "ends": ends, "roles": law().roles}


def _roles(request: Request, form: GrantForm | None = None, *, status: int = 200) -> HttpResponse:
    rows = queries.role_rows(request.actor)
    offered = queries.given_roles(request.actor)
    context = {
        **_grants(request),
        "rows": rows,
        "waiting": sum(row.waiting for row in rows),
        "form": (form or GrantForm(actor=request.actor)) if offered else None,
    }
    return page(request, "people/roles.html", context, status=status)


@guard("system.role_grant", "view")
@require_GET
def roles(request: Request) -> HttpResponse:
    """Each role in one sentence and who holds it."""
    return _roles(request)


@guard("system.role_grant", "view")
@require_GET
def role_page(request: Request, role: str) -> HttpResponse:
    """One role: what it may do in plain words, and who holds it where and until when."""
    row = next((one for one in queries.role_rows(request.actor) if one.key == role), None)
    if row is None:
        raise Http404
    context = {**_grants(request, role), "row": row, "powers": queries.powers_of(role)}
    return page(request, "people/role.html", context)


@guard("system.role_grant", "create")
@once
@require_POST
def grant_role(request: Request) -> HttpResponse:
    """Give a role; a second person confirms it."""
    form = GrantForm(request.POST, actor=request.actor)
    if form.is_valid():
        given = dict(form.cleaned_data)
        account, agency = find_account(given.pop("login")), given.pop("agency")
        if account is None:
            form.add_error("login", _("Nobody has this number, e-mail or name."))
            return _roles(request, form, status=422)
        try:
            actions.grant_role(account, agency, by=request.actor, **given)
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        else:
            return done(request, "/atur/peran", _("Noted. A second person has to confirm it."))
    return _roles(request, form, status=422)


@guard("system.role_grant", "create")
@require_POST
def confirm_role(request: Request, pk: int) -> HttpResponse:
    """Confirm a role somebody else gave."""
    actions.confirm_role(_grant(request, pk), by=request.actor)
    return done(request, "/atur/peran", _("Confirmed. The role counts from now on."))


@guard("system.role_grant", "revoke")
@require_POST
def revoke_role(request: Request, pk: int) -> HttpResponse:
    """End a role today."""
    actions.revoke_role(_grant(request, pk), by=request.actor)
    return done(request, "/atur/peran", _("The role has ended."))


def _grant(request: Request, pk: int) -> RoleGrant:
    row = queries.visible_grants(request.actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
