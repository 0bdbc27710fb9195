"""How far the applying of a list is, in a small file of the data folder.

Applying is one transaction: nothing of it, no counter either, can be seen in the database before it
ends. The worker and the pages share the data folder. The file also shows that somebody is at work.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

FOLDER: Final = "progress"


def _path(order_id: int) -> Path:
    return Path(settings.ABDI_DATA_DIR) / FOLDER / f"imports-{int(order_id)}"


def note(order_id: int, rows: int) -> None:
    """So many rows are through."""
    path = _path(order_id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(str(int(rows)), encoding="ascii")
    fresh.replace(path)


def rows_done(order_id: int) -> int:
    """How many rows are through; 0 where nobody has begun."""
    with suppress(OSError, ValueError):
        return int(_path(order_id).read_text(encoding="ascii"))
    return 0


def is_fresh(order_id: int, seconds: float) -> bool:
    """Whether somebody noted progress within the last seconds of this machine."""
    with suppress(OSError):
        return time.time() - _path(order_id).stat().st_mtime < seconds
    return False


def clear(order_id: int) -> None:
    """The order is over."""
    with suppress(OSError):
        _path(order_id).unlink()
