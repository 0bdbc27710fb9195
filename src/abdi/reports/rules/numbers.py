"""Report numbers that survive a telephone call: CD-7K4-219."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits without I, O, 0 and 1, which people mix up."""

_NUMBER: Final = re.compile(rf"[A-Z]{{2,4}}-[{ALPHABET}]{{3}}-[0-9]{{3}}")


def report_number(region: str, below: Callable[[int], int]) -> str:
    """A number of a region (2 to 4 capitals); `below(n)` gives a chance number from 0 to n - 1.

    Raises ValueError for a region that is none. Uniqueness is for the database to keep.
    """
    letters = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(3))
    number = f"{region}-{letters}-{below(1000):03d}"
    if not is_report_number(number):
        raise ValueError(f"{region!r} is no code of a region")
    return number


def is_report_number(text: str) -> bool:
    """Whether a text has the form of a report number."""
    return _NUMBER.fullmatch(text) is not None
