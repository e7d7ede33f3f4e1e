"""Numbers as the claim language writes them: exact terms, and decimals rounded on purpose.

Above: `findings`, `sheet`. Below: `outline`.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from symact.explain.shape.outline import Mark
from symact.language.printer import print_term
from symact.language.terms import Term, num
from symact.prover.numeric.evaluate import UNKNOWN, Program, precision
from symact.prover.numeric.simple_numbers import middle
from symact.prover.readable import readable


def decimal(value: Fraction, digits: int, up: bool) -> str:
    """The value with `digits` decimals, rounded up or down."""
    scale = 10**digits
    whole = -((-value * scale) // 1) if up else (value * scale) // 1
    number = int(whole)
    text = f"{abs(number):0{digits + 1}d}"
    head, tail = text[:-digits] if digits else text, text[-digits:] if digits else ""
    tail = tail.rstrip("0")
    return ("-" if number < 0 else "") + head + (f".{tail}" if tail else "")


def below(mark: Mark, digits: int) -> str:
    """The mark as text, or a decimal just below it."""
    return exact(mark) or decimal(mark.lower, digits, up=False)


def above(mark: Mark, digits: int) -> str:
    """The mark as text, or a decimal just above it."""
    return exact(mark) or decimal(mark.upper, digits, up=True)


def exact(mark: Mark) -> str:
    """The closed form of the mark, "" when it has none."""
    return "" if mark.exact is None else print_term(readable(mark.exact))


def about(mark: Mark, digits: int) -> str:
    """The mark for a person: its closed form, or decimals that are all right."""
    if mark.exact is not None:
        return exact(mark)
    return common(mark.lower, mark.upper, digits)


def common(lower: Fraction, upper: Fraction, digits: int) -> str:
    """The decimals that both ends have in common, with … behind them."""
    if upper < 0:
        return "-" + common(-upper, -lower, digits)
    first, second = (decimal(x, digits, up=False) for x in (lower, upper))
    shared = ""
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        shared += a
    return first if first == second == decimal(lower, digits, up=True) else shared.rstrip(".") + "…"


def enclosure(
    term: Term, values: dict[str, tuple[Fraction, Fraction]], digits: int
) -> tuple[Fraction, Fraction] | None:
    """An interval around the term's value for names anywhere in theirs; None without one."""
    with precision(int(3.4 * digits) + 128):
        point = {x: _ball(*ends) for x, ends in values.items()}
        (value,) = Program([term]).run(point)
        if value is None or value is UNKNOWN or not value.is_finite():
            return None
        centre, radius = middle(value), _upper(value.rad())
    return centre - radius, centre + radius


def _ball(lower: Fraction, upper: Fraction) -> arb:
    from symact.prover.numeric.simple_numbers import ball

    return ball(lower).union(ball(upper))


def _upper(radius: arb) -> Fraction:
    return middle(radius) * 2 if radius != 0 else Fraction(0)


def number(value: Fraction) -> str:
    """A rational number as the language writes it."""
    return print_term(num(value))
