"""Employee numbers: NIP of PNS and NI PPPK, 18 digits that say birth, appointment, sex, serial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from abdi.platform.formulas import named
from abdi.platform.inputs import Text


class NumberProblem(StrEnum):
    """Why a number is none; the first that applies is told."""

    LENGTH = "nip_length"
    DIGITS = "nip_digits"
    BIRTH = "nip_birth"
    MONTH = "nip_month"
    SEX = "nip_sex"
    SERIAL = "nip_serial"


@dataclass(frozen=True)
class EmployeeNumber:
    """What a valid number says. `appointed` is YYYY-MM for PNS, YYYY for PPPK."""

    digits: str
    kind: str
    birth: date
    appointed: str
    sex: str
    serial: int


def read_employee_number(
    text: str, *, today: date, norms: Mapping[str, Any]
) -> EmployeeNumber | NumberProblem:
    """Read a NIP or NI PPPK; spaces and points between digits are allowed.

    Source: Perka BKN 22/2007; the first contract code of PPPK is an unverified norm.
    """
    layout = norms["employee_number"]
    first_contract: int = layout["first_contract_code"]
    digits = "".join(text.replace(".", " ").split())
    if len(digits) != layout["length"]:
        return NumberProblem.LENGTH
    if not (digits.isascii() and digits.isdigit()):
        return NumberProblem.DIGITS
    birth = _birth(digits, today)
    if birth is None:
        return NumberProblem.BIRTH
    month = int(digits[12:14])
    if not (1 <= month <= 12 or month >= first_contract):
        return NumberProblem.MONTH
    if digits[14] not in "12":
        return NumberProblem.SEX
    if digits[15:] == "000":
        return NumberProblem.SERIAL
    contract = month >= first_contract
    return EmployeeNumber(
        digits=digits,
        kind="PPPK" if contract else "PNS",
        birth=birth,
        appointed=digits[8:12] if contract else f"{digits[8:12]}-{digits[12:14]}",
        sex="male" if digits[14] == "1" else "female",
        serial=int(digits[15:]),
    )


def _birth(digits: str, today: date) -> date | None:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return birth if birth <= today else None


@named(
    "nip.check",
    inputs={"value": Text(unit="18 digits, spaces allowed")},
    outputs={
        "valid": "true or false",
        "kind": "PNS or PPPK",
        "birth": "day",
        "appointed": "YYYY-MM (PPPK: YYYY)",
        "sex": "male or female",
        "serial": "number 1 to 999",
        "reason": "only where not valid: " + ", ".join(problem.value for problem in NumberProblem),
    },
    source="Perka BKN 22/2007 (NIP); Peraturan BKN 1/2019 (NI PPPK)",
    verified=False,
    example=(
        {"value": "19900215 201503 2 007"},
        {
            "valid": True,
            "kind": "PNS",
            "birth": "1990-02-15",
            "appointed": "2015-03",
            "sex": "female",
            "serial": 7,
        },
    ),
    norms=("people",),
)
def nip_check(value: str, *, norms: Mapping[str, Mapping[str, Any]], today: date) -> dict[str, Any]:
    """Whether an employee number can be one, and what it says."""
    found = read_employee_number(value, today=today, norms=norms["people"])
    if isinstance(found, NumberProblem):
        return {"valid": False, "reason": found.value}
    return {
        "valid": True,
        "kind": found.kind,
        "birth": found.birth,
        "appointed": found.appointed,
        "sex": found.sex,
        "serial": found.serial,
    }
