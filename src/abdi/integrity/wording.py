"""Words of the norms in the reader's language, and sentences of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from abdi.integrity.choices import Phase, SanctionLevel
from abdi.integrity.rules import Act
from abdi.platform.labels import label


def in_language(row: Mapping[str, Any], what: str) -> str:
    """`name` or `text` of a norm row in the reader's language."""
    code = "en" if (get_language() or "id").startswith("en") else "id"
    return str(row[f"{what}_{code}"])


def act_name(act: Act) -> str:
    """The name of an act in the reader's language."""
    return act.name_en if (get_language() or "id").startswith("en") else act.name_id


def sanction_of(act: Act) -> str:
    """What the lists attach to an act; the authority decides."""
    if not act.is_discipline:
        return _("moral sanction")
    if act.sanction in SanctionLevel.codes():
        return _("discipline: %(level)s") % {"level": label(act.sanction, SanctionLevel).lower()}
    return _("dismissal")


def phase_sentence(phase: Phase | None) -> str:
    """Where we are, in one sentence."""
    if phase is None:
        return _("No election is entered now. Taking sides stays forbidden, every day.")
    return _("Phase now: %(phase)s. Taking sides is forbidden before, during and after it.") % {
        "phase": label(phase).lower()
    }
