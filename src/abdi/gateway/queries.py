"""Reads of the gateway: keys and who acts by one; addresses that are told of changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.module_loading import import_string

from abdi.gateway import rules
from abdi.gateway.choices import HookState, HookTopic, Scope
from abdi.gateway.models import (
    ApiKey,
    DirectoryGroup,
    DirectoryMember,
    ExternalId,
    Hook,
    HookDelivery,
)
from abdi.platform import clock
from abdi.platform.access import Actor


def visible_keys(actor: Actor) -> QuerySet[ApiKey]:
    """Keys this actor may see, the newest first."""
    rows = ApiKey.objects.select_related("account__person").order_by("-made_at", "-id")
    return rows if actor.reach("system.api_key", "view").all else rows.none()


def offered(actor: Actor) -> list[Scope]:
    """What this actor can hand to a key: nothing that he may not do himself."""
    return [scope for scope in Scope if actor.holds(*scope.cell)]


def key_of(token: str) -> ApiKey | None:
    """The key of this institution that a token stands for; None for wrong, ended or revoked."""
    parts = rules.parts_of(token)
    if parts is None:
        return None
    row = ApiKey.objects.filter(lookup=parts[0]).first()
    digest = row.digest if row else rules.digest_of("")
    if not rules.is_secret_of(parts[1], digest) or row is None:
        return None
    return None if row.has_ended(clock.today()) else row


def actor_by(key: ApiKey) -> Actor | None:
    """Who acts by a key: its account as it is today, held to the scopes; None where it ended."""
    built: Actor | None = import_string(settings.ABDI_ACTOR_BUILDER)(key.account_id)
    if built is None or built.institution_id != key.institution_id:
        return None
    return replace(built, limits=key.scope_set)


def external_ids(account_ids: Iterable[int]) -> dict[int, str]:
    """What another program calls these accounts; one query."""
    rows = ExternalId.objects.filter(account_id__in=list(account_ids))
    return dict(rows.values_list("account_id", "value"))


def accounts_called(value: str) -> list[int]:
    """Ids of the accounts that another program calls so."""
    rows = ExternalId.objects.filter(value=value)
    return list(rows.values_list("account_id", flat=True)[:200]) if value else []


def visible_hooks(actor: Actor) -> QuerySet[Hook]:
    """Addresses this actor may see, those in use first, with what waits and the last outcome."""
    if not actor.reach("system.webhook", "view").all:
        return Hook.objects.none()
    mine = HookDelivery.objects.filter(hook=OuterRef("pk"))
    arrived = mine.filter(state=HookState.SENT).order_by("-sent_at")
    given_up = mine.filter(state=HookState.PARKED).order_by().values("hook")
    return Hook.objects.annotate(
        last_sent_at=Subquery(arrived.values("sent_at")[:1]),
        parked=Subquery(given_up.annotate(n=Count("id")).values("n")[:1]),
    ).order_by(F("off_at").desc(nulls_first=True), "name", "id")


def deliveries_of(hook: Hook) -> QuerySet[HookDelivery]:
    """What was sent, waits or was given up, the newest first."""
    return HookDelivery.objects.filter(hook=hook).order_by("-id")


def listening(topic: HookTopic, entry_id: int) -> list[Hook]:
    """Addresses that want news of a topic and have not got this entry; two queries at most."""
    rows = Hook.objects.filter(off_at__isnull=True, topics__contains=topic.value)
    found = list(rows.order_by("id"))
    if not found:
        return []
    told = HookDelivery.objects.filter(entry_id=entry_id).values_list("hook_id", flat=True)
    have = set(told)
    return [hook for hook in found if hook.pk not in have]


def answering(now: datetime) -> list[Hook]:
    """Addresses in use that are not left alone for a while."""
    free = Q(paused_until__isnull=True) | Q(paused_until__lte=now)
    return list(Hook.objects.filter(free, off_at__isnull=True).order_by("id"))


def group_members(group_id: int | None = None) -> dict[int, list[int]]:
    """Ids of the accounts in each group of a directory, or in one; one query."""
    rows = DirectoryMember.objects.order_by("account_id")
    rows = rows.filter(group_id=group_id) if group_id is not None else rows
    found: dict[int, list[int]] = {}
    for group, account in rows.values_list("group_id", "account_id"):
        found.setdefault(group, []).append(account)
    return found


def held_group(pk: int) -> DirectoryGroup | None:
    """One group of a directory, held until the transaction ends."""
    rows = DirectoryGroup.objects.filter(pk=pk)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.first()
