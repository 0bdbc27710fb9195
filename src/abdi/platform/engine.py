"""The analytics engine: Ibis over DuckDB in memory; the same expressions run on Spark elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Self

MEMORY_LIMIT = "1GB"
CHUNK = 50_000


class Engine:
    """A private DuckDB database for one calculation."""

    def __enter__(self) -> Self:
        """Open it; the import is heavy, so pages never pay for it."""
        import ibis

        self.con = ibis.duckdb.connect(memory_limit=MEMORY_LIMIT, threads=2)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.con.disconnect()

    def load(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[int | None]]) -> None:
        """Make a table of whole-number columns from rows, in chunks."""
        import pyarrow as pa

        schema = pa.schema([(column, pa.int64()) for column in columns])
        chunks: list[Any] = []
        block: list[Sequence[int | None]] = []
        for row in rows:
            block.append(row)
            if len(block) == CHUNK:
                chunks.append(_batch(pa, schema, block))
                block = []
        chunks.append(_batch(pa, schema, block))
        self.con.create_table(name, pa.Table.from_batches(chunks, schema))

    def table(self, name: str) -> Any:
        """A loaded table as an Ibis expression."""
        return self.con.table(name)

    def rows(self, expression: Any) -> list[dict[str, Any]]:
        """The rows of an expression."""
        found: list[dict[str, Any]] = self.con.to_pyarrow(expression).to_pylist()
        return found


def _batch(pa: Any, schema: Any, rows: list[Sequence[int | None]]) -> Any:
    columns: list[Any] = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(column, pa.int64()) for column in columns]
    return pa.record_batch(arrays, schema=schema)
