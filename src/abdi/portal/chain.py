"""The chain of a unit or service as sentences: each link a number, its base, its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from abdi.insight import queries as insight
from abdi.insight.choices import Step
from abdi.insight.queries import FigureView
from abdi.platform.labels import label
from abdi.platform.pages import formats

Targets = Mapping[str, int]


@dataclass(frozen=True)
class Link:
    """One link of the chain."""

    level: str
    title: str
    text: str
    url: str
    tone: str
    proof: str
    key: str


def number_of(view: FigureView) -> str:
    """The number as people read it: 91%, 4,2, or that it cannot be told."""
    if view.is_hidden:
        return _("not shown")
    if view.value is None:
        return _("cannot tell")
    if view.is_share:
        return formats.percent(view.value, _lang(), places=0 if view.value % 100 == 0 else 1)
    return formats.decimal(view.value, 2, _lang(), trim=False)


def _lang() -> str:
    return (get_language() or "id").split("-")[0]


def base_of(view: FigureView) -> str:
    """Of what: part and base in words."""
    base = view.base // 10_000 if view.meaning.key == "workload.load" else view.base
    words = _(view.meaning.base_words)
    if view.is_hidden:
        return _("hidden: too few people stand behind it")
    if view.value is None:
        return _("no %(what)s in this period") % {"what": words}
    if view.is_share and view.meaning.key != "workload.load":
        return _("%(part)s of %(base)s %(what)s") % {
            "part": formats.number(view.part, _lang()),
            "base": formats.number(base, _lang()),
            "what": words,
        }
    return f"{formats.number(base, _lang())} {words}"


def change_of(view: FigureView) -> str:
    """How it moved since the period before; empty where that cannot be told."""
    if view.value is None or view.before is None or view.before_base < insight.SMALL_BASE:
        return ""
    moved = view.value - view.before
    if moved == 0:
        return _("as before")
    amount = formats.decimal(abs(moved), 2, _lang())
    if view.is_share:
        words = _("up %(amount)s points") if moved > 0 else _("down %(amount)s points")
    else:
        words = _("up %(amount)s") if moved > 0 else _("down %(amount)s")
    return words % {"amount": amount}


def change_tone(view: FigureView) -> str:
    """green: it moved the right way; amber: the wrong way; empty where nothing moved."""
    return {True: "green", False: "amber", None: ""}[view.is_better]


def tone_of(view: FigureView, targets: Targets) -> str:
    """green: target kept, amber: near it, red: beyond; empty where nothing is told."""
    target = targets.get(view.meaning.key)
    if view.value is None or target is None or view.base == 0:
        return ""
    value, good = view.value, view.value >= target
    if not view.meaning.higher_is_better:
        good = value <= target
    if good:
        return "green"
    return "amber" if abs(value - target) * 10 <= target else "red"


STRENGTH = {
    "none": lambda: _("no rows yet"),
    "weak": lambda: _("few rows, read with care"),
    "fair": lambda: _("enough rows"),
    "strong": lambda: _("many rows"),
}


def links(
    chain: list[tuple[Step, list[FigureView]]], targets: Targets, urls: Mapping[str, str]
) -> list[Link]:
    """The links of the chain; of several figures of a step the one furthest off its target."""
    return [_link(step, _worst(views, targets), targets, urls) for step, views in chain if views]


def _worst(views: list[FigureView], targets: Targets) -> FigureView:
    rank = {"red": 0, "amber": 1, "green": 2, "": 3}
    return sorted(views, key=lambda view: rank[tone_of(view, targets)])[0]


def _link(step: Step, view: FigureView, targets: Targets, urls: Mapping[str, str]) -> Link:
    title = f"{_(view.meaning.title)}: {number_of(view)}"
    return Link(
        level=label(step),
        title=title,
        text=base_of(view),
        url=urls.get(view.meaning.key, ""),
        tone=tone_of(view, targets),
        proof=STRENGTH[view.strength](),
        key=view.meaning.key,
    )


def finding(chain_links: list[Link]) -> str:
    """The sentence at the top: the result, and the nearest cause that is out of its bounds."""
    result = chain_links[0]
    causes = [link for link in chain_links[1:] if link.tone in ("red", "amber")]
    if not result.tone:
        return _("Nothing can be told yet: there are no rows in this period")
    if result.tone == "green" and not causes:
        return _("The chain holds: results, process and people are within their bounds")
    if not causes:
        return _("%(result)s, and no cause stands out") % {"result": result.title}
    worst = sorted(causes, key=lambda link: link.tone != "red")[0]
    return _("%(result)s. Look first at this: %(cause)s") % {
        "result": result.title,
        "cause": worst.title,
    }


def period_words(start: date, end: date) -> str:
    """The period in words."""
    return f"{formats.date_short(start, _lang())} – {formats.date_short(end, _lang())}"


def count_words(count: int) -> str:
    """A count of reports in words."""
    return ngettext("One report", "%(num)s reports", count) % {
        "num": formats.number(count, _lang())
    }


def as_items(found: list[Link]) -> list[dict[str, Any]]:
    """The links as the chain part of the page wants them."""
    return [vars(link) for link in found]
