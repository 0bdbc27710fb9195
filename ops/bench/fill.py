"""A million reports by one statement of the database, copied from one made by the real action."""

from __future__ import annotations

from django.db import connection

from abdi.platform.db.bulk import count_rows_anew

OPEN = 300
SPACING_SECONDS = 31
SERIES = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
    " SELECT i FROM n)",
    "postgresql": "(SELECT generate_series(1, {rows}) AS i)",
}
HEX = {"sqlite": "printf('%0{size}x', n.i)", "postgresql": "lpad(to_hex(n.i), {size}, '0')"}
BACK = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', t.{column}, printf('-%d seconds', n.i * {step}))",
    "postgresql": "t.{column} - n.i * interval '{step} seconds'",
}


def fill(template_id: int, rows: int) -> None:
    """Copy a closed report so many times, each older than the one before; the newest are open."""
    from abdi.reports.models import Report

    vendor = connection.vendor
    columns = [str(field.column) for field in Report._meta.concrete_fields if not field.primary_key]
    changed = _changed(vendor)
    chosen = ", ".join(changed.get(column, f"t.{column}") for column in columns)
    names = ", ".join(columns)
    series = SERIES[vendor].format(rows=rows)
    with connection.cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            f"INSERT INTO reports_report ({names})"  # noqa: S608 - columns of the model
            f" SELECT {chosen} FROM reports_report t, {series} n WHERE t.id = %s",
            [template_id],
        )
        if vendor == "sqlite":
            cursor.execute("ANALYZE")
    count_rows_anew()


def _changed(vendor: str) -> dict[str, str]:
    def back(column: str) -> str:
        return BACK[vendor].format(column=column, step=SPACING_SECONDS)

    def hexed(size: int) -> str:
        return HEX[vendor].format(size=size)

    moments = ("received_at", "ack_due_at", "due_at", "remind_at")
    found = {column: back(column) for column in moments}
    found |= {
        "number": f"'CD-' || {hexed(8)}",
        "token_hash": hexed(64),
        "key_hash": hexed(64),
        "status": f"CASE WHEN n.i <= {OPEN} THEN 'received' ELSE t.status END",
        "closed_by": f"CASE WHEN n.i <= {OPEN} THEN '' ELSE t.closed_by END",
    }
    for column in ("closed_at", "resolved_at"):
        found[column] = f"CASE WHEN n.i <= {OPEN} THEN NULL ELSE {back(column)} END"
    return found
