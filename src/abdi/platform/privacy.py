"""Each model says what it holds about people: class, purpose, legal basis, retention.

    class Report(Owned):
        privacy = Privacy("internal", purpose="answer citizens", basis="public_task",
                          keep="archive schedule", phone=Privacy("personal", keep="12 months"))

Export, erasure, masking and access logs are derived from these declarations. The
basis is a word of UU 27/2022 Art. 20 (such as `public_task`), a law, or "product rule".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from django.db import models

LEVELS: Final = ("public", "internal", "personal", "sensitive", "secret")
"""From open to closed. Reads of `personal` and above by others are logged; `sensitive` is masked
until step-up; `secret` is sealed to named keys. The order of the permission file's classes."""

_CONTACTS: Final = ("phone", "email", "address", "contact", "birth")
_FREE_KINDS: Final = ("TextField", "EmailField", "FileField", "ImageField")


class Privacy:
    """The declaration of a model, or of one field that differs from its model."""

    def __init__(
        self, level: str, *, purpose: str = "", basis: str = "", keep: str = "", **fields: Privacy
    ) -> None:
        if level not in LEVELS:
            raise ValueError(f"privacy class {level!r} is none of {', '.join(LEVELS)}")
        self.level = level
        self.purpose = purpose
        self.basis = basis
        self.keep = keep
        self.fields = fields

    def of(self, field: str) -> Privacy:
        """The declaration that holds for `field`: its own, completed from the model's."""
        own = self.fields.get(field)
        if own is None:
            return self
        return Privacy(
            own.level,
            purpose=own.purpose or self.purpose,
            basis=own.basis or self.basis,
            keep=own.keep or self.keep,
        )

    @property
    def is_personal(self) -> bool:
        """Whether reads by others must be logged."""
        return at_least(self.level, "personal")

    @property
    def is_masked(self) -> bool:
        """Whether the value stays masked until the reader proves himself again."""
        return at_least(self.level, "sensitive")

    def __repr__(self) -> str:
        return f"Privacy({self.level!r}, keep={self.keep!r})"


def at_least(level: str, floor: str) -> bool:
    """Whether `level` is as closed as `floor` or more so."""
    return LEVELS.index(level) >= LEVELS.index(floor)


def personal_fields(model: type[models.Model]) -> list[str]:
    """Names of the model's columns of class personal or above, in their order."""
    declared = _declared(model)
    return [field.name for field in _columns(model) if declared.of(field.name).is_personal]


def mask(value: str, *, shown: int = 2) -> str:
    """`value` with all but its last `shown` characters hidden; short values hide whole."""
    if len(value) <= shown * 2:
        return "•" * len(value)
    return "•" * (len(value) - shown) + value[-shown:]


def undeclared(model: type[models.Model]) -> list[str]:
    """What is missing in the model's declaration, a sentence each; empty when all is said.

    In a model below class personal every text, contact or file column must be named, so that
    nobody adds one without thinking of the people in it.
    """
    name = model._meta.label
    declared = getattr(model, "privacy", None)
    if not isinstance(declared, Privacy):
        return [f"{name} declares no privacy"]
    problems = [
        f"{name}.privacy says nothing of its {word}"
        for word in ("purpose", "basis", "keep")
        if not getattr(declared, word)
    ]
    columns = list(_columns(model))
    names = {field.name for field in columns}
    problems += [
        f"{name}.privacy names {key}, which it has not"
        for key in declared.fields
        if key not in names
    ]
    if not declared.is_personal:
        problems += [
            f"{name}.{field.name} needs its own privacy"
            for field in columns
            if field.name not in declared.fields and _is_of_people(field)
        ]
    return problems


def _declared(model: type[models.Model]) -> Privacy:
    declared: object = getattr(model, "privacy", None)
    if not isinstance(declared, Privacy):
        raise TypeError(f"{model._meta.label} declares no privacy")
    return declared


def _columns(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    return (field for field in model._meta.get_fields() if getattr(field, "concrete", False))  # type: ignore[misc]


def _is_of_people(field: models.Field[Any, Any]) -> bool:
    if field.get_internal_type() in _FREE_KINDS or type(field).__name__ in _FREE_KINDS:
        return True
    return field.get_internal_type() == "CharField" and any(
        word in field.name for word in _CONTACTS
    )
