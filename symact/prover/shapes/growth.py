"""How a function grows, or what it tends to, towards the ends of a domain: envelopes to be proved.

Above: `property_proofs`, `property_denials`. Below: `setting`, `graph_samples`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil, log, log2, sqrt

from symact.checker.derivatives import substitute
from symact.checker.limits import approach
from symact.language.properties import Domain
from symact.language.terms import Term, name
from symact.prover.builder import Entry
from symact.prover.numeric.graph_samples import Graph, constant
from symact.prover.shapes.setting import Setting

START = 2
RATES: list[tuple[list[str | int], Callable[[float], float]]] = [
    (["power", 1], lambda y: y),
    (["root"], sqrt),
    (["log"], log),
]
FAR = [Fraction(2**k) for k in range(2, 14)]
ENOUGH = 4  # values that are wanted before growth is believed in
STEADY = 0.6  # how much of a rate has to be left, eight times as far out, to be called growth
SMALL = 1e-6


def growths(setting: Setting, part: Domain) -> Iterator[tuple[str, Entry]]:
    """(toward, entry) for the ends of the part at which the function seems to grow."""
    for toward, k in _approaches(part):
        for entry in growth(setting, k):
            yield toward, entry


def growth(setting: Setting, k: Callable[[Term], Term]) -> Iterator[Entry]:
    """Envelopes from below of ±f(k(y)), with empty proofs."""
    values = _along(setting, k)
    if len(values) < ENOUGH:
        return
    sign = 1 if values[-1][1] > 0 else -1
    for rate, h in RATES:
        ratios = [sign * value / h(y) for y, value in values]
        if ratios[-1] < STEADY * ratios[-4] or ratios[-1] < SMALL:
            continue
        start = next((y for (y, _), r in zip(values, ratios, strict=True) if r > 0), values[-1][0])
        scale = _simple(min(r for (y, _), r in zip(values, ratios, strict=True) if y >= start) / 2)
        if scale:
            yield {
                "name": setting.fresh(),
                "from": str(max(START, ceil(start))),
                "scale": str(scale),
                "rate": rate,
                "sign": sign,
                "proof": {},
            }


def limits_toward(setting: Setting, part: Domain, value: Term) -> Iterator[tuple[str, Entry]]:
    """(toward, entry) for the ends of the part at which the function seems to tend to the value."""
    for toward, k in _approaches(part):
        for entry in limit(setting, k, value):
            yield toward, entry


def limit(setting: Setting, k: Callable[[Term], Term], value: Term) -> Iterator[Entry]:
    """Envelopes of f(k(y)) around the value, with empty proofs."""
    wanted = constant(value)
    if wanted is None:
        return
    values = [(y, abs(v - wanted)) for y, v in _along(setting, k)]
    if not values or values[-1][1] > 0.2:
        return
    for rate, h in RATES:
        scaled = [gap * h(y) for y, gap in values]
        if scaled[-1] > 2 * max(scaled[:4]) + SMALL:
            continue
        yield {
            "name": setting.fresh(),
            "from": str(START),
            "scale": str(ceil(max(scaled) * 1.25 + SMALL)),
            "rate": rate,
            "below": {},
            "above": {},
        }
        return


def _along(setting: Setting, k: Callable[[Term], Term]) -> list[tuple[float, float]]:
    """(y, f(k(y))) for large y, where there are values."""
    y = name("y'")
    of = setting.numbers
    graph = Graph(substitute(of.body, of.variable, k(y)), y, Domain())
    found = [(float(at), graph.at(at).number()) for at in FAR]
    return [(at, value) for at, value in found if value is not None]


def _approaches(part: Domain) -> list[tuple[str, Callable[[Term], Term]]]:
    lower = approach("-oo") if part.lower is None else approach("+", part.lower)
    upper = approach("oo") if part.upper is None else approach("-", part.upper)
    return [("lower", lower), ("upper", upper)]


def _simple(value: float) -> Fraction:
    """A power of 2 at or below a positive value."""
    return Fraction(2) ** int(log2(value) // 1) if value > 0 else Fraction(0)
