"""Laws of floor: whole numbers taken out, and its value between two of them.

Above: `law_search`, `piece_search`, `cases`. Below: `sign_search`, `one_variable`, `evaluate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from math import floor

from symact.checker import polynomials as poly
from symact.checker.derivatives import depends, substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.floors import is_floor, whole_value
from symact.checker.forms import Form
from symact.checker.region import Region
from symact.checker.resolve import resolve
from symact.language.elementary import difference
from symact.language.terms import Term, call, num, postorder
from symact.prover.algebra.factoring import term_of_form
from symact.prover.algebra.lowest_terms import form_of
from symact.prover.algebra.variable_zeros import zeros_in
from symact.prover.builder import Builder, written
from symact.prover.numeric.evaluate import BITS, Program, precision
from symact.prover.numeric.simple_numbers import middle
from symact.prover.signs.one_variable import bounds, names_of, reductions
from symact.prover.signs.sign_search import show

NEAR = Fraction(1, 64)
FAR = 40
MAX_JUMPS = 24
SAMPLES = 8


# -- laws -----------------------------------------------------------------------------------------
def law_of_floor(builder: Builder, node: Term) -> None:
    """floor(u + k) = floor(u) + k for a whole number k; floor(u) = k for k <= u < k + 1."""
    form = form_of(builder, node.args[0])
    shift = form.num.get(poly.ONE, Fraction(0))
    whole = shift.numerator // shift.denominator
    if not whole or form.den:
        _settle(builder, node)
        return
    rest = poly.plus(form.num, poly.constant(Fraction(-whole)))
    argument = term_of_form(Form(form.table, rest, {}))
    _settle(builder, call("floor", argument))
    builder.law("shift", node, to=written(argument), by=whole)


def _settle(builder: Builder, node: Term) -> None:
    """floor(u) = k, if u seems to stay between k and k + 1, and that is shown."""
    whole = _common_floor(builder.region, node.args[0])
    if whole is None or whole_value(builder.region, node) is not None:
        return
    above = difference(num(whole + 1), node.args[0])
    if show(builder, difference(node.args[0], num(whole)), ">=") and show(builder, above, ">"):
        builder.law("floor", node, whole=whole)


def laws_under_derivatives(builder: Builder, roots: tuple[Term, ...]) -> None:
    """The laws of every floor in a derivative, at the point where it is taken."""
    for root in roots:
        for node in postorder(root):
            if node.op != "diff":
                continue
            body, variable, point = node.args
            for inner in postorder(body):
                if is_floor(inner) and depends(inner, variable):
                    with suppress(Rejected, CannotJudge):
                        there = substitute(inner, variable, point)
                        law_of_floor(builder, resolve(there, builder.region))


def _common_floor(region: Region, argument: Term) -> int | None:
    """The whole number below the argument at a few points of the region, if it is the same."""
    if not names_of(argument):
        found = _floors(argument, argument, [Fraction(0)])
        return found[0] if found else None
    for reduction in reductions(region, argument):
        lower, upper = bounds(region, reduction)
        ends = [None if bound is None else bound.end.value for bound in (lower, upper)]
        found = _floors(reduction.function, reduction.variable, list(_between(*ends)))
        if found and min(found) == max(found):
            return found[0]
    return None


def _between(lower: Fraction | None, upper: Fraction | None) -> Iterator[Fraction]:
    """Points between the ends, some of them close."""
    if lower is not None and upper is not None:
        yield from (lower + part * (upper - lower) for part in (NEAR, Fraction(1, 2), 1 - NEAR))
    elif lower is not None:
        yield from (lower + NEAR, lower + 1, lower + FAR)
    elif upper is not None:
        yield from (upper - NEAR, upper - 1, upper - FAR)
    else:
        yield from map(Fraction, (-FAR, 0, FAR))


def _floors(function: Term, variable: Term, points: list[Fraction]) -> list[int]:
    """The whole numbers below the function there; none if a value is missing."""
    program = Program([function])
    found = []
    with precision(BITS):
        for point in points:
            (value,) = program.run({variable.value: point} if variable.op == "name" else {})
            if value is None or not hasattr(value, "mid"):
                return []
            found.append(floor(middle(value)))
    return found


# -- jumps ----------------------------------------------------------------------------------------
def jumps_inside(
    region: Region, germ: Term, variable: Term, gap: tuple[Fraction, Fraction]
) -> list[Term]:
    """Where between two numbers the arguments of floors of the variable are whole numbers."""
    lower, upper = gap
    points = [lower + Fraction(i, SAMPLES) * (upper - lower) for i in range(SAMPLES + 1)]
    found: list[Term] = []
    for node in _open_floors(region, germ, variable):
        seen = _floors(node.args[0], variable, points)
        if seen and max(seen) - min(seen) < MAX_JUMPS:
            for whole in range(min(seen), max(seen) + 2):
                found.extend(zeros_of(region, node, variable, whole))
    return found


def zeros_of(region: Region, node: Term, variable: Term, whole: int) -> list[Term]:
    """Where the argument of the floor is this number, as far as that is found."""
    gap = difference(node.args[0], num(whole))
    return list(zeros_in(region.normal_form, gap, variable))


def _open_floors(region: Region, germ: Term, variable: Term) -> list[Term]:
    """The floors of the variable without a known value."""
    return [
        node
        for node in postorder(germ)
        if is_floor(node) and depends(node, variable) and whole_value(region, node) is None
    ]


def some_jumps(region: Region, body: Term, variable: Term) -> list[Term]:
    """A few places at which a floor in the body may jump."""
    found: list[Term] = []
    for node in postorder(body):
        if is_floor(node) and depends(node, variable):
            with suppress(Rejected, CannotJudge):
                for whole in (-1, 0, 1, 2):
                    found.extend(zeros_of(region, node, variable, whole))
    return list(dict.fromkeys(found))
