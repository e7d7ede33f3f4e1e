"""The search for laws: every log, sqrt, exp, erf, atan, sin and cos of a term brought to one form.

Arguments are factored, split into monomials or turned around, so that equal values get equal forms.

Above: `cases`. Below: `sign_search`, `builder`, `factoring`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd

from symact.checker import polynomials as poly
from symact.checker.forms import Form
from symact.checker.obligations import NEEDS
from symact.checker.polynomials import Monomial
from symact.language.terms import Term, add, call, mul, num, postorder, power
from symact.prover.builder import Builder, written
from symact.prover.factoring import (
    Factored,
    factor_form,
    prime_factors,
    term_of_form,
    term_of_monomial,
    term_of_polynomial,
)
from symact.prover.sign_search import exponential_of_logarithm, show

MAX_MULTIPLE = 24  # sin(k u) is expanded up to this k


class Undefined(Exception):
    """A domain obligation, `term relation 0`, that could not be shown."""

    def __init__(self, term: Term, relation: str) -> None:
        super().__init__("domain not shown")
        self.term, self.relation = term, relation


def prepare(builder: Builder, roots: list[Term]) -> None:
    """Shows every domain obligation of these resolved terms, and adds the laws their functions call
    for, innermost first. Fails with Undefined.
    """
    units: _Units | None = None
    done: set[Term] = set()
    for root in roots:
        for node in postorder(root):
            if node in done:
                continue
            done.add(node)
            _require_domain(builder, node)
            if node.op != "call":
                continue
            rule = _RULES.get(node.value[0])
            if rule is not None:
                rule(builder, node)
            elif node.value[0] in ("sin", "cos"):
                units = _trigonometric_units(builder, roots) if units is None else units
                _trigonometric(builder, node.args[0], units)


def _require_domain(builder: Builder, node: Term) -> None:
    """The node's own obligation."""
    if node.op == "pow" and node.args[1].value < 0:
        needed, relation = node.args[0], "!="
    elif node.op == "call" and node.value[0] in NEEDS:
        needed, relation = node.args[0], NEEDS[node.value[0]]
    else:
        return
    if not show(builder, needed, relation):
        raise Undefined(needed, relation)


def _form(builder: Builder, term: Term) -> Form:
    return builder.region.normal_form.form(term)


def _is_bare(builder: Builder, node: Term) -> bool:
    """Whether the function's argument is a single name: then no law is needed."""
    return node.args[0].op == "name"


# -- log, sqrt, exp -------------------------------------------------------------------------------
def _log(builder: Builder, node: Term) -> None:
    """log(exp(w) Π f^k) = w + Σ k log f."""
    form = _form(builder, node.args[0])
    if form.is_zero() or _is_bare(builder, node):
        return
    found = factor_form(form)
    if found is None:
        return
    exponent, factors = _positive_factors(builder, found)
    if factors is None:
        return
    if _is_zero_term(exponent) and len(factors) == 1:
        inverse = _inverse_of_known(builder, factors[0][0])
        if inverse is not None:
            factors = [(inverse, -factors[0][1])]
    trivial = len(factors) == 1 and factors[0][1] == 1 and _is_zero_term(exponent)
    if trivial and _form(builder, factors[0][0]).key() == form.key():
        return
    builder.law(
        "log", node, exp=written(exponent), factors=[[written(t), k] for t, k in _halves(factors)]
    )


def _halves(factors: list[tuple[Term, int]]) -> list[tuple[Term, int]]:
    """The factors with exponents counted in halves, square roots opened."""
    return [
        (t.args[0], k) if t.op == "call" and t.value[0] == "sqrt" else (t, 2 * k) for t, k in factors
    ]


def _inverse_of_known(builder: Builder, factor: Term) -> Term | None:
    """A v with factor · v = 1 whose logarithm is already in use: log(sqrt(x^2 + 1) - x), say."""
    form = _form(builder, factor)
    for generator in form.table.table:
        if generator.kind == "log" and generator.argument is not None:
            product = form * generator.argument
            if (product - form.table.number(Fraction(1))).is_zero():
                return term_of_form(generator.argument)
    return None


def _is_zero_term(term: Term) -> bool:
    return term.op == "num" and term.value == 0


