"""Reports of another system, row by row: what a mapping file says about a table, and what a row is.

A row either becomes a PastReport or is refused with one reason. Moments are read in the zone the
map names; a moment the clocks jumped over is refused, one that came twice is the earlier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from zoneinfo import ZoneInfo

from abdi.reports.choices import Channel, Outcome
from abdi.reports.rules.routing import Route

Row = Mapping[str, str]
Router = Callable[[str, str], Route]
Clean = Callable[[str, int], str]

LONGEST_KEY: Final = 100
LONGEST_TEXT: Final = 5_000
LONGEST_PLACE: Final = 200
LONGEST_AREA: Final = 80
_MILLION: Final = 1_000_000


class BadMap(ValueError):
    """A mapping file that cannot be followed; the message names the entry."""


class RowRefused(ValueError):
    """A row that is not taken; the message is the reason, without the row's own words."""


@dataclass(frozen=True)
class AgencyPlan:
    """An agency of the map, its service, and what of the table is its work."""

    code: str
    name: str
    kind: str
    service_code: str = ""
    service_name: str = ""
    values: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Plan:
    """A mapping file, read and checked."""

    source: str
    institution: Mapping[str, str]
    columns: Mapping[str, Any]
    time_format: str
    zone: ZoneInfo
    agencies: Mapping[str, AgencyPlan]
    closed: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    categories: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    verdicts: Mapping[str, bool] = field(default_factory=dict)
    patterns: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    received_without_date: datetime | None = None
    default_agency: str = ""
    default_channel: Channel = Channel.WEB

    @property
    def needed(self) -> frozenset[str]:
        """Names of the columns the table must have."""
        named: set[str] = set(self.patterns)
        for value in self.columns.values():
            named.update([value] if isinstance(value, str) else value)
        return frozenset(named)

    @property
    def is_routed(self) -> bool:
        """Whether the words of a report say what kind it is."""
        return "category" not in self.columns


@dataclass(frozen=True)
class PastReport:
    """A report of another system in our terms. `kept` is that system's own on-time verdict."""

    key: str
    category: str
    agency: str
    received_at: datetime
    due_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    channel: str = Channel.WEB
    text: str = ""
    place_text: str = ""
    area: str = ""
    lat_e6: int | None = None
    lng_e6: int | None = None
    kept: bool | None = None
    family: str = ""


# ------------------------------------------------------------------ the map


def plan_of(told: Mapping[str, Any], known_categories: frozenset[str]) -> Plan:
    """Read a mapping file's content. Raises BadMap for what is missing, unknown or of no use."""
    try:
        return _plan(told, known_categories)
    except KeyError as missing:
        raise BadMap(f"the map lacks {missing.args[0]}") from None
    except (TypeError, AttributeError, re.error, OSError) as wrong:
        raise BadMap(f"the map cannot be read: {wrong}") from None


def _plan(told: Mapping[str, Any], known: frozenset[str]) -> Plan:
    columns = dict(told["columns"])
    unknown = set(columns) - COLUMNS
    if unknown:
        raise BadMap(f"columns: {sorted(unknown)[0]} is not one of {', '.join(sorted(COLUMNS))}")
    zone = _zone(str(told["zone"]))
    agencies = {code: _agency(code, row) for code, row in told["agencies"].items()}
    status = told.get("status", {})
    plan = Plan(
        source=str(told["source"]),
        institution={str(k): str(v) for k, v in told["institution"].items()},
        columns=columns,
        time_format=str(told.get("time_format", "")),
        zone=zone,
        agencies=agencies,
        closed=frozenset(map(str, status.get("closed", ()))),
        open=frozenset(map(str, status.get("open", ()))),
        categories=_strings(told.get("categories", {})),
        outcomes=_choices("outcomes", told.get("outcomes", {}), Outcome),
        channels=_choices("channels", told.get("channels", {}), Channel),
        verdicts={str(k): bool(v) for k, v in told.get("verdict", {}).items()},
        patterns={str(k): re.compile(str(v)) for k, v in told.get("must_match", {}).items()},
        received_without_date=_fixed(told.get("received_without_date"), zone),
        default_agency=str(told.get("default_agency", "")),
        default_channel=_choices(
            "default_channel", {"": told.get("default_channel", Channel.WEB)}, Channel
        )[""],
    )
    _check(plan, known)
    return plan


