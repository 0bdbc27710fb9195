"""Roles in plain words: what each may do, who holds it, who waits to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from abdi.people import role_words, rules
from abdi.people.models import RoleGrant
from abdi.platform import clock
from abdi.platform.access import Actor, law

TOLD: Final = ("two_person", "not_self", "not_author", "reason", "step_up", "k5")


@dataclass(frozen=True)
class RoleRow:
    """A role in the list: what it is called, its sentence, how many hold it."""

    key: str
    name: str
    sentence: str
    holders: int
    waiting: int
    is_given: bool


@dataclass(frozen=True)
class Power:
    """One thing a role deals with, and what it may do with it, scope by scope."""

    thing: str
    acts: tuple[tuple[str, str], ...]


def given_roles(actor: Actor) -> list[str]:
    """Roles this actor may give somewhere; those of the whole city only city-wide."""
    reach = actor.reach("system.role_grant", "create")
    if reach.nothing:
        return []
    keys = [key for key in law().roles if key not in rules.DERIVED_ROLES]
    return [key for key in keys if reach.all or key not in rules.CITY_ROLES]


def role_rows(actor: Actor) -> list[RoleRow]:
    """Every role with its sentence and how many grants this actor may see; one query."""
    held = dict(
        (row["role"], (row["counts"], row["waits"]))
        for row in visible_grants(actor)
        .order_by()
        .values("role")
        .annotate(counts=Count("id", ~Q(confirmed_by="")), waits=Count("id", Q(confirmed_by="")))
    )
    return [
        RoleRow(
            key,
            str(row["label_id"]),
            _(role_words.ROLES[key]),
            *held.get(key, (0, 0)),
            is_given=key not in rules.DERIVED_ROLES,
        )
        for key, row in law().roles.items()
    ]


def visible_grants(actor: Actor, role: str = "") -> QuerySet[RoleGrant]:
    """Role grants that have not ended and that this actor may see; those that wait come first."""
    reach = actor.reach("system.role_grant", "view")
    still = Q(end_on__isnull=True) | Q(end_on__gt=clock.today())
    rows = RoleGrant.objects.filter(still).select_related("account__person", "agency")
    rows = rows.filter(role=role) if role else rows
    rows = rows.order_by("confirmed_by", "role", "-start_on", "-id")
    return rows if reach.all else rows.filter(agency_id__in=reach.agency_ids)


def powers_of(role: str) -> dict[str, list[Power]]:
    """What a role may do by the permission file, under the heading of each module."""
    found: dict[str, list[Power]] = {}
    for resource, row in law().raw["resources"].items():
        acts = {act: grants[role] for act, grants in row["grants"].items() if role in grants}
        if acts:
            heading = _(role_words.MODULES[resource.split(".")[0]])
            power = Power(_(role_words.THINGS[resource]), _acts(acts, row.get("when", {})))
            found.setdefault(heading, []).append(power)
    return found


def _acts(acts: Mapping[str, str], when: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
    by_scope: dict[str, list[str]] = {}
    for act, scope in acts.items():
        marks = [_(role_words.CONDITIONS[one]) for one in when.get(act, ()) if one in TOLD]
        words = _(role_words.ACTS[act])
        by_scope.setdefault(scope, []).append(f"{words} ({', '.join(marks)})" if marks else words)
    return tuple(
        (", ".join(words), _(role_words.SCOPES[scope])) for scope, words in by_scope.items()
    )
