"""Names with titles as they stand in files, and sexes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from abdi.people.rules import split_titles

_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_LONG: Final = 100
_LOOSE_PREFIXES: Final = frozenset({"DRS", "DRA", "DR", "IR", "PROF", "HJ", "DRG", "DRH"})
_JOINED = re.compile(
    r"^((?:(?:Drs|Dra|Dr|dr|drg|Ir|Prof|Hj|H|DRS|DRA|DR|IR|HJ)\.)+)(?=[A-Za-z]{2})"
)
_SPACED = re.compile(
    r"\b(S|M|A)\. ?(?=(?:Pd|Md|Kom|E|H|T|Si|Sos|Ag|IP|STP|Kep|KM|Kes|AP|M|Hum|Psi|Farm|Sc)\b)"
)
_SPACED_CAPS = re.compile(
    r"\b([SMA])\. (?=(?:PD|MD|KOM|SI|SOS|AG|HUM|KES|KEP|AP|IP)\b\.?(?:$|,| [SM]\.))"
)
_MORE: Final = frozenset({"H.", "HJ.", "KH.", "H", "K.H."})
_COUNTED = re.compile(r"\d{1,4}[.)]\s+(?=\D)")
_TAIL = re.compile(
    r"(?:S|M|A\.?Md|Amd|Sp|Ph|Dipl|Apt|Ns|Bdn|Lic|LL|S1|D)\.[A-Za-z.]*[A-Za-z]\.?"
    r"|A\.Ma?\.?(?:Pd\.?)?|Amd|Apt\.?|Ners\.?|QIA|CPNS",
    re.IGNORECASE,
)
_BARE_TAIL: Final = frozenset(
    [
        "SE",
        "SH",
        "ST",
        "MM",
        "MT",
        "MH",
        "MSI",
        "SSOS",
        "SPD",
        "SKOM",
        "SKM",
        "MKES",
        "MPD",
        "SIP",
        "MAP",
        "SSTP",
        "SAP",
        "AMD",
        "SKEP",
        "SPT",
        "SP",
        "SAG",
        "MPA",
        "SFARM",
        "SPSI",
        "SSI",
        "MKOM",
        "AMDKEB",
        "AMDKEP",
        "SPDI",
        "SSN",
        "BSC",
        "MSC",
        "MPH",
        "MBA",
        "MHUM",
        "SHUM",
        "SST",
        "MSOS",
        "SKEB",
    ]
)
MEN: Final = frozenset(
    {"L", "LK", "PRIA", "LAKI", "LAKI-LAKI", "LAKI2", "LAKILAKI", "M", "MALE", "MAN", "1", "LAKI-2"}
    | {"LAKI/LAKI", "LAKI LAKI", "LAKI - LAKI"}
)
WOMEN: Final = frozenset(["P", "PR", "PEREMPUAN", "WANITA", "W", "F", "FEMALE", "WOMAN", "2"])


class Named(NamedTuple):
    """A name apart from the titles around it."""

    prefix: str
    name: str
    suffix: str


def read_name(text: str) -> Named:
    """A name apart from its titles, also where commas or points between them were forgotten."""
    if _PLAIN.fullmatch(text) and not _may_hold_titles(text):
        return Named("", text, "")
    return _with_titles(" ".join(text.split()))


def is_plain_name(text: str) -> bool:
    """Two words or more of letters and single spaces without any title."""
    return (
        len(text) < _LONG
        and " " in text
        and _PLAIN.fullmatch(text) is not None
        and not _may_hold_titles(text)
        and text.isascii()
    )


def _may_hold_titles(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return bool(rest) and (
        first.upper() in _LOOSE_PREFIXES or text.rpartition(" ")[2].upper() in _BARE_TAIL
    )


def _with_titles(text: str) -> Named:
    text = _COUNTED.sub("", text.replace("K.H.", "KH.", 1) if text.startswith("K.H.") else text)
    text = _SPACED.sub(r"\1.", _JOINED.sub(r"\1 ", text.strip(" ,;")))
    text = _SPACED_CAPS.sub(r"\1.", text)
    split = split_titles(text)
    prefix, words = split.prefix.split(), split.name.split()
    while len(words) > 1 and (
        words[0].upper().strip(".") in _LOOSE_PREFIXES or (prefix and words[0].upper() in _MORE)
    ):
        prefix.append(words.pop(0))
    tail: list[str] = []
    is_shouted = split.name.isupper()
    while len(words) > 1 and _is_tail(words[-1], is_shouted):
        tail.insert(0, words.pop())
    suffix = ", ".join(filter(None, [" ".join(tail), split.suffix]))
    return Named(" ".join(prefix), " ".join(words), suffix)


def _is_tail(word: str, is_shouted: bool) -> bool:
    if _TAIL.fullmatch(word):
        return True
    bare = word.strip(".")
    if bare != word and bare.isupper() and bare in _BARE_TAIL:
        return True
    is_mixed = not is_shouted and bare[:2].isupper() | (bare[1:].lower() != bare[1:])
    return is_mixed and bare.upper() in _BARE_TAIL


@lru_cache(maxsize=1024)
def sex_of(text: str) -> str | None:
    """`male`, `female`, or None for a text that says neither."""
    plain = " ".join(text.upper().strip(" .").split())
    if plain in MEN:
        return "male"
    return "female" if plain in WOMEN else None
