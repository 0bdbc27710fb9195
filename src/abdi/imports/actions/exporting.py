"""A staff list is taken along: noted with the reason, and in the access log of each person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.imports import events
from abdi.imports.choices import Form
from abdi.imports.models import ListExport
from abdi.imports.permissions import may_export
from abdi.people import actions as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Invalid, action
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.imports.outgoing import Prepared
    from abdi.people.models import Unit


@action(allowed=may_export)
def note_export(
    agency: Unit | None, *, by: Actor, prepared: Prepared, form: Form | str, reason: str
) -> ListExport:
    """Note that a list of people is taken along, before its file is made.

    The reason is kept, and each person sees in his own data that he was read. Raises Invalid
    without a reason or for a list of nobody.
    """
    if not reason.strip():
        raise Invalid(_("Please write the reason."), field="reason")
    if not prepared.people:
        raise Invalid(_("Nobody belongs into this list."), field="layout")
    row = ListExport.objects.create(
        layout=prepared.layout,
        form=Form(form),
        agency=agency,
        by=by.ref,
        at=clock.now(),
        reason=reason.strip(),
        people_count=len(prepared.people),
    )
    fact = events.ListExported(
        export_id=row.pk, layout=str(prepared.layout), people=len(prepared.people)
    )
    entry = record(fact, by=by, about=row)
    people.note_readings(prepared.people, by=by, cause=entry)
    return row
