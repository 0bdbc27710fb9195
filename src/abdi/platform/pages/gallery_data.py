"""Invented data for the gallery: what a city's pages could show on one evening."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django import forms
from django.http import HttpRequest

from abdi.platform import clock
from abdi.platform.forms import CleanForm, DayField, LongTextField, OneOfField, TextField, YesField
from abdi.platform.pages import grids
from abdi.platform.pages.tables import Page
from abdi.platform.pages.todo import ToDo

EVENING = datetime(2026, 11, 23, 19, 31, tzinfo=clock.WIB)
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=clock.WIB)
FIRST_WORD = datetime(2026, 11, 23, 19, 12, tzinfo=clock.WIB)


class SampleForm(CleanForm):
    """One field of each kind."""

    place = TextField(label="Nama jalan", help_text="Boleh juga nama gedung.")
    note = LongTextField(label="Keterangan", required=False, rows=2)
    day = DayField(label="Hari")
    level = OneOfField(
        label="Prioritas",
        choices=[("high", "Tinggi"), ("normal", "Biasa")],
        widget=forms.RadioSelect,
    )
    agency = OneOfField(
        label="Perangkat daerah", choices=[("", "Pilih"), ("1", "Dinas Perhubungan")]
    )
    agree = YesField(label="Saya sudah membaca")


@cache
def _sample() -> dict[str, Any]:
    text = Path(__file__).with_name("gallery.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def _todos() -> list[ToDo]:
    made = []
    for row in _sample()["todos"]:
        due = None if row["hours"] is None else EVENING + timedelta(hours=row["hours"])
        rest = (row["icon"], row["title"], row["reason"], "#buka", row["button"])
        made.append(ToDo(*rest, due_at=due, tone=row["tone"]))
    return made


def _timeline() -> list[dict[str, Any]]:
    return [
        {**row, "at": FIRST_WORD + timedelta(minutes=row["minutes"])} if "minutes" in row else row
        for row in _sample()["timeline"]
    ]


def _heat() -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "small": f"{people} orang",
            "cells": [
                _heat_cell(label, head, count, people)
                for head, count in zip(_sample()["heads"], counts, strict=True)
            ],
        }
        for label, people, counts in _sample()["gaps"]
    ]


def _heat_cell(label: str, head: str, count: int, people: int) -> dict[str, Any]:
    return {
        "text": str(count) if count else "–",
        "step": grids.heat_step(count, people),
        "url": f"#{head}",
        "label": f"{label}, {head}: {count} dari {people} di bawah standar",
    }


def _turn(day: int, begin: int, hours: int, kind: str, text: str) -> dict[str, Any]:
    start = MONDAY + timedelta(days=day, hours=begin)
    end = start + timedelta(hours=hours)
    return {
        "place": grids.slot_class(start, end, MONDAY),
        "kind": kind,
        "text": text,
        "label": f"{start:%d-%m %H.%M}–{end:%H.%M}, {text}",
        "url": f"#giliran-{day}-{begin}-{text}",
    }


def _roster() -> list[dict[str, Any]]:
    crew = [_turn(day, 6, 8, "p", "P") for day in range(2)]
    crew += [_turn(day, 22, 8, "m", "M") for day in range(2, 4)]
    crew += [_turn(day, 14, 8, "s", "S") for day in range(4, 7)]
    drains = [_turn(day, 6, 12, "p", "siang") for day in range(7)]
    drains += [_turn(day, 18, 12, "m", "malam") for day in range(7) if day != 5]
    drains.append(_turn(5, 18, 12, "x", "kosong"))
    return [
        {"name": "Regu A Penerangan", "small": "4 orang", "turns": crew},
        {"name": "Saluran dan banjir", "small": "10 orang", "turns": drains},
    ]


def _cells() -> list[dict[str, Any]]:
    fields = _sample()["fields"]
    return [
        {"name": name, "tone": tone, "people": fields["people"].get(at, [])}
        for at, (name, tone) in enumerate(zip(fields["names"], fields["tones"], strict=True))
    ]


def _wards() -> list[dict[str, Any]]:
    return [
        {"name": name, "value": f"{value}%", "step": step, "hot": value > 10, "at": (column, row)}
        for name, value, step, column, row in _sample()["wards"]
    ]


def _sample_form(request: HttpRequest) -> SampleForm:
    if "salah" not in request.GET:
        return SampleForm(initial={"level": "high"})
    form = SampleForm({"level": "high", "day": "kemarin"})
    form.is_valid()
    return form


def staff(request: HttpRequest) -> dict[str, Any]:
    """Everything for the staff gallery; `?salah` shows the form with its errors."""
    sample = _sample()
    return {
        **{name: sample[name] for name in ("heads", "days", "chain", "rows", "trend", "causes")},
        "now": EVENING,
        "todos": _todos(),
        "form": _sample_form(request),
        "story": _timeline(),
        "heat": _heat(),
        "roster_rows": _roster(),
        "now_at": (grids.now_share(EVENING, MONDAY), "19.31"),
        "cells": _cells(),
        "page": Page(sample["rows"], 2, 25, True, 88),
        "wards": _wards(),
    }


def console() -> dict[str, Any]:
    """The queue of one evening."""
    return {"queue": _sample()["queue"], "marks": _sample()["marks"]}


def public(request: HttpRequest) -> dict[str, Any]:
    """The first page and the tracking page of a citizen."""
    return {
        "form": _sample_form(request),
        "story": _timeline(),
        "tiles": _sample()["tiles"],
        "marks": _sample()["marks"],
    }
