"""Sanctions of PP 94/2021: level, name of the day's rule set, the way against them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from abdi.integrity.choices import SanctionLevel

Norms = Mapping[str, Any]
UNTIL_PAY_RULE: Final = "pp53_until_pay_rule"


def sanction_level(code: str, norms: Norms) -> SanctionLevel:
    """Level of a sanction code. Raises KeyError for a code PP 94/2021 does not know."""
    return SanctionLevel(norms["sanctions"][code]["level"])


def sanction_name(code: str, norms: Norms) -> str:
    """Indonesian name of a sanction; medium ones follow the rule set the legal office chose."""
    if norms["medium_rule_set"] == UNTIL_PAY_RULE:
        older = norms["medium_sanctions_until_pay_rule"].get(code)
        if older:
            return str(older["name_id"])
    return str(norms["sanctions"][code]["name_id"])


def remedy(code: str, norms: Norms) -> str:
    """Way against a decision: objection, or appeal against a dismissal."""
    return str(norms["remedies"][code])
