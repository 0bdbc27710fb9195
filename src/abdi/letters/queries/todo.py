"""What waits for a person among letters."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.letters.models import Letter
from abdi.letters.permissions import CELL
from abdi.letters.queries.letters import numbers_waiting, signatures_waiting
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.clocks import after_days
from abdi.platform.norms import norms
from abdi.platform.pages.todo import ToDo

MOST = 20


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """Letters to sign, one by one; drafts that wait for a number, counted. Two queries."""
    if actor.person_id is None:
        return []
    found = []
    if actor.holds(CELL, "sign"):
        found += [_to_sign(row) for row in signatures_waiting(actor)[:MOST]]
    if actor.holds(CELL, "number"):
        found += _to_number(actor)
    return found


def _to_sign(row: Letter) -> ToDo:
    return ToDo(
        icon="letter",
        title=_("Sign: %(subject)s") % {"subject": row.subject},
        reason=_("Number %(number)s waits for your signature.") % {"number": row.number_text},
        url=reverse("letters:letter", args=[row.code]),
        button=_("Open"),
        due_at=_due(row),
        tone="violet",
    )


def _due(row: Letter) -> datetime | None:
    if row.sent_at is None:
        return None
    sent_on = clock.local(row.sent_at).date()
    days = int(norms("letters", on=sent_on)["letter_kinds"][row.kind]["days"])
    return datetime.combine(after_days(sent_on, days), time(16), tzinfo=clock.zone())


def _to_number(actor: Actor) -> list[ToDo]:
    rows = list(numbers_waiting(actor).values_list("code", flat=True)[: MOST + 1])
    if not rows:
        return []
    count = len(rows)
    url = reverse("letters:letter", args=[rows[0]])
    title = ngettext(
        "%(count)s draft waits for its number", "%(count)s drafts wait for their numbers", count
    )
    return [
        ToDo(
            icon="letter",
            title=title % {"count": count if count <= MOST else f"{MOST}+"},
            reason=_("Read it, give it a number, send it to sign."),
            url=url if count == 1 else f"{reverse('letters:letters')}?keadaan=draft",
            button=_("Open"),
        )
    ]
