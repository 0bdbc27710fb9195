"""Rules of handing a shift over: what is fingerprinted, and who is of the same shift."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def fingerprint(parts: Mapping[str, Any]) -> str:
    """SHA-256 of all that the first signature stands for, in one fixed writing.

    The order of keys does not matter, every value does; times come as whole seconds since 1970.
    """
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def same_shift(leaving: str, coming: str) -> bool:
    """Whether the roster puts both on one turn; where it does not know one of them, it does not."""
    return bool(leaving) and leaving == coming
