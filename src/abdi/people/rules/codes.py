"""Codes other rules share: tiers, employments, education, groups."""

from __future__ import annotations

from typing import Final

FUNCTIONAL_TIERS: Final = (
    "JF_AHLI_UTAMA",
    "JF_AHLI_MADYA",
    "JF_AHLI_MUDA",
    "JF_AHLI_PERTAMA",
    "JF_PENYELIA",
    "JF_MAHIR",
    "JF_TERAMPIL",
    "JF_PEMULA",
)
TIERS: Final = (
    "JPT_UTAMA",
    "JPT_MADYA",
    "JPT_PRATAMA",
    "ADMINISTRATOR",
    "PENGAWAS",
    "PELAKSANA",
    *FUNCTIONAL_TIERS,
)
EMPLOYMENTS: Final = ("PNS", "CPNS", "PPPK", "PPPK_PW", "NON_ASN")
EDUCATION_LEVELS: Final = ("SD", "SLTP", "SLTA", "D1", "D2", "D3", "D4", "S1", "S2", "S3")
PROFESSION_GROUPS: Final = ("teacher", "lecturer", "professor", "principal_researcher", "doctor")
ACTING_KINDS: Final = ("plt", "plh")
EVALUATION_KINDS: Final = ("structural", "functional", "JPT", "JA", "JF")
