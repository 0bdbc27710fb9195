"""Who stands behind a reference of the journal."""

from __future__ import annotations

from abdi.people.models import Account, Person


def person_behind(ref: str) -> Person | None:
    """The person who acted, by what the journal keeps of him (`people.account:12`)."""
    kind, _colon, key = ref.partition(":")
    if kind != "people.account" or not key.isdecimal():
        return None
    behind = Account.objects.filter(pk=int(key)).values("person_id")
    return Person.objects.filter(pk__in=behind).first()
