"""How a figure and its place are named on the screen: `norm_words.yaml` for the reader's tongue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from abdi.platform.norms import value_at

FEW = 3


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Indonesian names: `modules`, `norms` (module.name) and `keys`; English is the code itself."""
    text = files("abdi.platform.norms").joinpath("norm_words.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found


def plain(code: str) -> str:
    """A code as an English reader reads it: `ack_minutes` → "Ack minutes"."""
    text = code.replace("_", " ").replace(".", ": ")
    return text[:1].upper() + text[1:]


def _named(group: str, key: str, code: str) -> str:
    english = (get_language() or "id").startswith("en")
    known = words()[group].get(key)
    if known and not english:
        return known
    return plain(code) if code.islower() or not known else known


def module_name(module: str) -> str:
    """What a module's figures are about."""
    return _named("modules", module, module)


def norm_name(module: str, name: str) -> str:
    """The name of a norm."""
    return _named("norms", f"{module}.{name}", name)


def source_name(source: str) -> str:
    """Where a figure comes from; the law's own name is the same in every tongue."""
    english = (get_language() or "id").startswith("en")
    known = source if english else words()["sources"].get(source, source)
    return known.replace(" Art. ", " Art. " if english else " Pasal ")


def step_name(value: Any, key: str) -> str:
    """One step of a path: the name its value carries, the word for it, or the code as it is."""
    if isinstance(value, Mapping):
        tongue = "name_en" if (get_language() or "id").startswith("en") else "name_id"
        named = value.get(tongue) or value.get("name_id") or value.get("key")
        if isinstance(named, str):
            return named
    if key.isdigit():
        return _("Row %(number)d") % {"number": int(key) + 1} if isinstance(value, Mapping) else key
    if not key.islower():
        return key
    return _named("keys", key, key)


def path_name(whole: Any, path: Sequence[str]) -> str:
    """The place inside a norm: "Darurat, waktu tanggap (menit)"; empty for the norm itself."""
    return ", ".join(step_name(value_at(whole, path[: at + 1]), key) for at, key in enumerate(path))


def shown(value: Any) -> str:
    """A figure as people read it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, list):
        known = all(not isinstance(one, str) or one in words()["keys"] for one in value)
        if len(value) > FEW and not known:
            return ngettext("%(count)d entry", "%(count)d entries", len(value)) % {
                "count": len(value)
            }
        return ", ".join(shown(one) for one in value) or "–"
    if isinstance(value, str):
        return _named("keys", value, value) if value in words()["keys"] else value
    return "–" if value is None else str(value)
