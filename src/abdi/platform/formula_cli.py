"""`abdi formula list | show NAME | run NAME JSON`: recompute any published number by hand.

Needs neither Django nor a database, unless `--institution` asks for its own figures. Prints
JSON with decimals as people write them; a refused input prints {"error", "field"} and ends with
exit code 2.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

import abdi
from abdi.platform.formulas import NAMED, Named, rounded
from abdi.platform.inputs import BadInput, read_all
from abdi.platform.norms import NoNorm, Norms, norms

REFUSED = 2
LARGEST_INPUT = 1_000_000
WESTERN_TIME = timedelta(hours=7)


@lru_cache
def named_formulas() -> Mapping[str, Named]:
    """Every named rule of every module, by name in alphabetical order."""
    for module in iter_modules(abdi.__path__):
        if module.ispkg and find_spec(f"abdi.{module.name}.rules"):
            import_module(f"abdi.{module.name}.rules")
    return dict(sorted(NAMED.items()))


def run(name: str, values: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """The outputs of a named rule with its name, version and the norms it used.

    `values` are as read from JSON (int, Decimal, str, bool, list, dict). A rule that chose a
    rule set by an input says so in `rule_sets` of its answer. Raises BadInput.
    """
    rule = find(name)
    read = read_all(rule.inputs, values)
    figures = {module: norms(module, on=today) for module in rule.norms}
    try:
        outputs = dict(rule.run(**read, norms=figures, today=today))
    except NoNorm as missing:
        raise BadInput(str(missing), "name") from None
    chosen = outputs.pop("rule_sets", {})
    used = _used(figures)
    for norm, rule_set in chosen.items():
        if used.get(norm, {}).get("set") != rule_set:
            used[norm] = {"set": rule_set, "from": None, "given": True}
    return {**outputs, "formula": name, "version": rule.version, "norms": used}


def find(name: str) -> Named:
    """A named rule. Raises BadInput for an unknown name."""
    rule = named_formulas().get(name)
    if rule is None:
        raise BadInput("unknown formula; `abdi formula list` names them all", "name")
    return rule


def _used(figures: Mapping[str, Norms]) -> dict[str, Any]:
    return {
        f"{module}.{row.name}": {"set": row.set, "from": row.since, "verified": row.verified}
        for module, found in figures.items()
        for row in found.used.values()
    }


def parse(text: str) -> dict[str, Any]:
    """A JSON object with exact numbers. Raises BadInput."""
    if len(text) > LARGEST_INPUT:
        raise BadInput("the input is too long", "inputs")
    try:
        value = json.loads(
            text,
            parse_float=Decimal,
            parse_int=_whole,
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
    except BadInput:
        raise
    except (ValueError, ArithmeticError, RecursionError) as bad:
        raise BadInput(f"the input is no JSON: {type(bad).__name__}", "inputs") from None
    if not isinstance(value, dict):
        raise BadInput("the input must be a JSON object {…}", "inputs")
    return value


def _whole(text: str) -> int:
    if len(text) > 40:
        raise BadInput("a number is too long", "inputs")
    return int(text)


def _no_constant(text: str) -> Any:
    raise BadInput(f"{text} is no number", "inputs")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadInput("is given twice", name)
        found[name] = value
    return found


def dumps(value: Any) -> str:
    """JSON in which a decimal is written as people write it: 88.89, 5.292, 100."""
    return _json(value, 0)


def _json(value: Any, depth: int) -> str:
    writer = _WRITERS.get(type(value))
    if writer is not None:
        return writer(value)
    if isinstance(value, Mapping):
        inner = [f"{json.dumps(str(k))}: {_json(v, depth + 1)}" for k, v in value.items()]
        return _wrapped("{", inner, "}", depth)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_json(item, depth + 1) for item in value) + "]"
    return json.dumps(str(value))


def _wrapped(start: str, inner: list[str], end: str, depth: int) -> str:
    if depth or not inner:
        return start + ", ".join(inner) + end
    return start + "\n  " + ",\n  ".join(inner) + "\n" + end


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


_WRITERS: dict[type, Callable[[Any], str]] = {
    bool: json.dumps,
    type(None): json.dumps,
    int: str,
    Decimal: plain,
    Fraction: lambda value: plain(rounded(value, 9)),
    date: lambda value: json.dumps(value.isoformat()),
    datetime: lambda value: json.dumps(value.isoformat()),
}


def shown(rule: Named) -> dict[str, Any]:
    """Everything `show` tells about a rule."""
    given, expected = rule.example
    return {
        "name": rule.name,
        "version": rule.version,
        "module": rule.module,
        "summary": rule.summary,
        "inputs": [
            {
                "name": name,
                "accepts": spec.words(),
                "unit": spec.unit or None,
                "optional": spec.optional,
                "default": spec.default or None,
            }
            for name, spec in rule.inputs.items()
        ],
        "outputs": [{"name": name, "unit": words} for name, words in rule.outputs.items()],
        "source": rule.source,
        "verified": rule.verified,
        "example": {"inputs": given, "outputs": expected},
    }


def _as_text(rule: Named) -> str:
    given, expected = rule.example
    lines = [f"{rule.name} (version {rule.version}, {rule.module})", rule.summary, "", "inputs"]
    for name, spec in rule.inputs.items():
        title = f"[{name}]" if spec.optional else name
        unit = f" · {spec.unit}" if spec.unit else ""
        default = f" · without it: {spec.default}" if spec.default else ""
        lines.append(f"  {title}: {spec.words()}{unit}{default}")
    lines += ["", "outputs", *(f"  {name}: {words}" for name, words in rule.outputs.items())]
    lines += ["", f"source: {rule.source}", f"verified: {'yes' if rule.verified else 'no'}"]
    flat = " ".join(dumps(given).split())
    lines += ["", "example", f"  abdi formula run {rule.name} '{flat}'"]
    lines += [f"  {name} = {_json(value, 1)}" for name, value in expected.items()]
    return "\n".join(lines)


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit code is 0, or 2 where something was refused."""
    parser = argparse.ArgumentParser(prog="abdi formula", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    lister = verbs.add_parser("list", help="name every formula")
    shower = verbs.add_parser("show", help="inputs, units, source and a worked example")
    runner = verbs.add_parser("run", help="compute one formula")
    shower.add_argument("name")
    runner.add_argument("name")
    runner.add_argument(
        "inputs", metavar="JSON", nargs="?", default="{}", help="a JSON object; - reads it"
    )
    runner.add_argument("--on", help="use the norms of this day (YYYY-MM-DD), not today's")
    runner.add_argument(
        "--institution", metavar="CODE", help="with the figures this institution set for itself"
    )
    for verb in (lister, shower, runner):
        verb.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args(argv)
    try:
        text = {"list": _list, "show": _show, "run": _run}[chosen.verb](chosen)
    except BadInput as bad:
        _print(dumps({"error": bad.error, "field": bad.field}))
        return REFUSED
    _print(text)
    return 0


def _list(chosen: argparse.Namespace) -> str:
    rules = named_formulas().values()
    if chosen.json:
        rows = [
            {"name": r.name, "version": r.version, "module": r.module, "summary": r.summary}
            for r in rules
        ]
        return json.dumps(rows, indent=2)
    return "\n".join(f"{rule.name:24}{rule.summary}" for rule in rules)


def _show(chosen: argparse.Namespace) -> str:
    rule = find(chosen.name)
    return dumps(shown(rule)) if chosen.json else _as_text(rule)


def _run(chosen: argparse.Namespace) -> str:
    find(chosen.name)
    text = sys.stdin.read(LARGEST_INPUT + 1) if chosen.inputs == "-" else chosen.inputs
    with _at_work(chosen.institution):
        return dumps(run(chosen.name, parse(text), today=_today(chosen.on)))


def _at_work(code: str | None) -> AbstractContextManager[None]:
    """The institution whose own figures count; none, and no database, where no code is given."""
    if code is None:
        return nullcontext()
    import django

    django.setup()
    from django.db import DatabaseError

    from abdi.platform.tenancy import Institution, within

    try:
        found = Institution.objects.filter(code=code[:40]).first()
    except DatabaseError:
        raise BadInput(
            "the database cannot be read; `abdi doctor` says why", "institution"
        ) from None
    if found is None:
        raise BadInput("no institution has this code", "institution")
    return within(found.pk)


def _today(on: str | None) -> date:
    if on is None:
        return (datetime.now(UTC) + WESTERN_TIME).date()  # noqa: TID251 - no Django here
    try:
        return date.fromisoformat(on)
    except ValueError:
        raise BadInput("must be a day written YYYY-MM-DD", "on") from None


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
