"""G8: the public shift scheduling instances against the best known, a minute each."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

from abdi.duty.scheduling.checker import check
from abdi.duty.scheduling.reading import read_file
from abdi.duty.scheduling.solve import solve

HERE = Path(__file__).resolve()
FOLDERS = [parent / "shared/data/roster" for parent in HERE.parents[3:]]
FOLDER = next((folder for folder in FOLDERS if folder.exists()), FOLDERS[0])
COMPARED = "public instances, cost over best known, {seconds:g} s each on 2 processes"
WANTED = "no violation; mean ≤ 5 %, worst ≤ 20 %, 1–4 within 0.3 %"
SMALL = {"1", "2", "3", "4"}
Line = tuple[str, str, str, str, bool | None]


def measure(seconds: float) -> dict[str, Any]:
    """Cost, bound, gap, time and violations of each instance of the folder of public data."""
    rows = []
    for name, best in sorted(_best_known().items(), key=lambda pair: int(pair[0])):
        instance = read_file(FOLDER / f"Instance{name}.txt")
        result = solve(instance, seconds=seconds, workers=2)
        row: dict[str, Any] = {"instance": name, "best": best, "bound": result.bound}
        row |= {"seconds": round(result.seconds, 1), "cost": result.cost, "violations": None}
        if result.roster is not None and result.cost is not None:
            row["violations"] = len(check(instance, result.roster).violations)
            row["gap"] = round(100 * (result.cost - best) / best, 2)
        rows.append(row)
        sys.stderr.write(f"  {json.dumps(row)}\n")
    return {"seconds": seconds, "instances": rows}


def _best_known() -> dict[str, int]:
    """Instance → best published cost, of the instances that are there."""
    path = FOLDER / "known_costs.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["instance"]: int(row["optimum_or_best_published"].split()[0])
            for row in csv.DictReader(file)
            if (FOLDER / f"Instance{row['instance']}.txt").exists()
        }


def lines(found: dict[str, Any] | None) -> list[Line]:
    """The line of the goal."""
    if not found or not found["instances"]:
        return [("G8", COMPARED.format(seconds=60), WANTED, "not measured in this run", None)]
    rows = found["instances"]
    compared = COMPARED.format(seconds=found["seconds"])
    if any(row["cost"] is None for row in rows):
        return [("G8", compared, WANTED, "no roster for some", False)]
    gaps = [row["gap"] for row in rows]
    mean, worst = sum(gaps) / len(gaps), max(gaps)
    broken = sum(row["violations"] for row in rows)
    small = max((row["gap"] for row in rows if row["instance"] in SMALL), default=0.0)
    measured = f"mean {mean:.2f} %, worst {worst:.2f} %, 1–4 {small:.2f} %; {broken} violations"
    good = not broken and mean <= 5 and worst <= 20 and small <= 0.3
    return [("G8", compared, WANTED, measured, good)]


def table(found: dict[str, Any] | None) -> str:
    """Every instance, a row each."""
    if not found or not found["instances"]:
        return ""
    rows = "".join(
        f"| {row['instance']} | {row['cost']} | {row['best']} | {row.get('gap', '–')} %"
        f" | {row['bound']} | {row['seconds']} | {row['violations']} |\n"
        for row in found["instances"]
    )
    head = "| Instance | Cost | Best known | Gap | Proven bound | Seconds | Violations |\n"
    return f"## Rosters\n\n{head}|---|---|---|---|---|---|---|\n{rows}\n"
