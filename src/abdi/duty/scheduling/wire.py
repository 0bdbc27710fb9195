"""Instances and rosters as plain values, for JSON between processes and for other modules."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from abdi.duty.scheduling.instance import Cover, Instance, Person, ShiftType, Wish


def to_plain(instance: Instance) -> dict[str, Any]:
    """Values of JSON that `from_plain` reads."""
    plain = asdict(instance)
    del plain["shift_index"]
    for shift in plain["shifts"]:
        shift["no_next"] = sorted(shift["no_next"])
    for person in plain["people"]:
        person["days_off"] = sorted(person["days_off"])
    return plain


def from_plain(plain: dict[str, Any]) -> Instance:
    """The instance that `to_plain` wrote. Raises KeyError or TypeError on anything else."""
    return Instance(
        name=plain["name"],
        days=plain["days"],
        shifts=tuple(
            ShiftType(row["name"], row["minutes"], frozenset(row["no_next"]))
            for row in plain["shifts"]
        ),
        people=tuple(
            Person(**{**row, "days_off": frozenset(row["days_off"])}) for row in plain["people"]
        ),
        cover=tuple(Cover(**row) for row in plain["cover"]),
        wants=tuple(Wish(**row) for row in plain["wants"]),
        avoids=tuple(Wish(**row) for row in plain["avoids"]),
    )
