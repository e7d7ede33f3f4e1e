"""Laws of sin, cos, atan and erf: odd functions, parts of a turn, sums of angles, reciprocals.

Above: `law_search`. Below: `sign_search`, `lowest_terms`.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement
from math import gcd

from symact.checker import polynomials as poly
from symact.checker.forms import Form
from symact.checker.laws import SINES
from symact.checker.polynomials import Monomial
from symact.language.elementary import difference, negative
from symact.language.terms import Term, add, call, mul, num, postorder, power
from symact.prover.algebra.factoring import term_of_form
from symact.prover.algebra.lowest_terms import form_of, reduced
from symact.prover.builder import Builder, written
from symact.prover.laws.power_laws import law_of_sqrt
from symact.prover.signs.sign_search import show

MAX_MULTIPLE = 24  # sin(k u) is expanded up to this k
MAX_ANGLES = 5  # values of atan in use of which sums of two are tried


# -- odd functions --------------------------------------------------------------------------------
def law_of_odd(builder: Builder, node: Term) -> None:
    """f(u) = -f(-u), so that u leads with a positive coefficient; values at 0; laws of atan."""
    form = form_of(builder, node.args[0])
    if form.is_zero():
        builder.law("value", node, multiple=0)
        return
    number = form.num.get(poly.ONE) if len(form.num) == 1 and not form.den else None
    if node.value[0] == "atan" and number is not None and abs(number) == 1:
        builder.law("value", node, multiple=int(number))
        return
    simple = reduced(builder, node.args[0])
    if simple is not None:
        law_of_odd(builder, call(node.value[0], simple))
        builder.law("congruence", node, to=written(simple))
        return
    if poly.leading(form.num) < 0:
        positive = term_of_form(-form)
        _laws_of_atan(builder, call(node.value[0], positive))
        builder.law("odd", node, to=written(positive))
        return
    _laws_of_atan(builder, node)


def _laws_of_atan(builder: Builder, node: Term) -> None:
    if node.value[0] == "atan" and node.args[0].op != "name":
        _sum_of_angles(builder, node) or _reciprocal(builder, node)


def _sum_of_angles(builder: Builder, node: Term) -> bool:
    """atan(u) = atan(v) + atan(w) for values in use, u (1 - v w) = v + w and 1 - v w > 0."""
    form = form_of(builder, node.args[0])
    angles = [g.argument for g in form.table.table if g.kind == "atan" and g.argument is not None]
    known = [term_of_form(a) for a in angles[:MAX_ANGLES] if a.key() != form.key()]
    for v, w in combinations_with_replacement([t for k in known for t in (k, negative(k))], 2):
        rest = difference(num(1), mul(v, w))
        gap = form * form_of(builder, rest) - form_of(builder, add(v, w))
        if gap.is_zero() and show(builder, rest, ">"):
            for turned in (v, w):
                if turned.op == "mul":
                    builder.law("odd", call("atan", turned), to=written(negative(turned)))
            return builder.law("atan-sum", node, left=written(v), right=written(w))
    return False


def _reciprocal(builder: Builder, node: Term) -> bool:
    """atan(u) = ±pi/2 - atan(1/u) for a u that is one over something."""
    form = form_of(builder, node.args[0])
    simple = len(form.num) == 1 and (form.den or any(e < 0 for m in form.num for _, e in m))
    if not simple or form.is_zero():
        return False
    inverse = term_of_form(form.inverse())
    if show(builder, inverse, ">") or show(builder, inverse, "<"):
        return builder.law("reciprocal", node, to=written(inverse))
    return False


# -- sin and cos ----------------------------------------------------------------------------------
Units = dict[tuple[Monomial, object], Fraction]


def trigonometric_units(builder: Builder, roots: list[Term]) -> Units:
    """For every monomial under sin or cos, the largest step that divides its multiples."""
    units: Units = {}
    for root in roots:
        for node in postorder(root):
            if node.op == "call" and node.value[0] in ("sin", "cos"):
                form = form_of(builder, node.args[0])
                for monomial, c in form.num.items():
                    place = monomial, frozenset(form.den.items())
                    units[place] = _common_step(units.get(place), abs(c))
                    if _is_arctangent(form, monomial):
                        units[place] = _common_step(units[place], Fraction(1))
    return units


def _is_arctangent(form: Form, monomial: Monomial) -> bool:
    return not form.den and [form.table.table[g].kind for g, _ in monomial] == ["atan"]


def _common_step(known: Fraction | None, value: Fraction) -> Fraction:
    if known is None:
        return value
    top = gcd(known.numerator * value.denominator, value.numerator * known.denominator)
    return Fraction(top, known.denominator * value.denominator)


def laws_of_sine(builder: Builder, argument: Term, units: Units) -> None:
    """sin and cos of Σ k u over the units u, by the addition law, one u at a time."""
    form = form_of(builder, argument)
    table = form.table
    if form.is_zero():
        _both(builder, argument, "value", multiple=0)
        return
    place = frozenset(form.den.items())
    pieces: list[tuple[Form, int]] = []
    for monomial, c in sorted(form.num.items()):
        step = units.get((monomial, place), abs(c))
        if (c / step).denominator != 1 or abs(c / step) > MAX_MULTIPLE:
            return
        pieces.append((Form(table, {monomial: step}, form.den), int(c / step)))
    _multiple_sum(builder, pieces)


def _multiple_sum(builder: Builder, pieces: list[tuple[Form, int]]) -> None:
    """Laws for sin and cos of Σ k u, innermost first."""
    whole = _sum_of(pieces)
    twelfths = _twelfths(builder, whole)
    if twelfths is not None:
        _both(builder, whole, "value", multiple=twelfths)
        return
    (unit, k), rest = pieces[-1], pieces[:-1]
    if not rest and k == 1:
        _of_arctangent(builder, unit)
        return
    if not rest and k == -1:
        positive = term_of_form(unit)
        _of_arctangent(builder, unit)
        builder.law("odd", call("sin", whole), to=written(positive))
        builder.law("even", call("cos", whole), to=written(positive))
        return
    step = 1 if k > 0 else -1
    smaller = [*rest, (unit, k - step)] if k != step else rest
    last = [(unit, step)]
    _multiple_sum(builder, last)
    _multiple_sum(builder, smaller)
    left, right = written(_sum_of(smaller)), written(_sum_of(last))
    _both(builder, whole, "sum", left=left, right=right)


def _of_arctangent(builder: Builder, unit: Form) -> None:
    """sin(atan v) = v / sqrt(1 + v^2), and cos."""
    argument = term_of_form(unit)
    if argument.op == "call" and argument.value[0] == "atan":
        root = add(num(1), power(argument.args[0], num(2)))
        if show(builder, root, ">"):
            _both(builder, argument, "inverse", to=written(argument.args[0]))
            law_of_sqrt(builder, call("sqrt", root))


def _sum_of(pieces: list[tuple[Form, int]]) -> Term:
    return add(
        *(term_of_form(Form(u.table, poly.scaled(u.num, Fraction(k)), u.den)) for u, k in pieces)
    )


def _twelfths(builder: Builder, argument: Term) -> int | None:
    """k with argument = k pi/12, when the sine and the cosine there are known."""
    form = form_of(builder, argument)
    if len(form.num) != 1 or form.den:
        return None
    ((monomial, c),) = form.num.items()
    alone = len(monomial) == 1 and monomial[0][1] == 1
    if not alone or form.table.table[monomial[0][0]].kind != "const":
        return None
    k = 12 * c
    known = k.denominator == 1 and all(min(m % 12, -m % 12) in SINES for m in (k, k + 6))
    return int(k) if known else None


def _both(builder: Builder, argument: Term, law: str, **premises: object) -> None:
    for function in ("sin", "cos"):
        builder.law(law, call(function, argument), **premises)
