"""The actor of a session as text: read once for many requests of the same session."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

from abdi.platform.access import Actor, Grant

MOST_ACTORS: Final = 4_096


def frozen(actor: Actor) -> str:
    """The actor without the moment of his last step-up, which the session holds beside it."""
    facts = {
        "institution_id": actor.institution_id,
        "account_id": actor.account_id,
        "person_id": actor.person_id,
        "name": actor.name,
        "grants": [
            [row.role, row.agency_id, row.acting, list(row.only), row.behalf_of, sorted(row.within)]
            for row in actor.grants
        ],
        "agency_id": actor.agency_id,
        "unit_id": actor.unit_id,
        "team_ids": sorted(actor.team_ids),
        "other_teams": [[name, sorted(ids)] for name, ids in actor.other_teams],
        "acting": actor.acting,
        "acting_as": actor.acting_as,
        "last_day": actor.last_day.isoformat() if actor.last_day else None,
        "owes_factor": actor.owes_factor,
    }
    return json.dumps(facts)


@lru_cache(maxsize=MOST_ACTORS)
def thawed(text: str, stepped_up: float | None) -> Actor:
    """The actor of a text of `frozen`, stepped up at this moment, in seconds since 1970."""
    values: dict[str, Any] = json.loads(text)
    values["grants"] = tuple(
        Grant(role, agency_id, acting, tuple(only), behalf_of, frozenset(within))
        for role, agency_id, acting, only, behalf_of, within in values["grants"]
    )
    values["other_teams"] = tuple((name, frozenset(ids)) for name, ids in values["other_teams"])
    values["team_ids"] = frozenset(values["team_ids"])
    last = values["last_day"]
    values["last_day"] = date.fromisoformat(last) if last else None
    when = datetime.fromtimestamp(stepped_up, tz=UTC) if stepped_up else None
    return Actor(kind="account", stepped_up_at=when, **values)