COLUMNS: Final = frozenset(
    {"key", "received", "due", "closed", "status", "outcome", "category", "agency", "family"}
    | {"channel", "text", "place", "area", "lat", "lng", "verdict"}
)
"""What a column can mean. `text` and `place` may be lists of columns; the first is the heading."""


def _check(plan: Plan, known: frozenset[str]) -> None:
    if not re.fullmatch(r"[a-z0-9-]{2,40}", plan.source):
        raise BadMap("source must be 2 to 40 small letters, digits and hyphens")
    for value, code in plan.categories.items():
        if code not in known:
            raise BadMap(f"categories: {value} leads to {code}, which is no category of the norms")
    if "key" not in plan.columns:
        raise BadMap("columns: key is missing; it tells rows apart when a file comes again")
    if "received" not in plan.columns and plan.received_without_date is None:
        raise BadMap("columns: received is missing and there is no received_without_date")
    if plan.is_routed and "text" not in plan.columns:
        raise BadMap("columns: neither category nor text; one of them must say the kind of report")
    if not plan.agencies or (plan.default_agency and plan.default_agency not in plan.agencies):
        raise BadMap("agencies: at least one, and default_agency must be one of them")


def _agency(code: str, row: Mapping[str, Any]) -> AgencyPlan:
    service = row.get("service", {})
    return AgencyPlan(
        code=str(code),
        name=str(row["name"]),
        kind=str(row.get("kind", "")),
        service_code=str(service.get("code", "")),
        service_name=str(service.get("name", "")),
        values=frozenset(map(str, row.get("values", ()))),
        topics=frozenset(map(str, row.get("topics", ()))),
    )


