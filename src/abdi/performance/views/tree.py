"""The cascade: my superior's targets, mine under them, my team's under mine."""

from __future__ import annotations

from django.http import HttpResponse

from abdi.performance import queries, wording
from abdi.performance.views.mine import person_id
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.pages import page


@guard("performance.plan", "view")
def tree(request: Request) -> HttpResponse:
    """From the superior's targets down to the team's; what hangs nowhere is named."""
    year = clock.today().year
    found = queries.tree_of(person_id(request), queries.appraised_by(request.actor), year)
    context = {"year": year, "tree": found, "wording": wording, "me": request.actor.person_id}
    return page(request, "performance/tree.html", context)
