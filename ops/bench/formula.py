"""G6: one definition of a formula through Ibis against the same SQL written by hand."""

from __future__ import annotations

import time
from typing import Any

TABLE = (
    "CREATE TABLE units AS SELECT hash(i) % 1000 AS closed,"
    " (hash(i) % 1000) * (hash(i + 7) % 101) // 100 AS kept FROM range({rows}) t(i)"
)
BY_HAND = (
    "SELECT sum(CASE WHEN closed = 0 THEN 10000"
    " ELSE (2 * kept * 10000 + closed) // (2 * closed) END) AS total FROM units"
)
TURNS = 7


def measure(rows: int) -> dict[str, Any]:
    """Processor seconds of both for the same sum over all rows, best of the turns."""
    import ibis

    from abdi.reports import rules

    engine = ibis.duckdb.connect(threads=2)
    engine.raw_sql(TABLE.format(rows=rows)).fetchall()
    engine.raw_sql("ALTER TABLE units ALTER closed TYPE BIGINT").fetchall()
    engine.raw_sql("ALTER TABLE units ALTER kept TYPE BIGINT").fetchall()

    def through_ibis() -> int:
        units = engine.table("units")
        share = rules.answered_in_time(units.closed, units.kept)
        return int(engine.execute(share.sum()))

    def by_hand() -> int:
        return int(engine.raw_sql(BY_HAND).fetchone()[0])

    through_ibis()  # the first call imports
    costs: dict[str, list[float]] = {"ibis": [], "hand": []}
    totals = set()
    for _turn in range(TURNS):
        for name, act in (("ibis", through_ibis), ("hand", by_hand)):
            used = time.process_time()
            totals.add(act())
            costs[name].append(time.process_time() - used)
    engine.disconnect()
    ibis_s, hand_s = min(costs["ibis"]), min(costs["hand"])
    return {
        "rows": rows,
        "ours_s": round(ibis_s, 3),
        "bare_s": round(hand_s, 3),
        "ratio": round(ibis_s / hand_s, 3),
        "limit_s": round(hand_s * 1.05 + 0.5, 3),
        "equal": len(totals) == 1,
    }
