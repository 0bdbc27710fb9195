"""One formula, one answer: for a single value and for a column of every engine we ship on."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, get_type_hints
from urllib.parse import unquote, urlsplit

import ibis
import pyarrow as pa
import pytest

from abdi.platform import formula_cli, formulas
from abdi.platform.formulas import Between, OneOf
from abdi.platform.norms import norms

ROWS = 250
DAY = date(2026, 3, 2)

formula_cli.named_formulas()
RULES = [rule for rule in formulas.FORMULAS if rule.__module__.startswith("abdi.")]


def module_of(rule: Callable[..., Any]) -> str:
    return rule.__module__.split(".")[1]


def domains(rule: Callable[..., Any]) -> dict[str, Between | OneOf]:
    hints = get_type_hints(rule, include_extras=True)
    hints.pop("return", None)
    hints.pop("norms", None)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def draw(domain: Between | OneOf, chance: random.Random) -> Any:
    if isinstance(domain, OneOf):
        return chance.choice(domain.codes)
    low, high = domain.low, domain.high
    edges = [low, min(low + 1, high), max(high - 1, low), high]
    near = chance.randint(low, min(high, low + 200))
    return chance.choice([*edges, near, chance.randint(low, high)])


def rows_for(rule: Callable[..., Any]) -> list[dict[str, Any]]:
    chance = random.Random(rule.__qualname__)
    wanted = domains(rule)
    edges = [
        {name: d.codes[0] if isinstance(d, OneOf) else d.low for name, d in wanted.items()},
        {name: d.codes[-1] if isinstance(d, OneOf) else d.high for name, d in wanted.items()},
    ]
    drawn = [{name: draw(d, chance) for name, d in wanted.items()} for _ in range(ROWS)]
    return edges + drawn


def figures(rule: Callable[..., Any]) -> dict[str, Any]:
    takes = "norms" in rule.__code__.co_varnames[: rule.__code__.co_argcount]
    return {"norms": norms(module_of(rule), on=DAY)} if takes else {}


@pytest.fixture(scope="module")
def duckdb() -> Iterator[Any]:
    engine = ibis.duckdb.connect()
    yield engine
    engine.disconnect()


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    engine = ibis.sqlite.connect(tmp_path_factory.mktemp("parity") / "parity.sqlite3")
    yield engine
    engine.disconnect()


@pytest.fixture(scope="module")
def postgres() -> Iterator[Any]:
    address = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not address.scheme.startswith("postgres"):
        pytest.skip("DATABASE_URL names no PostgreSQL")
    engine = ibis.postgres.connect(
        host=unquote(address.hostname or unquote(address.netloc).partition("@")[2]),
        port=address.port or 5432,
        user=unquote(address.username or ""),
        password=unquote(address.password) if address.password else None,
        database=address.path.lstrip("/"),
    )
    yield engine
    engine.disconnect()


@pytest.fixture(params=["duckdb", "sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{module_of(rule)}.{rule.__name__}")
def test_a_value_and_a_column_agree(rule, engine):
    rows = rows_for(rule)
    extra = figures(rule)
    expected = [rule(**row, **extra) for row in rows]
    numbered = [{"row_number": number, **row} for number, row in enumerate(rows)]
    table = engine.create_table("parity_rows", pa.Table.from_pylist(numbered), temp=True)
    try:
        answer = rule(**{name: table[name] for name in rows[0]}, **extra)
        asked = table.select("row_number", answer=answer).order_by("row_number")
        got = engine.to_pyarrow(asked)["answer"].to_pylist()
    finally:
        engine.drop_table("parity_rows")
    assert [kind for kind in map(type, got) if kind not in {int, str, bool}] == []
    wrong = [(r, e, g) for r, e, g in zip(rows, expected, got, strict=True) if e != g]
    assert wrong[:3] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{module_of(rule)}.{rule.__name__}")
def test_every_input_has_a_domain_and_every_formula_a_meaning(rule):
    assert rule.__doc__
    assert all(isinstance(domain, Between | OneOf) for domain in domains(rule).values())