def _positive_factors(
    builder: Builder, found: Factored
) -> tuple[Term, list[tuple[Term, int]] | None]:
    """(w, [(f, k)]) with the factored form = exp(w) Π f^k and every f shown positive."""
    table = builder.region.normal_form.generators
    exponents: list[Term] = []
    factors: list[tuple[Term, int]] = []
    negative = found.scale < 0
    for generator, e in found.monomial:
        kind, argument = table.table[generator].kind, table.table[generator].argument
        if kind == "exp" and argument is not None:
            exponents.append(term_of_form(Form(table, poly.scaled(argument.num, e), argument.den)))
            continue
        if e.denominator != 1:
            return num(0), None
        factors.append((term_of_monomial(((generator, Fraction(1)),), Fraction(1), table), int(e)))
    factors += [(term_of_polynomial(p, table), k) for p, k in found.factors]
    oriented: list[tuple[Term, int]] = []
    for factor, k in factors:
        if show(builder, factor, ">"):
            oriented.append((factor, k))
        elif show(builder, factor, "<"):
            flipped = term_of_form(-_form(builder, factor))
            oriented.append((flipped, k))
            negative ^= bool(k % 2)
        else:
            return num(0), None
    if negative:
        return num(0), None
    scale = abs(found.scale)
    for number, sign in ((scale.numerator, 1), (scale.denominator, -1)):
        oriented += [(num(p), sign * k) for p, k in prime_factors(number)]
    return add(*exponents) if exponents else num(0), oriented


def _sqrt(builder: Builder, node: Term) -> None:
    """sqrt(h^2 Π f) = h Π sqrt f."""
    form = _form(builder, node.args[0])
    if _is_bare(builder, node):
        return
    if form.is_zero():
        builder.law("sqrt", node, outer="0", inner=[])
        return
    found = factor_form(form)
    if found is None:
        return
    table = builder.region.normal_form.generators
    outer: list[Term] = []
    inner: list[Term] = []
    joined: list[Term] = []  # factors without a known sign stay under one root
    scale = found.scale
    pieces: list[tuple[Term, Fraction]] = [
        (term_of_monomial(((g, Fraction(1)),), Fraction(1), table), e) for g, e in found.monomial
    ] + [(term_of_polynomial(p, table), Fraction(k)) for p, k in found.factors]
    for piece, e in pieces:
        if piece.op == "call" and piece.value[0] == "exp":
            half = mul(num(e / 2), piece.args[0])
            outer.append(call("exp", half))
            continue
        half, rest = divmod(int(e), 2)
        sign = 1
        if half % 2 or rest:
            if show(builder, piece, ">="):
                sign = 1
            elif show(builder, piece, "<="):
                sign = -1
            elif rest and not half % 2:
                sign = 0
            else:
                return
        if sign < 0:
            piece = term_of_form(-_form(builder, piece))
            scale = -scale if rest else scale
        if half:
            outer.append(power(piece, num(half)))
        if rest:
            (inner if sign else joined).append(piece)
    if scale < 0:
        if not joined:
            return
        joined[0], scale = term_of_form(-_form(builder, joined[0])), -scale
    for number, top in ((scale.numerator, True), (scale.denominator, False)):
        for prime, k in prime_factors(number):
            if k // 2 or (k % 2 and not top):
                whole = k // 2 + (k % 2 and not top)
                outer.append(num(Fraction(prime) ** (whole if top else -whole)))
            if k % 2:
                inner.append(num(prime))
    if joined:
        inner.append(mul(*joined))
    for part in (mul(*outer), *inner):
        show(builder, part, ">=")
    if not outer and len(inner) == 1 and _form(builder, inner[0]).key() == form.key():
        return
    builder.law(
        "sqrt", node, outer=written(mul(*outer)), inner=[written(t) for t in inner]
    )


def _exp(builder: Builder, node: Term) -> None:
    """exp(w + Σ k log f) = exp(w) Π f^k for whole k; other arguments in lowest terms."""
    form = _form(builder, node.args[0])
    if form.den:
        _congruence(builder, node)
        return
    exponential_of_logarithm(builder, node, form)


# -- odd functions --------------------------------------------------------------------------------
def _congruence(builder: Builder, node: Term) -> None:
    """f(u) with u in lowest terms."""
    reduced = _lowest_terms(builder, node.args[0])
    if reduced is not None:
        builder.law("congruence", node, to=written(reduced))


