"""The text of a letter: placeholders, what is wrong with a template, the blocks of a page.

A template is plain text. `{nama}` is replaced by a value and never read again, so nothing that a
person typed can become a placeholder, a command or markup. A paragraph whose lines all read
"Word: text" becomes a list of pairs; one line of capitals becomes a heading; a line that is only
the placeholder of a table becomes that table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

LONGEST: Final = 8_000
GAP: Final = "………………"
"""What stands where a value is not known yet."""
LONGEST_HEADING: Final = 60
ATTACHMENT: Final = "LAMPIRAN"
"""A heading that begins with this word opens the attachment, which follows the signature."""

WORDS: Final[Mapping[str, str]] = {
    "acting_as": "jabatan_pelaksana",
    "acting_kind": "sebutan",
    "acting_short": "singkatan",
    "address": "alamat",
    "agency": "perangkat_daerah",
    "agenda": "acara",
    "attendees": "daftar_hadir",
    "basis": "dasar",
    "body": "isi",
    "date": "tanggal",
    "days": "jumlah_hari",
    "decision": "keputusan",
    "due_on": "tmt",
    "end_on": "selesai",
    "first_party": "pihak_pertama",
    "institution": "pemerintah",
    "leave_kind": "jenis_cuti",
    "name": "nama",
    "note": "catatan",
    "number": "nomor",
    "pay_new": "gaji_baru",
    "pay_old": "gaji_lama",
    "people": "daftar_pegawai",
    "post": "jabatan",
    "purpose": "keperluan",
    "rank": "golongan",
    "reason": "pertimbangan",
    "roster": "daftar_piket",
    "second_party": "pihak_kedua",
    "service_years": "masa_kerja",
    "signer_name": "nama_penanda_tangan",
    "signer_post": "jabatan_penanda_tangan",
    "staff_number": "nip",
    "start_on": "mulai",
    "subject": "perihal",
    "substitute": "pengganti",
    "team": "susunan_tim",
    "time": "waktu",
    "to": "kepada",
    "unit": "unit_kerja",
    "venue": "tempat",
}
"""The name of a fact in code, and the word an officer writes between braces."""
TABLES: Final = frozenset({"people", "team", "attendees", "roster"})
DAYS: Final = frozenset({"start_on", "end_on", "due_on", "date"})
KNOWN_ALWAYS: Final = frozenset({"agency", "date", "institution", "number", "people", "subject",
                                 "signer_name", "signer_post", "attendees"})  # fmt: skip
"""Facts that the program fills in by itself, sooner or later."""
_KEYS: Final = {word: key for key, word in WORDS.items()}
_HOLE: Final = re.compile(r"\{([a-z_]{1,40})\}")
_PAIR: Final = re.compile(r"([^:{}\n]{1,40}):\s+(.*)")


@dataclass(frozen=True)
class Table:
    """A table among the facts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """A piece of a letter: `paragraph`, `pairs`, `heading` or `table`."""

    kind: str
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class TemplateProblem:
    """What is wrong with a template, at which line (from 1), and the word it is about."""

    code: str
    line: int
    word: str = ""


@dataclass(frozen=True)
class Values:
    """What the placeholders stand for: texts by fact, tables by fact."""

    texts: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)


def template_problems(text: str) -> list[TemplateProblem]:
    """Unknown words, braces that close nothing, tables inside a sentence, too long a text."""
    found = [TemplateProblem("length", 1)] if len(text) > LONGEST else []
    for number, line in enumerate(text.split("\n"), start=1):
        found += _line_problems(number, line)
    return found


def _line_problems(number: int, line: str) -> list[TemplateProblem]:
    found = []
    for hole in _HOLE.finditer(line):
        key = _KEYS.get(hole[1])
        if key is None:
            found.append(TemplateProblem("unknown", number, hole[1]))
        elif key in TABLES and line.strip() != hole[0]:
            found.append(TemplateProblem("table", number, hole[1]))
    if re.search(r"[{}]", _HOLE.sub("", line)):
        found.append(TemplateProblem("brace", number))
    return found


def facts_named(text: str) -> list[str]:
    """The facts a template asks for, each once, in their order."""
    keys = [_KEYS[word] for word in _HOLE.findall(text) if word in _KEYS]
    return list(dict.fromkeys(keys))


def missing_facts(text: str, given: Mapping[str, Any]) -> list[str]:
    """Facts a template asks for that are neither given nor filled in by the program."""
    return [key for key in facts_named(text) if key not in KNOWN_ALWAYS and not given.get(key)]


def filled(text: str, values: Values) -> str:
    """A text with its placeholders replaced, once; what is not known becomes a gap."""

    def value(hole: re.Match[str]) -> str:
        key = _KEYS.get(hole[1])
        return hole[0] if key is None else values.texts.get(key) or GAP

    return _HOLE.sub(value, text)


def blocks_of(text: str, values: Values) -> list[Block]:
    """The pieces of a letter. Structure is read before values are put in."""
    pieces = re.split(r"\n\s*\n", text.strip("\n"))
    return [_block(piece.strip("\n"), values) for piece in pieces if piece.strip()]


def parted(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The pieces before the signature, and those of the attachment; its first heading opens it."""
    for place, block in enumerate(blocks):
        if block.kind == "heading" and block.text.startswith(ATTACHMENT):
            return tuple(blocks[:place]), tuple(blocks[place:])
    return tuple(blocks), ()


def _block(piece: str, values: Values) -> Block:
    hole = _HOLE.fullmatch(piece.strip())
    key = _KEYS.get(hole[1]) if hole else None
    if key in TABLES:
        return Block("table", table=values.tables.get(str(key), Table((), ())))
    lines = piece.split("\n")
    pairs = [_PAIR.fullmatch(line) for line in lines]
    if all(pairs):
        rows = tuple((pair[1].strip(), filled(pair[2], values)) for pair in pairs if pair)
        return Block("pairs", pairs=rows)
    if len(lines) == 1 and _is_heading(piece):
        return Block("heading", text=filled(piece.strip(), values))
    return Block("paragraph", text=filled(piece, values))


def _is_heading(line: str) -> bool:
    bare = _HOLE.sub("", line).strip()
    return 0 < len(bare) <= LONGEST_HEADING and bare == bare.upper() and bare != bare.lower()
