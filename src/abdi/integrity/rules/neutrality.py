"""Neutrality: time to report, advice cards, addresses outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from abdi.platform.clocks import after_days

Norms = Mapping[str, Any]


def report_until(election: str, known_on: date, norms: Norms) -> tuple[int, str, date]:
    """Days to report a violation, their unit, and the day the count starts from (the next one)."""
    rule = norms["time_limits"][election]
    return rule["report"], rule["unit"], known_on + timedelta(days=1)


def advice_about(acts: Collection[str], norms: Norms) -> list[str]:
    """Keys of the advice cards for these acts; cards for every case stand first."""
    cards = norms["advice_cards"]
    general = [key for key, card in cards.items() if not card["about"]]
    special = [key for key, card in cards.items() if set(card["about"]) & set(acts)]
    return general + special


def needs_outside_address(about_roles: Collection[str], norms: Norms) -> bool:
    """Whether a report is about somebody who could hold it back inside the institution."""
    return bool(set(about_roles) & set(norms["outside_addresses"]["when_about"]))


def pledge_needed(signed_years: Collection[int], year: int) -> bool:
    """Whether the yearly pledge of neutrality is still to be signed."""
    return year not in signed_years


def watched_until(reported_on: date, norms: Norms) -> date:
    """Last day on which a transfer or rating change of a known reporter raises an alert."""
    return after_days(reported_on, norms["retaliation_watch_days"])
