"""`abdi load reports FILE --map MAP`: reports of another system by a mapping file."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from abdi.config.demo import prepare_database
from abdi.config.places import Stop, find_institution, open_sign_in, prepare_owners
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.exchange import BadFile, stream_csv
from abdi.platform.norms import norms
from abdi.platform.tenancy import within
from abdi.platform.text import clean_text
from abdi.reports import actions, rules

CHUNK = 500
SHOWN_ROWS = 5
SHOWN_REFUSALS = 20


@dataclass
class Tally:
    """What became of the rows of a file."""

    loaded: int = 0
    already: int = 0
    changed: list[str] = field(default_factory=list)
    refused: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    refusals: list[tuple[int, str]] = field(default_factory=list)
    verdicts: Counter[bool] = field(default_factory=Counter)
    routes: dict[str, Counter[bool]] = field(default_factory=dict)

    def refuse(self, number: int, reason: str) -> None:
        """Count a refused row; the first ones are shown with their number."""
        self.refused += 1
        self.reasons[reason] += 1
        if len(self.refusals) < SHOWN_REFUSALS:
            self.refusals.append((number, reason))

    def judge(self, row: rules.PastReport) -> None:
        """Compare what the file itself says with what our rules say."""
        if row.kept is not None and row.due_at and row.closed_at:
            kept = rules.verdict(row.received_at, row.due_at, row.closed_at)
            self.verdicts[kept == row.kept] += 1
        if row.family:
            self.routes.setdefault(row.family, Counter())[row.agency == row.family] += 1

    def as_dict(self, plan: rules.Plan) -> dict[str, object]:
        """The answer of `--json`."""
        found: dict[str, object] = {
            "loaded": self.loaded,
            "already": self.already,
            "changed": len(self.changed),
            "refused": self.refused,
            "reasons": dict(self.reasons.most_common()),
            "rows": [{"row": number, "reason": reason} for number, reason in self.refusals],
        }
        if self.routes:
            found["routing"] = self._routing()
        if plan.verdicts:
            found["verdict"] = _agreement(self.verdicts)
        return found

    def _routing(self) -> dict[str, object]:
        families = {name: _agreement(counts) for name, counts in sorted(self.routes.items())}
        return {**_agreement(sum(self.routes.values(), Counter())), "families": families}


def _agreement(counts: Counter[bool]) -> dict[str, int]:
    return {"agree": counts[True], "of": counts[True] + counts[False]}


def main(words: list[str]) -> int:
    """Load, or show with `--preview` what would be loaded; 0 unless nothing could be read."""
    parser = argparse.ArgumentParser(prog="abdi load")
    parser.add_argument("what", choices=["reports"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--map", required=True, help="a file, or the name of a shipped map")
    parser.add_argument("--preview", action="store_true", help="show, and write nothing")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--institution", default="", help="code, where several are installed")
    parser.add_argument("--sign-in", default="", help="make an account that reads the figures")
    asked = parser.parse_args(words)
    try:
        plan = read_map(asked.map)
        tally = _preview(asked, plan) if asked.preview else _load(asked, plan)
    except (BadFile, Stop, rules.BadMap) as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{problem.strerror}: {problem.filename}", file=sys.stderr)
        return 1
    _show(tally, plan, as_json=asked.json, only_seen=asked.preview)
    return 0 if tally.loaded + tally.already or not tally.refused else 1


# ------------------------------------------------------------------ the map


def read_map(name: str) -> rules.Plan:
    """A mapping file, or a shipped one by its name. Raises BadMap, or OSError for none."""
    path = Path(name)
    if path.parent == Path() and not path.exists():
        shipped = files("abdi.reports") / "maps" / f"{name.removesuffix('.yaml')}.yaml"
        if not shipped.is_file():
            raise rules.BadMap(f"no map {name}; shipped are {', '.join(shipped_maps())}")
        text = shipped.read_text(encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8")
    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as wrong:
        raise rules.BadMap(f"the map is no YAML: {wrong}") from None
    if not isinstance(told, dict):
        raise rules.BadMap("the map is empty")
    known = norms("reports", on=clock.today())["categories"]
    return rules.plan_of(told, frozenset(known))


def shipped_maps() -> list[str]:
    """Names of the maps that come with the program."""
    folder = files("abdi.reports") / "maps"
    return sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))


# ------------------------------------------------------------------ rows


def past_reports(path: Path, plan: rules.Plan, tally: Tally) -> Iterator[rules.PastReport]:
    """The rows of a file that can be taken, each once; the others are counted with their reason.

    Raises BadFile for a file that is none, Stop where it lacks a column the map names.
    """
    rows = stream_csv(path)
    heads = [head.strip() for head in next(rows, [])]
    missing = sorted(plan.needed - set(heads))
    if missing:
        raise Stop(f"the file has no column {', '.join(missing)}")
    figures = norms("reports", on=clock.today())
    seen: set[str] = set()
    for number, cells in enumerate(rows, start=2):
        if not any(cells):
            continue
        try:
            row = _taken(heads, cells, plan, figures)
            if row.key in seen:
                raise rules.RowRefused("the key stands in the file twice")
        except rules.RowRefused as refusal:
            tally.refuse(number, str(refusal))
            continue
        seen.add(row.key)
        tally.judge(row)
        yield row


def _taken(
    heads: Sequence[str], cells: Sequence[str], plan: rules.Plan, figures: Mapping[str, Any]
) -> rules.PastReport:
    if len(cells) != len(heads):
        raise rules.RowRefused("the row has more or fewer cells than the heading")
    return rules.past_report(
        dict(zip(heads, cells, strict=True)),
        plan,
        clean=clean_text,
        route=lambda head, text: rules.topic_of(head, text, figures),
        now=clock.now(),
    )


# ------------------------------------------------------------------ loading and showing


def _preview(asked: argparse.Namespace, plan: rules.Plan) -> Tally:
    tally = Tally()
    for row in past_reports(asked.file, plan, tally):
        tally.loaded += 1
        if tally.loaded <= SHOWN_ROWS:
            _say(f"  {row.key}  {row.received_at:%Y-%m-%d %H:%M}  {row.category}  {row.agency}")
    return tally


def _load(asked: argparse.Namespace, plan: rules.Plan) -> Tally:
    _bring_tables_up_to_date()
    tally = Tally()
    rows = past_reports(asked.file, plan, tally)
    first = next(rows, None)  # a file that cannot be read makes no institution
    institution = find_institution(asked.institution, plan)
    with within(institution.pk):
        owners = prepare_owners(institution, plan)
        chunk = [] if first is None else [first]
        for row in rows:
            chunk.append(row)
            if len(chunk) == CHUNK:
                _write(chunk, plan, owners, tally)
                chunk = []
        _write(chunk, plan, owners, tally)
        if asked.sign_in:
            password = open_sign_in(asked.sign_in)
            _say(f"Sign in as {asked.sign_in} with {password} (told only once)")
    _refresh_figures()
    _say_where(plan)
    return tally


def _say_where(plan: rules.Plan) -> None:
    for agency in plan.agencies.values():
        if agency.service_code:
            _say(f"  /putaran/{agency.service_code}  {agency.service_name}")


def _write(
    chunk: list[rules.PastReport],
    plan: rules.Plan,
    owners: Mapping[str, actions.Owner],
    tally: Tally,
) -> None:
    done = actions.load_history(chunk, by=SYSTEM, source=plan.source, owners=owners)
    tally.loaded += done.new
    tally.already += done.known
    tally.changed += done.changed
    _say(f"  {tally.loaded + tally.already:,} rows", end="\r" if sys.stderr.isatty() else "\n")


def _bring_tables_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        prepare_database()


def _refresh_figures() -> None:
    """Published figures, so that the loop page shows what was loaded."""
    from abdi.platform.jobs import JOBS, run_due_jobs

    if "insight.refresh_figures" in JOBS:
        run_due_jobs(only="insight.refresh_figures")


def _show(tally: Tally, plan: rules.Plan, *, as_json: bool, only_seen: bool) -> None:
    found = tally.as_dict(plan)
    if as_json:
        print(json.dumps({**found, "preview": True} if only_seen else found, ensure_ascii=False))
        return
    print(f"{'would be loaded' if only_seen else 'loaded'}: {tally.loaded:,}")
    print(f"already there: {tally.already:,}")
    if tally.changed:
        print(f"of those, reading otherwise now and left alone: {len(tally.changed):,}")
    print(f"refused: {tally.refused:,}")
    for reason, count in tally.reasons.most_common():
        print(f"  {count:,} × {reason}")
    for number, reason in tally.refusals:
        print(f"  row {number}: {reason}")
    for what in ("routing", "verdict"):
        if what in found:
            _show_agreement(what, found[what])


def _show_agreement(what: str, told: Any) -> None:
    names = {
        "routing": "agency found by the words as in the file",
        "verdict": "on-time verdict as in the file",
    }
    share = told["agree"] * 1000 // max(told["of"], 1)
    print(f"{names[what]}: {told['agree']:,} of {told['of']:,} ({share // 10}.{share % 10} %)")
    for family, one in told.get("families", {}).items():
        print(f"  {family}: {one['agree']:,} of {one['of']:,}")


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)
