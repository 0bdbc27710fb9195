"""Events: frozen, named facts that modules announce. Free of Django."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeVar, cast, dataclass_transform

EVENTS: dict[str, type[Any]] = {}
Fact = TypeVar("Fact", bound=type)
PLAIN = ("int", "str", "bool", "int | None", "str | None", "bool | None")


@dataclass_transform(frozen_default=True)
def event(cls: Fact) -> Fact:
    """Declare an event. Its fields are ids, codes and whole numbers only, never names or texts."""
    made: Any = dataclass(frozen=True)(cls)
    for field in fields(made):
        if str(field.type) not in PLAIN and getattr(field.type, "__name__", "") not in PLAIN:
            raise TypeError(f"{cls.__name__}.{field.name}: only {', '.join(PLAIN)} may travel")
    made.kind = kind_of(made)
    EVENTS[made.kind] = made
    return cast(Fact, made)


def kind_of(cls: type) -> str:
    """`reports.ReportClosed` for a class in abdi.reports.events."""
    parts = cls.__module__.split(".")
    module = parts[1] if parts[0] == "abdi" and len(parts) > 1 else parts[0]
    return f"{module}.{cls.__name__}"


def as_data(fact: Any) -> dict[str, Any]:
    """The fields of an event as a plain dict."""
    return dict(vars(fact))


def from_data(kind: str, data: dict[str, Any]) -> Any:
    """Rebuild an event from the journal; fields it no longer knows are left out."""
    cls = EVENTS[kind]
    known = {field.name for field in fields(cls)}
    return cls(**{key: value for key, value in data.items() if key in known})
