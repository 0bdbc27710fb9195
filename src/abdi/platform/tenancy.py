"""The institution (tenant) every row belongs to, and the manager that filters by it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from abdi.platform.db.scope import current as _current
from abdi.platform.db.scope import lifted as _open

ModelT_co = TypeVar("ModelT_co", bound=models.Model, covariant=True)


class NoInstitution(RuntimeError):
    """A scoped table was read or written where no institution is set."""


class Institution(models.Model):
    """A city, regency, province, ministry or agency that uses this installation."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, default="city")
    host = models.CharField(max_length=200, blank=True, default="")
    region_code = models.CharField(max_length=4, default="CD")
    time_zone = models.CharField(max_length=40, default="Asia/Jakarta")
    accent = models.CharField(max_length=12, default="teal")
    emergency_phone = models.CharField(max_length=20, default="112")
    area = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this institution reads its clock."""
        return ZoneInfo(self.time_zone)


def current_institution_id() -> int:
    """Id of the institution at work; raises NoInstitution where none is set."""
    found = _current.get()
    if found is None:
        raise NoInstitution("No institution is set: use within(institution_id).")
    return found


_zones: dict[int, ZoneInfo] = {}


def institution_zone() -> ZoneInfo:
    """The zone of the current institution; the installation's where none is set."""
    found = _current.get()
    if found is None:
        return ZoneInfo(settings.ABDI_ZONE)
    if found not in _zones:
        name = Institution.objects.filter(pk=found).values_list("time_zone", flat=True).first()
        _zones[found] = ZoneInfo(name or settings.ABDI_ZONE)
    return _zones[found]


def institution_or_none() -> int | None:
    """Id of the current institution, or None."""
    return _current.get()


def scope() -> int | None:
    """What scoped managers filter by just now: the institution, or None inside unscoped().

    For what is kept per scope. Raises NoInstitution where none is set.
    """
    return None if _open.get() is not None else current_institution_id()


@contextmanager
def within(institution_id: int) -> Iterator[None]:
    """Run a block for one institution."""
    token = _current.set(institution_id)
    closed = _open.set(None)
    try:
        yield
    finally:
        _open.reset(closed)
        _current.reset(token)


@contextmanager
def unscoped(reason: str) -> Iterator[None]:
    """Lift the filter for migrations, jobs and tests; the reason is for the reader."""
    if not reason:
        raise ValueError("unscoped() needs a reason")
    token = _open.set(reason)
    try:
        yield
    finally:
        _open.reset(token)


class ScopedManager(models.Manager[ModelT_co]):
    """Shows only the rows of the current institution."""

    def get_queryset(self) -> models.QuerySet[ModelT_co]:
        """All rows of the current institution; raises NoInstitution where none is set."""
        rows = super().get_queryset()
        if _open.get() is not None:
            return rows
        return rows.filter(institution_id=current_institution_id())


class Owned(models.Model):
    """Base of every table: a row belongs to one institution."""

    institution = models.ForeignKey(
        "platform.Institution",
        models.PROTECT,
        default=current_institution_id,
        editable=False,
        related_name="+",
        verbose_name=_("Institution"),
    )

    objects = ScopedManager()

    class Meta:
        abstract = True

    @property
    def ref(self) -> str:
        """Text reference used by the journal, such as `reports.report:12`."""
        return f"{self._meta.label_lower}:{self.pk}"