def _strings(told: Mapping[Any, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in told.items()}


def _choices(name: str, told: Mapping[Any, Any], kind: Any) -> dict[str, Any]:
    try:
        return {str(key): kind(value) for key, value in told.items()}
    except ValueError as wrong:
        raise BadMap(f"{name}: {wrong}") from None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        raise BadMap(f"zone: {name} is no time zone, such as Asia/Jakarta") from None


def _fixed(told: Any, zone: ZoneInfo) -> datetime | None:
    if told is None:
        return None
    moment = told if isinstance(told, datetime) else datetime.fromisoformat(str(told))
    return moment.replace(tzinfo=zone).astimezone(UTC)


# ------------------------------------------------------------------ one row


def past_report(row: Row, plan: Plan, *, clean: Clean, route: Router, now: datetime) -> PastReport:
    """What a row says, in our terms. Raises RowRefused with the reason.

    `clean(text, limit)` makes text safe to store or raises ValueError; `route(heading, text)` names
    the topic where the map has no category column.
    """
    for column, pattern in plan.patterns.items():
        if not pattern.fullmatch(row[column].strip()[:LONGEST_KEY]):
            raise RowRefused(f"{column} is not as it should be")
    received_at, due_at, closed_at = _moments(row, plan, now)
    head, text = _text(row, plan, clean)
    category, topic = _category(row, plan, head, text, route)
    lat, lng = _point(row, plan)
    return PastReport(
        key=_key(row, plan),
        category=category,
        agency=_agency_of(row, plan, topic),
        received_at=received_at,
        due_at=due_at,
        closed_at=closed_at,
        outcome=_outcome(row, plan, closed_at),
        channel=plan.channels.get(_cell(row, plan, "channel"), plan.default_channel),
        text=text,
        place_text=_short(_joined(row, plan, "place"), LONGEST_PLACE, clean),
        area=_short(_cell(row, plan, "area"), LONGEST_AREA, clean),
        lat_e6=lat,
        lng_e6=lng,
        kept=plan.verdicts.get(_cell(row, plan, "verdict")),
        family=_cell(row, plan, "family"),
    )


def _cell(row: Row, plan: Plan, what: str) -> str:
    column = plan.columns.get(what)
    return row[column].strip() if isinstance(column, str) else ""


def _key(row: Row, plan: Plan) -> str:
    key = _cell(row, plan, "key")
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        raise RowRefused("the row has no usable key")
    return key


def _moments(row: Row, plan: Plan, now: datetime) -> tuple[datetime, datetime | None, Any]:
    received = _moment(row, plan, "received") or plan.received_without_date
    if received is None:
        raise RowRefused("the row does not say when the report came in")
    due, closed = _moment(row, plan, "due"), _moment(row, plan, "closed")
    if received > now or (closed is not None and closed > now):
        raise RowRefused("a moment lies in the future")
    if due is not None and due < received:
        raise RowRefused("promised before it came in")
    if closed is not None and closed < received:
        raise RowRefused("closed before it came in")
    _check_status(_cell(row, plan, "status"), plan, closed is not None)
    return received, due, closed


def _check_status(status: str, plan: Plan, is_closed: bool) -> None:
    if "status" not in plan.columns:
        return
    if status not in plan.closed and status not in plan.open:
        raise RowRefused("the map does not know this status")
    if status in plan.closed and not is_closed:
        raise RowRefused("closed, but the row does not say when")
    if status in plan.open and is_closed:
        raise RowRefused("still open, but the row says when it was closed")


def _moment(row: Row, plan: Plan, what: str) -> datetime | None:
    text = _cell(row, plan, what)
    if not text:
        return None
    try:
        # The zone follows on the next line; the text has none.
        naive = datetime.strptime(text, plan.time_format)  # noqa: DTZ007
    except ValueError:
        raise RowRefused(f"the time in column {plan.columns[what]} cannot be read") from None
    moment = naive.replace(tzinfo=plan.zone).astimezone(UTC)
    if moment.astimezone(plan.zone).replace(tzinfo=None) != naive:
        raise RowRefused(f"the time in column {plan.columns[what]} did not exist: clocks changed")
    return moment


def _joined(row: Row, plan: Plan, what: str) -> str:
    names = plan.columns.get(what, ())
    return ", ".join(filter(None, (row[name].strip() for name in _listed(names))))


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names


def _text(row: Row, plan: Plan, clean: Clean) -> tuple[str, str]:
    """Heading and whole text; a heading the text begins with is not written twice."""
    parts = [row[name].strip() for name in _listed(plan.columns.get("text", ()))]
    if not parts:
        return "", ""
    head, rest = parts[0], "\n".join(part for part in parts[1:] if part)
    whole = rest if rest.startswith(head) else f"{head}\n{rest}".strip()
    try:
        return clean(head, LONGEST_TEXT), clean(whole, LONGEST_TEXT)
    except ValueError:
        raise RowRefused("the text holds signs that are no text, or is too long") from None


def _short(text: str, limit: int, clean: Clean) -> str:
    try:
        return clean(text, limit)
    except ValueError:
        raise RowRefused("the place holds signs that are no text, or is too long") from None


def _category(row: Row, plan: Plan, head: str, text: str, route: Router) -> tuple[str, str]:
    if plan.is_routed:
        found = route(head, text)
        return plan.categories.get(found.topic, "other"), found.topic
    value = _cell(row, plan, "category")
    if value not in plan.categories:
        raise RowRefused("the map does not know this kind of report")
    return plan.categories[value], ""


def _agency_of(row: Row, plan: Plan, topic: str) -> str:
    value = _cell(row, plan, "agency")
    for agency in plan.agencies.values():
        if topic in agency.topics or (value and value in agency.values):
            return agency.code
    if not plan.default_agency or value:
        raise RowRefused("the map does not know this agency")
    return plan.default_agency


def _outcome(row: Row, plan: Plan, closed_at: datetime | None) -> str:
    if closed_at is None:
        return ""
    return str(plan.outcomes.get(_cell(row, plan, "outcome"), Outcome.FIXED).value)


def _point(row: Row, plan: Plan) -> tuple[int | None, int | None]:
    """Latitude and longitude in millionths of a degree; both or none."""
    lat, lng = _cell(row, plan, "lat"), _cell(row, plan, "lng")
    if not lat or not lng:
        return None, None
    try:
        found = [int((Decimal(text) * _MILLION).to_integral_value()) for text in (lat, lng)]
    except (InvalidOperation, ValueError, OverflowError):
        raise RowRefused("the point on the map cannot be read") from None
    if abs(found[0]) > 90 * _MILLION or abs(found[1]) > 180 * _MILLION:
        raise RowRefused("the point lies outside of the map")
    return found[0], found[1]
