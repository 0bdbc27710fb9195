"""Every reaction may run twice. The fixture `every_reaction_twice` does that in each test."""

import importlib
import inspect
from contextlib import suppress

import pytest
from django.apps import apps

from abdi.platform.journal import REACTIONS
from tests.architecture.tree import SOURCE, expect_none


def all_reactions():
    """(event kind, name, function) of every declared reaction."""
    for config in apps.get_app_configs():
        if config.name.startswith("abdi."):
            with suppress(ModuleNotFoundError):
                importlib.import_module(f"{config.name}.reactions")
    return sorted(
        (kind, name, function)
        for kind, found in REACTIONS.items()
        for name, function in found.items()
        if function.__module__.endswith(".reactions")
    )


def test_text_of_all_tests_names_every_event_somebody_reacts_to():
    tests = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*SOURCE.rglob("tests/test_*.py"), *(SOURCE.parents[1] / "tests").rglob("*.py")]
    )
    silent = [
        name
        for kind, name, function in all_reactions()
        if kind.split(".")[1] not in tests and function.__name__ not in tests
    ]
    expect_none(silent)


@pytest.mark.parametrize("reaction", all_reactions(), ids=lambda found: found[1])
def test_a_reaction_takes_the_event_and_its_cause(reaction):
    _kind, _name, function = reaction
    parameters = list(inspect.signature(function).parameters.values())
    assert len(parameters) == 2
    assert (parameters[1].name, parameters[1].kind) == ("cause", inspect.Parameter.KEYWORD_ONLY)
