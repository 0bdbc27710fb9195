"""The people floor of the demo city, always the same for the same size."""

from __future__ import annotations

import random
from collections.abc import Callable

from abdi.people.demo import accounts, consoles, ranks, seats, together, units
from abdi.people.demo.city import DemoCity
from abdi.platform.tenancy import Institution


def build(
    institution: Institution, size: str, progress: Callable[[str], None], password: str
) -> DemoCity:
    """Units, services, posts, people, assignments and accounts; the same for the same size."""
    city = DemoCity(institution, size, random.Random(f"cendana {size}"))  # noqa: S311 - a demo
    progress("perangkat daerah dan unit")
    units.build(city)
    progress("pegawai dan jabatan")
    seats.build(city)
    ranks.build(city)
    progress("akun dan peran")
    accounts.build(city, password)
    consoles.build(city)
    together.build(city)
    return city
