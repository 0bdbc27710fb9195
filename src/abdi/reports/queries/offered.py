"""The kinds behind a tile, read with every form that is sent: one kept statement."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models

from abdi.platform.db.texts import Text, read, text_of
from abdi.platform.tenancy import scope
from abdi.reports.models import Category
from abdi.reports.queries.finding import categories


def categories_of(codes: tuple[str, ...]) -> dict[str, Category]:
    """The active categories of these codes with their units, by code, in the order of `codes`.

    Read anew each time, made once for what was read: they are shared, so nobody changes them.
    """
    found = _made(tuple(read(_text(scope(), codes))))
    return {code: found[code] for code in codes if code in found}


@lru_cache(maxsize=256)
def _made(rows: tuple[tuple[Any, ...], ...]) -> dict[str, Category]:
    unit_model = Category._meta.get_field("unit").related_model
    own, of_unit = _columns(Category), _columns(unit_model)
    units: dict[int, Any] = {}
    found: dict[str, Category] = {}
    for row in rows:
        category = Category.from_db(DEFAULT_DB_ALIAS, own, row[: len(own)])
        if category.unit_id not in units:
            unit = unit_model.from_db(DEFAULT_DB_ALIAS, of_unit, row[len(own) :])
            units[category.unit_id] = unit
        category.unit = units[category.unit_id]
        found[category.code] = category
    return found


@lru_cache(maxsize=256)
def _text(_scope: int | None, codes: tuple[str, ...]) -> Text:
    unit_model = Category._meta.get_field("unit").related_model
    names = [*_columns(Category), *(f"unit__{name}" for name in _columns(unit_model))]
    return text_of(categories().filter(code__in=codes).values_list(*names))


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.attname) for field in model._meta.concrete_fields]
