"""A long list is being applied: how far it is; the reader may leave and comes back to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from abdi.imports import progress, queries
from abdi.imports.choices import OrderState
from abdi.platform.access import Request, guard
from abdi.platform.pages import done, page


@guard("people.profile", "create")
@require_safe
def applying(request: Request, pk: int) -> HttpResponse:
    """How far an order is; what it brought once it is done."""
    order = get_object_or_404(queries.visible_orders(request.actor), pk=pk)
    if order.state == OrderState.DONE:
        place = reverse("imports:result", args=[order.run_id]) if order.run_id else ""
        return done(request, place or reverse("imports:home"))
    is_part = request.headers.get("HX-Request") == "true"
    context = {
        "order": order,
        "draft": order.draft,
        "rows": min(progress.rows_done(order.pk), order.row_count),
    }
    name = "imports/_applying.html" if is_part else "imports/applying.html"
    return page(request, name, context)
