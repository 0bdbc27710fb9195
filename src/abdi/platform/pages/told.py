"""What `done` says once on the next page: Django's storage, made only where there is something."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest


class Storage(FallbackStorage):
    """Cookie first, then session, as Django's; most requests need neither."""

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        BaseStorage.__init__(self, request, *args, **options)

    @cached_property
    def storages(self) -> list[Any]:
        """The two storages."""
        return [kind(self.request) for kind in self.storage_classes]

    @cached_property
    def _used_storages(self) -> set[Any]:
        return set()
