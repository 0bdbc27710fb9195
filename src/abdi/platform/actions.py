"""@action: one permission, one transaction, one journal entry for every change."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from abdi.platform.access import SYSTEM, Actor, Refused
from abdi.platform.tenancy import institution_or_none

__all__ = [
    "ACTIONS",
    "SYSTEM",
    "Conflict",
    "Declared",
    "Invalid",
    "Refused",
    "action",
    "guard_version",
    "in_action",
    "lock",
    "note_recorded",
    "on_behalf_of",
]

Inputs = ParamSpec("Inputs")
Result = TypeVar("Result")
ModelT = TypeVar("ModelT", bound=models.Model)


class Conflict(Exception):
    """The row is in another state, or was changed meanwhile: 409."""

    def __init__(self, message: str, *, current: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.current = current


class Invalid(Exception):
    """An input a rule refuses: 422, at the field."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True)
class Declared:
    """One declared action, for the catalogue and the tests that walk all of them."""

    name: str
    function: Callable[..., Any]
    allowed: Callable[..., bool]


@dataclass
class Frame:
    """What happens inside the outermost action."""

    entries: list[Any] = field(default_factory=list)
    behalf_of: str = ""


ACTIONS: dict[str, Declared] = {}
_frame: ContextVar[Frame | None] = ContextVar("action_frame", default=None)


def in_action() -> bool:
    """Whether an action is running."""
    return _frame.get() is not None


def on_behalf_of() -> str:
    """Whose handed-over power the running action needs; empty where the actor's own suffices."""
    frame = _frame.get()
    return frame.behalf_of if frame is not None else ""


def _giver(allowed: Callable[..., bool], by: Actor, things: tuple[Any, ...]) -> str:
    if not by.givers or allowed(by.by_own_right(), *things):
        return ""
    found = (ref for ref in by.givers if allowed(by.by_own_right(ref), *things))
    return next(found, by.givers[0])


def note_recorded(entry: Any) -> None:
    """Tell the running action that its entry was written (called by record())."""
    frame = _frame.get()
    if frame is not None:
        frame.entries.append(entry)


def action(
    *, allowed: Callable[..., bool]
) -> Callable[[Callable[Inputs, Result]], Callable[Inputs, Result]]:
    """Declare a change: `def close(report, *, by, note="")`.

    Opens the transaction, asks `allowed(by, *things)`, runs, and fails if nothing was recorded.
    An action called by another shares its transaction and its permission.
    Raises Refused, Conflict or Invalid.
    """

    def declare(function: Callable[Inputs, Result]) -> Callable[Inputs, Result]:
        @functools.wraps(function)
        def run(*things: Any, **inputs: Any) -> Any:
            if _frame.get() is not None:
                return function(*things, **inputs)
            by: Actor = inputs["by"]
            with transaction.atomic():
                _ask(allowed, by, things, function.__name__)
                token = _frame.set(Frame(behalf_of=_giver(allowed, by, things)))
                try:
                    result = function(*things, **inputs)
                    frame = _frame.get()
                finally:
                    _frame.reset(token)
                if frame is None or not frame.entries:
                    raise RuntimeError(f"{function.__name__} recorded nothing")
                return result

        module = function.__module__.split(".")[1]
        name = f"{module}.{function.__name__}"
        ACTIONS[name] = Declared(name, run, allowed)
        return run

    return declare


def _ask(allowed: Callable[..., bool], by: Actor, things: tuple[Any, ...], name: str) -> None:
    if by.is_system:
        return
    if by.institution_id != institution_or_none():
        raise Refused("institution", act=name)
    if not allowed(by, *things):
        raise Refused("not_allowed", act=name)


def lock(row: ModelT) -> ModelT:
    """The row as it is now, held until the transaction ends."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.get()


def guard_version(row: models.Model, seen: int | None) -> None:
    """Raise the version of a row that is still the one the person saw; Conflict shows both."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    if seen is not None:
        rows = rows.filter(version=seen)
    if rows.update(version=F("version") + 1) != 1:
        current = type(row)._default_manager.get(pk=row.pk)
        raise Conflict(_("Somebody changed this meanwhile."), current=current)
    row.version = (seen if seen is not None else row.version) + 1  # type: ignore[attr-defined]
