"""What letters do about news from below."""

from __future__ import annotations

from datetime import date

from abdi.letters import actions, queries
from abdi.letters.choices import LetterKind
from abdi.people import events as people_events
from abdi.people import queries as people
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry, reacts_to
from abdi.platform.norms import norms

SHORT = {"plt": "Plt.", "plh": "Plh."}


@reacts_to(people_events.ActingAppointed)
def draft_acting_order(event: people_events.ActingAppointed, *, cause: Entry) -> None:
    """An acting head was appointed: his order waits for its number. Once per assignment."""
    position = people.positions().select_related("unit").filter(pk=event.position_id).first()
    key = f"acting:{event.assignment_id}"
    if position is None or queries.drafted_for(key) is not None:
        return
    figures = norms("letters", on=date.fromisoformat(event.start))
    actions.draft(
        LetterKind.ACTING_ORDER,
        f"people.assignment:{event.assignment_id}",
        {
            "acting_as": position.title,
            "acting_kind": figures["letter_words"][event.kind],
            "acting_short": SHORT[event.kind],
            "start_on": event.start,
            "end_on": event.end,
            "basis": figures["acting_basis"],
        },
        by=SYSTEM,
        unit=position.unit,
        person_ids=[event.person_id],
        source_key=key,
        cause=cause,
    )
