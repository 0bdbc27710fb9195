"""Reads of the gateway: keys, and who acts by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from abdi.gateway import rules
from abdi.gateway.choices import Scope
from abdi.gateway.models import ApiKey, ExternalId
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
