"""Words for rules: one definition answers for a single value and for a whole column.

A rule marked `@formula` takes whole numbers (shares in ten-thousandths, points in hundredths,
time in minutes, money in rupiah) or text codes. Given plain values it answers at once; given
Ibis columns it becomes one SQL expression. Nothing here imports an engine unless a column comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from abdi.platform.inputs import Spec

F = TypeVar("F", bound=Callable[..., Any])

LARGEST_EXACT = 2**53
"""Engines divide through doubles; products in a formula stay below this to stay exact."""


@dataclass(frozen=True)
class Between:
    """Domain of a whole-number input: from `low` to `high`, both included."""

    low: int
    high: int


class OneOf:
    """Domain of a text input: one of these codes."""

    def __init__(self, *codes: str) -> None:
        self.codes = tuple(str(code) for code in codes)


def _column(*values: Any) -> bool:
    return any(hasattr(value, "op") for value in values)


def when(condition: Any, then: Any, otherwise: Any) -> Any:
    """`then` where the condition holds, else `otherwise`."""
    if _column(condition, then, otherwise):
        import ibis

        return ibis.cases((condition, then), else_=otherwise)
    return then if condition else otherwise


def at_most(value: Any, limit: Any) -> Any:
    """The value, cut at `limit` from above."""
    return when(value > limit, limit, value)


def at_least(value: Any, floor: Any) -> Any:
    """The value, raised to `floor` where it is below."""
    return when(value < floor, floor, value)


def clamp(value: Any, low: Any, high: Any) -> Any:
    """The value, kept from `low` to `high`."""
    return at_least(at_most(value, high), low)


def halves_up(part: Any, whole: Any) -> Any:
    """part / whole to the nearest whole number, a half goes up.

    part >= 0, whole > 0 and 2 * part + whole < 2**53 (LARGEST_EXACT) for columns.
    """
    result = (part * 2 + whole) // (whole * 2)
    return result.cast("int64") if _column(result) else result


def rounded_up(part: Any, whole: Any) -> Any:
    """part / whole, any rest counts as one more. part >= 0, whole > 0."""
    result = (part + whole - 1) // whole
    return result.cast("int64") if _column(result) else result


def permyriad(part: Any, whole: Any, if_zero: Any) -> Any:
    """Share of `part` in `whole` in ten-thousandths; `if_zero` where there is no whole."""
    if not _column(part, whole):  # a CASE divides only in the rows it gets to; Python must not
        return if_zero if whole == 0 else halves_up(part * 10_000, whole)
    return when(whole == 0, if_zero, halves_up(part * 10_000, whole))


def band(value: Any, *steps: tuple[Any, Any], otherwise: Any) -> Any:
    """Label of the first step whose lower bound the value reaches; steps go from high to low."""
    if _column(value):
        import ibis

        if not steps:
            return ibis.literal(otherwise)
        return ibis.cases(*[(value >= low, label) for low, label in steps], else_=otherwise)
    return next((label for low, label in steps if value >= low), otherwise)


def choose(value: Any, table: Mapping[str, Any], otherwise: Any) -> Any:
    """What the table gives for a code; `otherwise` for a code it does not know."""
    pairs = [(str(code), answer) for code, answer in table.items()]
    if _column(value, *(answer for _, answer in pairs), otherwise):
        import ibis

        return ibis.cases(*[(value == code, answer) for code, answer in pairs], else_=otherwise)
    return next((answer for code, answer in pairs if value == code), otherwise)


def steps_of(
    rows: Iterable[Mapping[str, Any]], label: str, low: str = "min", scale: int = 1
) -> list[tuple[int, Any]]:
    """Rows of a norm as steps for `band`, highest first; `scale` 100 makes hundredths."""
    found = [(in_units(row[low], scale), row[label]) for row in rows]
    return sorted(found, key=lambda step: step[0], reverse=True)


def in_units(figure: Decimal | int, scale: int) -> int:
    """A figure of a norm in whole units: 80 points in hundredths (scale 100) are 8000."""
    return int(figure * scale)


def rounded(value: Fraction | Decimal | int, decimals: int = 0) -> Decimal:
    """An exact value as a decimal, half up (away from zero), rounded this once."""
    exact = Fraction(value) * 10**decimals
    units = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    signed = -units if exact < 0 else units
    return Decimal(signed).scaleb(-decimals) if decimals else Decimal(signed)


FORMULAS: list[Callable[..., Any]] = []
"""Every rule marked `@formula`, in the order of import; the parity test walks it."""


def formula(rule: F) -> F:
    """Mark a rule that must give one answer for a value and for a column."""
    FORMULAS.append(rule)
    return rule


@dataclass(frozen=True)
class Named:
    """A rule that `abdi formula` lists, shows and runs."""

    name: str
    run: Callable[..., Mapping[str, Any]]
    summary: str
    inputs: Mapping[str, Spec]
    outputs: Mapping[str, str]
    source: str
    verified: bool
    example: tuple[Mapping[str, Any], Mapping[str, Any]]
    norms: Sequence[str]
    version: int

    @property
    def module(self) -> str:
        """The module whose rule it is: `abdi.people.rules` belongs to people."""
        return self.run.__module__.split(".")[1]


NAMED: dict[str, Named] = {}
"""Every named rule by its name (facts call it `skp.predicate` and so on)."""


def named(
    name: str,
    *,
    inputs: Mapping[str, Spec],
    outputs: Mapping[str, str],
    source: str,
    verified: bool,
    example: tuple[Mapping[str, Any], Mapping[str, Any]],
    norms: Sequence[str] = (),
    version: int = 1,
) -> Callable[[F], F]:
    """Declare a rule under the name by which `abdi formula` runs it.

    `inputs` says how each value is read from JSON, `outputs` what comes back with its unit,
    `example` is a worked case (inputs, outputs) that a test runs, `norms` the modules whose
    dated figures it needs. The function is called with the read inputs by name, `norms`
    (a mapping from module to its figures) and `today`.
    """

    def keep(rule: F) -> F:
        if name in NAMED:
            raise ValueError(f"formula {name} is declared twice")
        summary = (rule.__doc__ or "").strip().split("\n")[0]
        NAMED[name] = Named(
            name, rule, summary, inputs, outputs, source, verified, example, norms, version
        )
        return rule

    return keep
