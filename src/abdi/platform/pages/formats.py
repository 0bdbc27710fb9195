"""How dates, times, numbers, money, names and codes look, in Indonesian and in English.

Pure functions: the language and the zone come in as arguments. Days are dates, moments are aware
datetimes, shares are ten-thousandths, durations are minutes, money is whole rupiah.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from abdi.platform.pages import names

INDONESIAN: Final = "id"
WIB: Final = ZoneInfo("Asia/Jakarta")
MINUTES_A_DAY: Final = 1_440
NIP_GROUPS: Final = ((0, 8), (8, 14), (14, 15), (15, 18))
ZONE_NAMES: Final = {7: "WIB", 8: "WITA", 9: "WIT"}
MILLION: Final = 1_000_000
SCALES: Final = (
    (10**12, "triliun", "trillion"),
    (10**9, "miliar", "billion"),
    (10**6, "juta", "million"),
)
_LOCALES: Final = {"id": "id_ID", "en": "en_GB"}

initials = names.initials
bare_name = names.bare_name


def _locale(lang: str) -> str:
    return _LOCALES.get(lang.split("-", maxsplit=1)[0], "id_ID")


def _is_id(lang: str) -> bool:
    return _locale(lang) == "id_ID"


# ------------------------------------------------------------------ days


def date_long(day: date, lang: str = INDONESIAN) -> str:
    """`Senin, 23 November 2026`."""
    return format_date(day, "EEEE, d MMMM y", locale=_locale(lang))


def date_plain(day: date, lang: str = INDONESIAN) -> str:
    """`23 November 2026`, without the day of the week."""
    return format_date(day, "d MMMM y", locale=_locale(lang))


@lru_cache(maxsize=4_096)
def date_short(day: date, lang: str = INDONESIAN) -> str:
    """`23 Nov 2026`."""
    return format_date(day, "d MMM y", locale=_locale(lang))


def date_table(day: date) -> str:
    """`23-11-2026`, the same in both languages."""
    return day.strftime("%d-%m-%Y")


def date_span(first: date, last: date, lang: str = INDONESIAN) -> str:
    """`23–29 November 2026`; parts that are the same stand once."""
    if first == last:
        return date_plain(first, lang)
    pattern = "d MMMM y"
    if first.year == last.year:
        pattern = "d" if first.month == last.month else "d MMMM"
    joint = "–" if pattern == "d" else " – "
    return f"{format_date(first, pattern, locale=_locale(lang))}{joint}{date_plain(last, lang)}"


def month_year(day: date, lang: str = INDONESIAN) -> str:
    """`November 2026`."""
    return format_date(day, "MMMM y", locale=_locale(lang))


# ------------------------------------------------------------------ moments


def zone_name(moment: datetime, zone: ZoneInfo = WIB) -> str:
    """WIB, WITA or WIT; outside Indonesia the difference to UTC. Source: Keppres 41/1987."""
    return _zone_of(moment.astimezone(zone))


def _zone_of(there: datetime) -> str:
    return _zone_at(there.utcoffset())


@lru_cache(maxsize=64)
def _zone_at(offset: timedelta | None) -> str:
    hours = 0 if offset is None else int(offset.total_seconds() // 3600)
    return ZONE_NAMES.get(hours, f"UTC{hours:+d}")


def _clock_of(there: datetime) -> str:
    return f"{there.hour:02}.{there.minute:02} {_zone_of(there)}"


def clock_time(moment: datetime, zone: ZoneInfo = WIB) -> str:
    """`19.12 WIB`: the dot and the zone always stand."""
    return _clock_of(moment.astimezone(zone))


def hour(moment: datetime, zone: ZoneInfo = WIB) -> str:
    """`19.12`, for tables whose heading names the zone."""
    return f"{moment.astimezone(zone):%H.%M}"


def moment_long(moment: datetime, zone: ZoneInfo = WIB, lang: str = INDONESIAN) -> str:
    """`Senin, 23 November 2026, pukul 19.12 WIB`."""
    day = date_long(moment.astimezone(zone).date(), lang)
    return f"{day}, {'pukul' if _is_id(lang) else 'at'} {clock_time(moment, zone)}"


@lru_cache(maxsize=16_384)  # a list shows the same moments again and again
def moment_short(moment: datetime, zone: ZoneInfo = WIB, lang: str = INDONESIAN) -> str:
    """`23 Nov 2026, 19.12 WIB`."""
    there = moment.astimezone(zone)
    return f"{date_short(there.date(), lang)}, {_clock_of(there)}"


def moment_machine(moment: datetime) -> str:
    """ISO 8601 in UTC, for `datetime` attributes and files."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def relative(moment: datetime, now: datetime, zone: ZoneInfo = WIB, lang: str = INDONESIAN) -> str:
    """`25 menit lalu (19.12 WIB)`; the absolute time always stands beside it."""
    minutes = int((now - moment).total_seconds() // 60)
    words = _ago(minutes, lang) if minutes >= 0 else _ahead(-minutes, lang)
    same_day = moment.astimezone(zone).date() == now.astimezone(zone).date()
    absolute = clock_time(moment, zone) if same_day else moment_short(moment, zone, lang)
    return f"{words} ({absolute})"


def _ago(minutes: int, lang: str) -> str:
    if minutes < 1:
        return "baru saja" if _is_id(lang) else "just now"
    return f"{_roughly(minutes, lang)} {'lalu' if _is_id(lang) else 'ago'}"


def _ahead(minutes: int, lang: str) -> str:
    amount = _roughly(max(minutes, 1), lang)
    return f"{amount} lagi" if _is_id(lang) else f"in {amount}"


def _roughly(minutes: int, lang: str) -> str:
    if minutes < 60:
        return duration(minutes, lang)
    if minutes < MINUTES_A_DAY:
        return duration(minutes // 60 * 60, lang)
    return _count(minutes // MINUTES_A_DAY, "hari", "day", lang)


# ------------------------------------------------------------------ durations


def duration(minutes: int, lang: str = INDONESIAN) -> str:
    """`3 jam 40 menit`; from two days up in days and hours."""
    days, hours, rest = _split(minutes)
    parts = [
        _count(amount, name, english, lang)
        for amount, name, english in (
            (days, "hari", "day"),
            (hours, "jam", "hour"),
            (rest, "menit", "minute"),
        )
        if amount
    ]
    return " ".join(parts[:2]) or _count(0, "menit", "minute", lang)


def duration_short(minutes: int, lang: str = INDONESIAN) -> str:
    """`3 j 40 m`, for tables and narrow chips."""
    days, hours, rest = _split(minutes)
    units = ("hari", "j", "m") if _is_id(lang) else ("d", "h", "m")
    parts = [
        f"{amount} {unit}"
        for amount, unit in zip((days, hours, rest), units, strict=True)
        if amount
    ]
    return " ".join(parts[:2]) or f"0 {units[2]}"


def _split(minutes: int) -> tuple[int, int, int]:
    total = max(minutes, 0)
    days = total // MINUTES_A_DAY if total >= 2 * MINUTES_A_DAY else 0
    rest = total - days * MINUTES_A_DAY
    return days, rest // 60, 0 if days else rest % 60


def _count(amount: int, name: str, english: str, lang: str) -> str:
    if _is_id(lang):
        return f"{number(amount, lang)} {name}"
    return f"{number(amount, lang)} {english}{'' if amount == 1 else 's'}"


# ------------------------------------------------------------------ numbers and money


def number(value: int, lang: str = INDONESIAN) -> str:
    """`1.248`; in English `1,248`."""
    text = f"{value:,}"
    return text.replace(",", ".") if _is_id(lang) else text


def decimal(scaled: int, places: int = 2, lang: str = INDONESIAN, *, trim: bool = True) -> str:
    """A whole number of the last place as a decimal: `decimal(814, 1)` is `81,4`."""
    sign, size = ("−" if scaled < 0 else ""), abs(scaled)
    whole, rest = divmod(size, 10**places)
    digits = str(rest).zfill(places) if places else ""
    if trim:
        digits = digits.rstrip("0")
    mark = "," if _is_id(lang) else "."
    return f"{sign}{number(whole, lang)}{mark + digits if digits else ''}"


def percent(permyriad: int, lang: str = INDONESIAN, *, places: int = 1) -> str:
    """Ten-thousandths as `7,8%` (no space); the half is rounded up. At most two places."""
    step = 10 ** (2 - places)
    return f"{decimal(_halves_up(permyriad, step), places, lang)}%"


def percent_of(part: int, whole: int, lang: str = INDONESIAN) -> str:
    """`91% (1.278 dari 1.404)`: a share with its base; nothing out of nothing is a dash."""
    if not whole:
        return "–"
    share = percent(_halves_up(part * 10_000, whole), lang, places=0)
    word = "dari" if _is_id(lang) else "of"
    return f"{share} ({number(part, lang)} {word} {number(whole, lang)})"


def rupiah(amount: int, lang: str = INDONESIAN) -> str:
    """`Rp 18.400.000`, in whole rupiah."""
    return f"{'−' if amount < 0 else ''}Rp {number(abs(amount), lang)}"


def rupiah_round(amount: int, lang: str = INDONESIAN) -> str:
    """`Rp 1,2 miliar`; below a million in full."""
    for size, name, english in SCALES:
        if abs(amount) >= size:
            tenths = _halves_up(abs(amount) * 10, size)
            sign = "−" if amount < 0 else ""
            return f"{sign}Rp {decimal(tenths, 1, lang)} {name if _is_id(lang) else english}"
    return rupiah(amount, lang)


def _halves_up(top: int, bottom: int) -> int:
    return (2 * top + bottom) // (2 * bottom)


# ------------------------------------------------------------------ people and codes


def nip(value: str) -> str:
    """Eighteen digits in groups, `19790228 200604 1 003`; anything else stays as it is."""
    if len(value) != 18 or not value.isdigit():
        return value
    return " ".join(value[start:end] for start, end in NIP_GROUPS)


def phone(value: str) -> str:
    """`+6281234567890` as `0812-3456-7890`."""
    digits = "".join(sign for sign in value if sign.isdigit())
    if value.startswith("+") and not digits.startswith("62"):
        return value
    local = "0" + digits[2:] if digits.startswith("62") else digits
    parts = [local[:4], local[4:8], local[8:]]
    return "-".join(part for part in parts if part)


def phone_masked(value: str) -> str:
    """`0812-****-7890`: enough to recognise one's own number, no more."""
    parts = phone(value).split("-")
    if len(parts) < 3:
        return "****"
    return "-".join([parts[0], *("*" * len(part) for part in parts[1:-1]), parts[-1]])


def receipt(value: str) -> str:
    """A long key in groups of four: `ABCD EFGH …`."""
    return " ".join(value[at : at + 4] for at in range(0, len(value), 4))
