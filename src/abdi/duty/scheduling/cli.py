"""`abdi roster`: solve and check shift scheduling instances of the public text format."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from abdi.duty.scheduling import exchange, reading
from abdi.duty.scheduling.checker import Verdict, check
from abdi.duty.scheduling.instance import Instance, Roster
from abdi.duty.scheduling.solve import MOST_WORKERS, Progress, Result, solve

VALID, INVALID, BAD_INPUT = 0, 1, 2
MOST_SECONDS = 86_400
WRITTEN_IN = 0.6
"""Seconds kept for the answer, after the search."""


def main(words: list[str]) -> int:
    """0 for a valid roster, 1 for an invalid one or none, 2 for input that cannot be read."""
    asked = _parser().parse_args(words)
    try:
        instance = reading.read_file(asked.file)
        return _solve(instance, asked) if asked.verb == "solve" else _check(instance, asked)
    except (reading.BadInstanceError, exchange.BadRosterError) as error:
        print(f"abdi roster: {error}", file=sys.stderr)
        if asked.json:
            print(json.dumps({"error": str(error)}))
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="abdi roster", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, help_ in (("solve", "find a good roster"), ("check", "check a roster")):
        verb = verbs.add_parser(name, help=help_)
        verb.add_argument("file", type=Path, metavar="FILE", help="an instance")
        verb.add_argument("--json", action="store_true")
        if name == "solve":
            verb.add_argument("--seconds", type=_within(0.5, MOST_SECONDS), default=60.0)
            verb.add_argument("--seed", type=lambda word: int(_within(0, 10**9)(word)), default=0)
            verb.add_argument(
                "--workers", type=lambda word: int(_within(1, MOST_WORKERS)(word)), default=2
            )
            verb.add_argument("--out", type=Path, metavar="ROSTER", help="write the roster here")
        else:
            verb.add_argument("roster", type=Path, metavar="ROSTER")
    return parser


def _within(least: float, most: float) -> Any:
    def number(word: str) -> float:
        value = float(word)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"must be within {least:g} and {most:g}")
        return value

    return number


def _solve(instance: Instance, asked: argparse.Namespace) -> int:
    seconds = max(asked.seconds / 2, asked.seconds - running_for() - WRITTEN_IN)
    result = solve(
        instance, seconds=seconds, seed=asked.seed, workers=asked.workers, progress=_tell
    )
    for fault in result.faults:
        print(f"abdi roster: {fault}", file=sys.stderr)
    if result.roster is None or result.verdict is None:
        return _nothing(result, as_json=asked.json)
    if asked.out:
        try:
            asked.out.write_text(exchange.write(result.roster), encoding="utf-8")
        except OSError as error:
            print(f"abdi roster: {asked.out}: {error.strerror}", file=sys.stderr)
            return BAD_INPUT
    if asked.json:
        print(json.dumps(_plain(instance, result.roster, result.verdict, result)))
    else:
        proof = (
            "nothing costs less" if result.is_best else f"no roster costs less than {result.bound}"
        )
        print(f"{instance.name}: cost {result.cost}, {proof}, {result.seconds:.1f} s")
        _print_parts(result.verdict)
        if not asked.out:
            print(exchange.write(result.roster), end="")
    return VALID


def running_for() -> float:
    """Seconds since the system started this process, loading of the interpreter included."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        started = ticks / os.sysconf("SC_CLK_TCK")
        return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - started)
    except (OSError, ValueError, IndexError, AttributeError):
        return 0.5


def _nothing(result: Result, *, as_json: bool) -> int:
    if as_json:
        found = {"instance": result.instance.name, "cost": None, "bound": result.bound}
        more = {"seconds": round(result.seconds, 2), "violations": [], "parts": {}, "roster": {}}
        print(json.dumps({**found, **more, "impossible": result.impossible}))
    else:
        print("No valid roster exists." if result.impossible else "No roster was found in time.")
        for sentence in result.impossible:
            print(sentence)
    return INVALID


def _check(instance: Instance, asked: argparse.Namespace) -> int:
    try:
        if asked.roster.stat().st_size > reading.MOST_BYTES:
            raise exchange.BadRosterError(f"larger than {reading.MOST_BYTES:,} bytes")
        roster = exchange.parse(asked.roster.read_text(encoding="utf-8"), instance)
    except (OSError, ValueError) as error:
        raise exchange.BadRosterError(f"{asked.roster.name}: {error}") from error
    verdict = check(instance, roster)
    if asked.json:
        print(json.dumps(_plain(instance, roster, verdict)))
    else:
        for violation in verdict.violations:
            print(f"{violation.rule}: {violation.words}")
        state = "valid" if verdict.is_valid else f"{len(verdict.violations)} rules broken"
        print(f"{instance.name}: {state}, cost {verdict.cost}")
        _print_parts(verdict)
    return VALID if verdict.is_valid else INVALID


def _plain(
    instance: Instance, roster: Roster, verdict: Verdict, result: Result | None = None
) -> dict[str, Any]:
    names = [person.name for person in instance.people]
    return {
        "instance": instance.name,
        "cost": verdict.cost,
        "bound": result.bound if result else None,
        "seconds": round(result.seconds, 2) if result else None,
        "violations": [
            {"rule": one.rule, "person": one.person, "day": one.day, "words": one.words}
            for one in verdict.violations
        ],
        "parts": verdict.parts,
        "roster": {name: list(row) for name, row in zip(names, roster, strict=False)},
    }


def _print_parts(verdict: Verdict) -> None:
    print("  " + ", ".join(f"{name} {cost}" for name, cost in verdict.parts.items()))


def _tell(progress: Progress) -> None:
    cost = "–" if progress.cost is None else progress.cost
    print(f"{progress.seconds:6.1f} s  cost {cost}  bound {progress.bound}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
