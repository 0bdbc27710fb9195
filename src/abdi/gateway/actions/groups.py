"""Groups that a directory keeps; they open nothing."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.gateway import events
from abdi.gateway.models import DirectoryGroup, DirectoryMember
from abdi.gateway.permissions import may_bring_group
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action
from abdi.platform.journal import record


@action(allowed=may_bring_group)
def bring_group(
    *, by: Actor, name: str, external: str, member_ids: Collection[int]
) -> DirectoryGroup:
    """Make a group with these accounts as members; raises Conflict for a name in use."""
    return _kept(DirectoryGroup(name=name, external=external), member_ids, by)


@action(allowed=may_bring_group)
def change_group(
    group: DirectoryGroup, *, by: Actor, name: str, external: str, member_ids: Collection[int]
) -> DirectoryGroup:
    """Give a group this name and exactly these members; raises Conflict for a name in use."""
    group.name, group.external = name, external
    return _kept(group, member_ids, by)


@action(allowed=may_bring_group)
def drop_group(group: DirectoryGroup, *, by: Actor) -> None:
    """Take a group back; accounts and roles stay as they are."""
    record(events.GroupDropped(group_id=group.pk), by=by, about=group)
    group.delete()


def _kept(group: DirectoryGroup, member_ids: Collection[int], by: Actor) -> DirectoryGroup:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise Conflict(_("Another group has this name.")) from None
    rows = DirectoryMember.objects.filter(group=group)
    rows.exclude(account_id__in=member_ids).delete()
    held = set(rows.values_list("account_id", flat=True))
    DirectoryMember.objects.bulk_create(
        DirectoryMember(group=group, account_id=pk) for pk in member_ids if pk not in held
    )
    fact = events.GroupProvisioned(group_id=group.pk, members=len(member_ids))
    record(fact, by=by, about=group)
    return group