def _lowest_terms(builder: Builder, argument: Term) -> Term | None:
    """The argument with common factors divided out, if that changes its form."""
    form = _form(builder, argument)
    if not form.den:
        return None
    found = factor_form(form)
    if found is None:
        return None
    table = form.table
    factors = [power(term_of_polynomial(p, table), num(k)) for p, k in found.factors]
    reduced = mul(term_of_monomial(found.monomial, found.scale, table), *factors)
    return None if _form(builder, reduced).key() == form.key() else reduced


def _odd(builder: Builder, node: Term) -> None:
    """f(u) = -f(-u), so that the leading coefficient of u is positive; atan(u) = ±pi/2 - atan(1/u)."""
    function, argument = node.value[0], node.args[0]
    form = _form(builder, argument)
    if form.is_zero():
        builder.law("value", node, multiple=0)
        return
    number = form.num.get(poly.ONE) if len(form.num) == 1 and not form.den else None
    if function == "atan" and number is not None and abs(number) == 1:
        builder.law("value", node, multiple=int(number))
        return
    _congruence(builder, node)
    if poly.leading(form.num) < 0:
        positive = term_of_form(-form)
        _reciprocal(builder, call(function, positive))
        builder.law("odd", node, to=written(positive))
        return
    _reciprocal(builder, node)


def _reciprocal(builder: Builder, node: Term) -> None:
    """atan(u) through atan(1/u), when that one already stands for a value in the claim."""
    if node.value[0] != "atan" or node.args[0].op in ("name", "num"):
        return
    form = _form(builder, node.args[0])
    simple = len(form.num) == 1 and (form.den or any(e < 0 for m in form.num for _, e in m))
    if not simple:
        return
    inverse = term_of_form(form.inverse())
    if show(builder, inverse, ">") or show(builder, inverse, "<"):
        builder.law("reciprocal", node, to=written(inverse))


# -- sin and cos ----------------------------------------------------------------------------------
_Units = dict[tuple[Monomial, object], Fraction]


def _trigonometric_units(builder: Builder, roots: list[Term]) -> _Units:
    """For every monomial under sin or cos, the largest step of which all its multiples are whole."""
    units: _Units = {}
    for root in roots:
        for node in postorder(root):
            if node.op == "call" and node.value[0] in ("sin", "cos"):
                form = _form(builder, node.args[0])
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


def _trigonometric(builder: Builder, argument: Term, units: _Units) -> None:
    """sin and cos of Σ k u over the units u, by the addition law, one u at a time."""
    form = _form(builder, argument)
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
    quarter = _quarter_turns(builder, whole)
    if quarter is not None:
        _both(builder, whole, "value", multiple=quarter)
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
            _sqrt(builder, call("sqrt", root))


def _sum_of(pieces: list[tuple[Form, int]]) -> Term:
    return add(
        *(term_of_form(Form(u.table, poly.scaled(u.num, Fraction(k)), u.den)) for u, k in pieces)
    )


def _quarter_turns(builder: Builder, argument: Term) -> int | None:
    """k with argument = k pi/2, if there is one."""
    form = _form(builder, argument)
    if len(form.num) != 1 or form.den:
        return None
    ((monomial, c),) = form.num.items()
    alone = len(monomial) == 1 and monomial[0][1] == 1
    if not alone or form.table.table[monomial[0][0]].kind != "const":
        return None
    return int(2 * c) if (2 * c).denominator == 1 else None


def _both(builder: Builder, argument: Term, law: str, **premises: object) -> None:
    for function in ("sin", "cos"):
        builder.law(law, call(function, argument), **premises)


def _floor(builder: Builder, node: Term) -> None:
    """floor(u + k) = floor(u) + k for a whole number k."""
    form = _form(builder, node.args[0])
    shift = form.num.get(poly.ONE, Fraction(0))
    whole = shift.numerator // shift.denominator
    if whole and not form.den:
        rest = poly.plus(form.num, poly.constant(Fraction(-whole)))
        argument = term_of_form(Form(form.table, rest, {}))
        builder.law("shift", node, to=written(argument), by=whole)


_RULES: dict[str, Callable[[Builder, Term], None]] = {
    "log": _log,
    "sqrt": _sqrt,
    "exp": _exp,
    "erf": _odd,
    "atan": _odd,
    "floor": _floor,
}
