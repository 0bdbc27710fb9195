"""Every action refuses a stranger before it does anything."""

import importlib
import inspect
from contextlib import suppress

import pytest
from django.apps import apps

from abdi.platform.access import Actor, Refused
from abdi.platform.actions import ACTIONS
from tests.architecture.tree import expect_none

# What anybody may do, and why. Nothing else gets past a person without a role.
OPEN_TO_ALL: dict[str, str] = {
    "reports.join": "everybody may follow a report about his city",
    "reports.take_in": "everybody may report a problem of his city",
}


class Thing:
    """Stands for any row: its keys belong to nobody, its parts are things again."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return 0 if name.endswith("_id") or name in {"id", "pk"} else Thing()

    def __call__(self, *_things, **_inputs):
        return Thing()

    def __iter__(self):
        return iter(())

    def __bool__(self):
        return False


def all_actions():
    """Every declared action; importing the modules declares them."""
    for config in apps.get_app_configs():
        if config.name.startswith("abdi."):
            with suppress(ModuleNotFoundError):
                importlib.import_module(f"{config.name}.actions")
    return sorted(ACTIONS.values(), key=lambda declared: declared.name)


def things_for(function):
    """One thing for each positional parameter."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [Thing() for p in inspect.signature(function).parameters.values() if p.kind in kinds]


def a_stranger(institution_id):
    """Somebody with an account and no role."""
    return Actor(
        kind="account", account_id=999_999, person_id=999_999, institution_id=institution_id
    )


@pytest.mark.django_db
@pytest.mark.parametrize("declared", all_actions(), ids=lambda declared: declared.name)
def test_an_action_refuses_a_person_without_a_role(declared, inside_institution):
    if declared.name in OPEN_TO_ALL:
        pytest.skip(OPEN_TO_ALL[declared.name])
    with pytest.raises(Refused):
        declared.function(*things_for(declared.function), by=a_stranger(inside_institution.pk))


@pytest.mark.django_db
@pytest.mark.parametrize("declared", all_actions(), ids=lambda declared: declared.name)
def test_an_action_refuses_a_person_of_another_institution(declared, inside_institution):
    with pytest.raises(Refused):
        declared.function(*things_for(declared.function), by=a_stranger(inside_institution.pk + 1))


def test_exceptions_name_actions_that_exist():
    assert set(OPEN_TO_ALL) <= {declared.name for declared in all_actions()}


def test_public_actions_take_their_actor_by_name():
    positional = [
        declared.name
        for declared in all_actions()
        if inspect.signature(declared.function).parameters["by"].kind
        is not inspect.Parameter.KEYWORD_ONLY
    ]
    expect_none(positional)
