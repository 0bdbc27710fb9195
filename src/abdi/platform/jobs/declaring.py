"""@job("every 5 minutes") and @job("daily 02.00")."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from croniter import croniter

JobT = TypeVar("JobT", bound=Callable[[], object])
EVERY = re.compile(r"^every (\d{1,4}) (second|minute|hour)s?$")
DAILY = re.compile(r"^daily (\d{2})\.(\d{2})$")


@dataclass(frozen=True)
class Declared:
    """One declared job."""

    name: str
    rhythm: str
    function: Callable[[], object]

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first time after `moment` at which the job is due."""
        every = EVERY.match(self.rhythm)
        if every:
            return moment + timedelta(**{f"{every[2]}s": int(every[1])})
        daily = DAILY.match(self.rhythm)
        cron = f"{int(daily[2])} {int(daily[1])} * * *" if daily else self.rhythm
        following: datetime = croniter(cron, moment.astimezone(zone)).get_next(datetime)
        return following


JOBS: dict[str, Declared] = {}


def job(rhythm: str) -> Callable[[JobT], JobT]:
    """Declare a job: idempotent, small, calls one action. It runs once per institution.

    `rhythm`: "every 5 minutes", "daily 02.00" (zone of the installation) or five cron fields.
    """
    if not (EVERY.match(rhythm) or DAILY.match(rhythm) or croniter.is_valid(rhythm)):
        raise ValueError(f"unknown rhythm: {rhythm}")

    def declare(function: JobT) -> JobT:
        name = f"{function.__module__.split('.')[1]}.{function.__name__}"
        JOBS[name] = Declared(name, rhythm, function)
        return function

    return declare
