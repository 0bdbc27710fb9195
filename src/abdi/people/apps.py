"""Start of the people floor: the database's own guards."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251 - `migrate` tells no other way


class PeopleConfig(AppConfig):
    """Who works where, and the accounts."""

    name = "abdi.people"
    label = "people"

    def ready(self) -> None:
        """Keep what the tables' own constraints cannot say."""
        from abdi.people.guards import keep_one_definite

        post_migrate.connect(keep_one_definite, sender=self, dispatch_uid="abdi.one_definite")
