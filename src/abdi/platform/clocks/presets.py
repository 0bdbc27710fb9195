"""Terms the law or the city sets, read from dated figures.

A class of SP4N counts whole working days after the day of receipt (PermenPANRB 62/2018: 5 for
information, 14 ordinary, 60 with field inspection, 3 to check and pass on). A category of the city
counts minutes and hours by its priority; the fire crew arrives within 15 (Permendagri 114/2018).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final

from abdi.platform.clocks.hours import DAY
from abdi.platform.clocks.promise import Term

ALWAYS: Final = "always"
WORKING_DAYS: Final = "working_days"
OFFICE: Final = "office"
MINUTES_A_DAY: Final = 1_440

CHECK: Final = "check"
ACK: Final = "ack"
ARRIVE: Final = "arrive"
MAKE_SAFE: Final = "make_safe"
RESOLVE: Final = "resolve"
ANSWER: Final = "answer"
STEPS: Final = (CHECK, ACK, ARRIVE, MAKE_SAFE, RESOLVE, ANSWER)
"""Steps in the order in which a citizen sees them."""

_MINUTES: Final[Mapping[str, tuple[str, int]]] = {
    ACK: ("ack_minutes", 1),
    ARRIVE: ("arrive_minutes", 1),
    MAKE_SAFE: ("make_safe_hours", 60),
    RESOLVE: ("resolve_hours", 60),
}


def terms_of_class(report_class: str, norms: Mapping[str, Any]) -> tuple[Term, ...]:
    """Check and answer of a class of SP4N, to be counted from `day_after(receipt)`.

    `norms` has `classes` and `verify_days`. A report is never checked later than it is answered.
    Raises KeyError for a class the figures do not know.
    """
    answer = int(norms["classes"][report_class]["answer_days"])
    check = min(int(norms["verify_days"]), answer)
    return (
        Term(CHECK, check * MINUTES_A_DAY, WORKING_DAYS),
        Term(ANSWER, answer * MINUTES_A_DAY, WORKING_DAYS),
    )


def terms_of_category(category: str, norms: Mapping[str, Any]) -> tuple[Term, ...]:
    """The promised steps of a category: its own value first, else that of its priority.

    `norms` has `categories` and `priorities`; a step with neither is left out. Raises KeyError for
    a category or priority the figures do not know.
    """
    own = norms["categories"][category]
    priority = norms["priorities"][own["priority"]]
    amounts = {
        step: (own.get(name, priority.get(name)), factor)
        for step, (name, factor) in _MINUTES.items()
    }
    return tuple(
        Term(step, int(amount) * factor, str(priority["clock"]))
        for step, (amount, factor) in amounts.items()
        if amount is not None
    )


def day_after(received: datetime) -> datetime:
    """The midnight at which a count of days begins: the day of receipt itself does not count."""
    return datetime.combine(received.date() + DAY, time(), tzinfo=received.tzinfo)
