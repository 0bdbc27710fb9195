"""Staff lists are taken along: which people, which layout, which file, and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from abdi.imports import actions, outgoing, queries
from abdi.imports.choices import Form
from abdi.imports.export_forms import ExportForm
from abdi.imports.permissions import exported
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.pages import page


@guard("people.profile", "export")
@require_http_methods(["GET", "POST"])
def export(request: Request) -> HttpResponse:
    """Choose layout and file, say why, take the list along."""
    is_wide = exported(request.actor).all
    if request.method == "GET":
        return _page(request, ExportForm(is_wide=is_wide))
    form = ExportForm(request.POST, is_wide=is_wide)
    if not form.is_valid():
        return _page(request, form, 422)
    given = form.cleaned_data
    agency = given.get("agency")
    prepared = queries.list_out(request.actor, agency, given["layout"])
    try:
        actions.note_export(
            agency, by=request.actor, prepared=prepared, form=given["form"], reason=given["reason"]
        )
    except Invalid as problem:
        form.refuse({problem.field: problem.message})
        return _page(request, form, 422)
    kind = Form(given["form"])
    answer = HttpResponse(prepared.content(kind), content_type=outgoing.MEDIA_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{prepared.file_name(kind)}"'
    return answer


def _page(request: Request, form: ExportForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "title": _("Take a staff list along")}
    return page(request, "imports/export.html", context, status=status)
