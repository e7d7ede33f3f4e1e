"""Terms of one variable: t = g(u) for a term u in the names, and the values that u can have.

    x itself      x + y, x - y, x y, x / y, an argument of a call      sin x, if x is in sin x only
    at an end at which the term is not analytic:                 1/(x - a), 1/(b - x), sqrt(x - a)

Above: `sign_tables`, `cuts`. Below: `table_search`, `builder`, `factoring`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.derivatives import depends, substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.forms import Generator
from symact.checker.region import Fact, Region
from symact.checker.signs import SIGNS
from symact.language.elementary import difference
from symact.language.terms import Term, add, call, fold, mul, name, num, postorder, power, rebuild
from symact.prover.algebra.factoring import term_of_form, term_of_polynomial
from symact.prover.builder import Builder, Show, Summands
from symact.prover.numeric.evaluate import BITS, Program, precision
from symact.prover.numeric.simple_numbers import middle, simplest
from symact.prover.tables.table_search import End

CLOSE = Fraction(1, 2**24)  # how far the rational end lies outside an irrational one
NARROW = Fraction(1, 2**10)  # the width of an interval for a single value
WITHIN_ONE = frozenset(("sin", "cos", "erf"))  # functions with values from -1 to 1
MAX_NAMES = 4
MAX_CANDIDATES = 12
MINUS_ONE = num(-1)


@dataclass(frozen=True)
class Reduction:
    """t = g(u): `name` = `back`(z) wherever z = u."""

    function: Term  # g, a term in `variable`
    variable: Term
    of: Term  # u
    name: Term
    back: Term


@dataclass(frozen=True)
class Bound:
    """u - end.value >= 0 (or <= 0) on the region, by these products."""

    end: End
    proof: Summands


def names_of(root: Term) -> list[str]:
    """The names in a term, sorted."""
    return sorted({t.value for t in postorder(root) if t.op == "name"})


# -- reductions -----------------------------------------------------------------------------------
def reductions(region: Region, term: Term) -> Iterator[Reduction]:
    """Ways to see the term as a function of one variable."""
    names = names_of(term)
    if len(names) == 1:
        x = name(names[0])
        yield Reduction(term, x, x, x, x)
    if not 0 < len(names) <= MAX_NAMES:
        return
    z = fresh_variable(names)
    yield from _inner(term, names, z)
    if len(names) == 1:
        return
    for of, x, back in islice(candidates(term, names, z), MAX_CANDIDATES):
        found = _reduced(region, term, Reduction(term, z, of, x, back))
        if found is not None:
            yield found
            return


def _inner(term: Term, names: list[str], z: Term) -> Iterator[Reduction]:
    """The value of a function that all names occur in only: exp(sin x) - sin x, say."""
    for node in postorder(term):
        if node.op == "call" and node is not term and names_of(node) == names:
            moved = _replaced(term, node, z)
            if names_of(moved) == [z.value]:
                yield Reduction(moved, z, node, z, z)
                return


def _replaced(root: Term, part: Term, by: Term) -> Term:
    def pick(node: Term, below: list[Term]) -> Term:
        return by if node is part else rebuild(node, below)

    return fold(root, pick)


def fresh_variable(names: list[str]) -> Term:
    """A name that is none of these."""
    return name(next(z for z in ("z", "z0", "z1", "z2", "z3", "z4") if z not in names))


def candidates(term: Term, names: list[str], z: Term) -> Iterator[tuple[Term, Term, Term]]:
    """(u, x, the x with u = z) for terms u that are affine in a name."""
    seen: set[Term] = set()
    for node in postorder(term):
        if node.op == "call" and node.args[0] not in seen and len(names_of(node.args[0])) > 1:
            seen.add(node.args[0])
            yield from solved(node.args[0], names, z)
    if len(names) == 2:
        x, y = map(name, names)
        yield mul(x, power(y, MINUS_ONE)), x, mul(z, y)
        yield add(x, mul(MINUS_ONE, y)), x, add(z, y)
        yield add(x, y), x, add(z, mul(MINUS_ONE, y))
        yield mul(x, y), x, mul(z, power(y, MINUS_ONE))


def solved(of: Term, names: list[str], z: Term) -> Iterator[tuple[Term, Term, Term]]:
    """The name x with u = c x + d, c a number or a product of the other names."""
    for which in names:
        x = name(which)
        at_zero, at_one = (substitute(of, x, num(k)) for k in (0, 1))
        if not depends(of, x) or not all(t.op in _RATIONAL for t in postorder(of)):
            continue
        slope = difference(at_one, at_zero)
        yield of, x, mul(add(z, mul(MINUS_ONE, at_zero)), power(slope, MINUS_ONE))
        return


_RATIONAL = frozenset(("num", "name", "const", "add", "mul", "pow"))


def _reduced(region: Region, term: Term, wanted: Reduction) -> Reduction | None:
    """The reduction with its g, if all other names cancel."""
    moved = transferred(region, term, wanted)
    if moved is None or names_of(moved) != [wanted.variable.value]:
        return None
    back = substitute(moved, wanted.variable, wanted.of)
    try:
        if not region.normal_form.equal(term, back):
            return None
    except (CannotJudge, Rejected):
        return None
    return Reduction(moved, wanted.variable, wanted.of, wanted.name, wanted.back)


def transferred(region: Region, term: Term, reduction: Reduction) -> Term | None:
    """The term with the name replaced, in the terms of its form; None when it has none."""
    if reduction.back is reduction.name:
        return term
    try:
        return term_of_form(region.normal_form.form(_put(region, term, reduction)))
    except (CannotJudge, Rejected):
        return None


def _put(region: Region, term: Term, reduction: Reduction) -> Term:
    """The term with x replaced, and u itself where it is a square root."""
    of, variable = reduction.of, reduction.variable
    if of.op == "call" and of.value[0] == "sqrt":

        def pick(node: Term, below: list[Term]) -> Term:
            same = node.op == "call" and node.value == of.value
            if same and region.normal_form.equal(node.args[0], of.args[0]):
                return variable
            return reduction.back if node is reduction.name else rebuild(node, below)

        return fold(term, pick)
    return substitute(term, reduction.name, reduction.back)


def changes(
    region: Region, term: Term, found: Reduction, at: Fraction, side: int
) -> Iterator[Reduction]:
    """Other variables for a term that is not analytic at an end: `side` is where u lies of it."""
    if found.name is found.variable and found.of is not found.name:
        return
    u, z = found.of, found.variable
    if found.of is found.name:
        z = fresh_variable([found.name.value])
    gap = difference(u, num(at)) if side > 0 else add(num(at), mul(MINUS_ONE, u))
    for of, inner in (
        (call("sqrt", gap), power(z, num(2))),
        (power(gap, MINUS_ONE), power(z, MINUS_ONE)),
    ):
        signed = inner if side > 0 else mul(MINUS_ONE, inner)
        moved = add(num(at), signed) if at else signed
        back = substitute(found.back, found.variable, moved)
        changed = _reduced(region, term, Reduction(term, z, of, found.name, back))
        if changed is not None:
            yield changed


# -- ranges ---------------------------------------------------------------------------------------
def bounds(region: Region, reduction: Reduction) -> tuple[Bound | None, Bound | None]:
    """The least interval around u that facts affine in u give."""
    lower: Bound | None = None
    upper: Bound | None = None
    for fact in region.facts:
        for side, bound in _bounds_of(region, fact, reduction):
            if side > 0 and (lower is None or bound.end.value > lower.end.value):
                lower = bound
            if side < 0 and (upper is None or bound.end.value < upper.end.value):
                upper = bound
    known = region.signs(reduction.of)
    zero = Bound(End(Fraction(0)), [])
    if known <= SIGNS[">="] and (lower is None or lower.end.value < 0):
        lower = zero
    if known <= SIGNS["<="] and (upper is None or upper.end.value > 0):
        upper = zero
    if reduction.of.op == "call" and reduction.of.value[0] in WITHIN_ONE:
        lower = lower or Bound(End(Fraction(-1)), [])
        upper = upper or Bound(End(Fraction(1)), [])
    if lower is not None and upper is not None and lower.end.value >= upper.end.value:
        upper = Bound(End(lower.end.value + NARROW), [])  # a single value, or none
    return lower, upper


def _bounds_of(region: Region, fact: Fact, reduction: Reduction) -> Iterator[tuple[int, Bound]]:
    """(1, lower bound) or (-1, upper bound) from a fact c u + d ρ 0 with constants c and d."""
    term, known = fact
    if known not in (*_ABOVE, *_BELOW, signs.ZERO) or not _may_bound(term, reduction):
        return
    split = affine(region, term, reduction)
    if split is None:
        return
    slope, rest = split
    turn = region.constants.sign(slope)
    if turn not in (signs.POSITIVE, signs.NEGATIVE):
        return
    constant = mul(MINUS_ONE, rest, power(slope, MINUS_ONE))
    constant = term_of_form(region.normal_form.form(constant))
    side = 1 if (known in _ABOVE) == (turn == signs.POSITIVE) else -1
    for where in (1, -1) if known == signs.ZERO else (side,):
        end = end_at(constant, where)
        if end is None:
            continue
        gap = difference(constant, num(end.value))
        proof: Summands = [(Fraction(1), [(slope, -1), (term, 1)])]
        if end.constant is not None:
            proof.append((Fraction(1), [(gap, 1)]))
        yield where, Bound(end, proof)


_ABOVE = (signs.POSITIVE, SIGNS[">="])
_BELOW = (signs.NEGATIVE, SIGNS["<="])


def _may_bound(term: Term, reduction: Reduction) -> bool:
    """Whether the names of the fact are among those of u."""
    names = names_of(term)
    return bool(names) and set(names) <= set(names_of(reduction.of))


def affine(region: Region, term: Term, reduction: Reduction) -> tuple[Term, Term] | None:
    """(c, d), constants with term = c u + d."""
    moved = transferred(region, term, reduction)
    if moved is None:
        return None
    form = region.normal_form.form(moved)
    if form.den:
        return None
    index = form.table.index(Generator("name", reduction.variable.value))
    slope: poly.Polynomial = {}
    rest: poly.Polynomial = {}
    for monomial, c in form.num.items():
        powers = dict(monomial)
        if powers.pop(index, None) == 1:
            slope[tuple(sorted(powers.items()))] = c
        else:
            rest[monomial] = c
    parts = [term_of_polynomial(p, form.table) if p else num(0) for p in (slope, rest)]
    if not slope or any(names_of(part) for part in parts):
        return None
    return parts[0], parts[1]


def end_at(constant: Term, side: int) -> End | None:
    """An end of an interval at the constant, or a little further out; side 1 for a lower one."""
    if constant.op == "num":
        return End(constant.value)
    with precision(BITS):
        (value,) = Program([constant]).run({})
    if value is None or not hasattr(value, "mid"):
        return None
    at = middle(value)
    below, above = (at - 2 * CLOSE, at - CLOSE) if side > 0 else (at + CLOSE, at + 2 * CLOSE)
    return End(simplest(below, above), constant, at)


def show_bound(builder: Builder, of: Term, bound: Bound, side: int, show: Show) -> bool:
    """Whether u - end >= 0 (<= 0 for side -1) is known, after adding the fact."""
    gap, relation = difference(of, num(bound.end.value)), ">=" if side > 0 else "<="
    if builder.region.holds(gap, relation):
        return True
    if bound.proof:
        builder.learn_products(gap, relation, bound.proof)
    return builder.region.holds(gap, relation) or show(builder, gap, relation, 0)
