"""`abdi audit verify`: recompute the audit chain."""

from __future__ import annotations

import argparse
import time

from abdi.config.cli import show
from abdi.platform.journal import seal_all, verify_chain


def main(words: list[str]) -> int:
    """Check every line of the chain; exit 1 and the first bad line where it is not whole."""
    parser = argparse.ArgumentParser(prog="abdi audit")
    parser.add_argument("what", choices=["verify"])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(words)
    seal_all()
    started = time.monotonic()
    verdict = verify_chain()
    seconds = max(time.monotonic() - started, 1e-6)
    found: dict[str, object] = {
        "whole": verdict.whole,
        "checked": verdict.checked,
        "unsealed": verdict.unsealed,
        "first_bad": verdict.first_bad,
        "reason": verdict.reason,
        "head": verdict.head,
        "lines_per_second": int(verdict.checked / seconds),
    }
    show(found, as_json=asked.json)
    return 0 if verdict.whole else 1
