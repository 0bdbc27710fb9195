"""Reads of workload: need against people, figures kept, tasks."""

from abdi.workload.queries.loads import (
    PositionLoad,
    TaskLoad,
    UnitLoad,
    after_move,
    load_of_unit,
    loads_of_units,
)
from abdi.workload.queries.snapshots import (
    HEAVY_PERMYRIAD,
    LIGHT_PERMYRIAD,
    MART_COLUMNS,
    Overview,
    current_snapshots,
    is_stale,
    mart_rows,
    overview,
    snapshot_of,
    to_do,
    units_above,
    units_with_tasks,
    visible_units,
)
from abdi.workload.queries.tasks import (
    measured_tasks,
    positions_of_unit,
    similar_positions,
    tasks_of_position,
    volume_of,
)

__all__ = [
    "HEAVY_PERMYRIAD",
    "LIGHT_PERMYRIAD",
    "MART_COLUMNS",
    "Overview",
    "PositionLoad",
    "TaskLoad",
    "UnitLoad",
    "after_move",
    "current_snapshots",
    "is_stale",
    "load_of_unit",
    "loads_of_units",
    "mart_rows",
    "measured_tasks",
    "overview",
    "positions_of_unit",
    "similar_positions",
    "snapshot_of",
    "tasks_of_position",
    "to_do",
    "units_above",
    "units_with_tasks",
    "visible_units",
    "volume_of",
]
