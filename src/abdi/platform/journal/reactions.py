"""Which functions react to which events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

REACTIONS: dict[str, dict[str, Callable[..., Any]]] = defaultdict(dict)
ReactionT = TypeVar("ReactionT", bound=Callable[..., Any])


def reacts_to(event: type[Any]) -> Callable[[ReactionT], ReactionT]:
    """Declare a reaction `(event, *, cause)`; it may run twice and must then change nothing."""

    def declare(function: ReactionT) -> ReactionT:
        module = function.__module__.split(".")[1]
        REACTIONS[event.kind][f"{module}.{function.__name__}"] = function
        return function

    return declare


def reaction_named(name: str) -> tuple[str, Callable[..., Any]] | None:
    """The event kind and function of a reaction by its name."""
    for kind, found in REACTIONS.items():
        if name in found:
            return kind, found[name]
    return None
