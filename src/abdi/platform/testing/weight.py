"""How heavy the first load of a page is, compressed: HTML, styles, scripts and icons."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

CITIZEN_BYTES = 60 * 1024
STAFF_BYTES = 150 * 1024
CITIZEN_SCRIPT_BYTES = 20 * 1024
STAFF_SCRIPT_BYTES = 60 * 1024
CITIZEN_REQUESTS = 8
STAFF_REQUESTS = 14
# What the browser fetches by itself: links to press, such as a download, weigh nothing yet.
_LOADED = re.compile(
    r'<(?!a\b)\w+\b[^>]*?\s(?:src|href)="([^"#?]+\.(?:css|js|svg|woff2|json))(?:[?#][^"]*)?"'
)


@dataclass(frozen=True)
class Weight:
    """The cost of one first load, in bytes on the wire."""

    bytes: int
    script_bytes: int
    requests: int


def weigh(path: str, client: Client | None = None) -> Weight:
    """Load a page as a browser would the first time; fails where it is not answered by 200."""
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    return weight_of(answer.content)


def weight_of(page: bytes) -> Weight:
    """The cost of this page and of all that it loads."""
    files = set(_LOADED.findall(page.decode()))
    sizes = {file: _static(file) for file in files}
    scripts = sum(size for file, size in sizes.items() if file.endswith(".js"))
    return Weight(_compressed(page) + sum(sizes.values()), scripts, 1 + len(files))


def too_heavy(load: Weight, *, citizen: bool) -> bool:
    """Whether the first load is more than a citizen's cheap phone, or a desk, should carry."""
    if citizen:
        most = Weight(CITIZEN_BYTES, CITIZEN_SCRIPT_BYTES, CITIZEN_REQUESTS)
    else:
        most = Weight(STAFF_BYTES, STAFF_SCRIPT_BYTES, STAFF_REQUESTS)
    return (
        load.bytes > most.bytes
        or load.script_bytes > most.script_bytes
        or load.requests > most.requests
    )


@cache
def _static(address: str) -> int:
    name = address.removeprefix(settings.STATIC_URL)
    found = finders.find(name)
    assert found, f"{address} is not among the static files: run `python3 dev.py setup`"
    return _compressed(Path(found).read_bytes())


def _compressed(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6, mtime=0))
