"""Promises of letters that are checked by counting."""

from __future__ import annotations

from abdi.letters import queries
from abdi.platform import clock
from abdi.platform.checks import reconciliation


@reconciliation
def signed_files_that_changed() -> int:
    """Signed files of today's turn that no longer have the hash they were kept with."""
    return queries.signed_letters_altered(clock.today())
