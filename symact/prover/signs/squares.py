"""Signs by squares: completing them one after another, and conjugates of square roots.

    p = Σ a_i h_i^2 + rest,  a_i > 0
    p = a + b s, s = sqrt(u):   p = (p^2 + q) / (2 b s)  with q = b^2 u - a^2
                                p = -q / (a - b s)

Above: `sign_search`. Below: `builder`, `factoring`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.polynomials import Monomial, Polynomial
from symact.checker.signs import SIGNS
from symact.language.terms import Term, mul, num
from symact.prover.algebra.factoring import term_of_monomial, term_of_polynomial
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Factors, Show, Summands
from symact.prover.positivity.positive_facts import sign_of_product

HALF = Fraction(1, 2)
LONGEST = 40  # monomials: completing squares in a longer sum takes seconds, and finds nothing


def show_by_squares(
    builder: Builder, polynomial: Polynomial, term: Term, _show: Show, _depth: int
) -> bool:
    """±p = Σ a_i h_i^2 + rest, with what is left of one known sign."""
    table = builder.region.normal_form.generators
    if len(polynomial) > LONGEST:
        return False
    for scale in (1, -1):
        squares, rest = _completed({m: c * scale for m, c in polynomial.items()})
        if not squares:
            continue
        summands: Summands = [(a * scale, [(term_of_polynomial(h, table), 2)]) for a, h in squares]
        known = [SIGNS[">="]] * len(squares)
        for monomial, c in rest.items():
            piece = term_of_monomial(monomial, Fraction(1), table)
            summands.append((c * scale, [(piece, 1)]))
            known.append(signs.multiplied(signs.of_number(c), builder.region.signs(piece)))
        total = signs.added(known)
        if total and total <= SIGNS[">="]:
            sign = total if scale > 0 else signs.negated(total)
            return builder.learn_products(term, NAMES_OF_SIGNS[sign], summands)
    return False


def _completed(polynomial: Polynomial) -> tuple[list[tuple[Fraction, Polynomial]], Polynomial]:
    """([(a, h)], rest) with p = Σ a h^2 + rest and a > 0."""
    squares: list[tuple[Fraction, Polynomial]] = []
    rest = dict(polynomial)
    for _ in range(len(polynomial)):
        root = _next_root(rest)
        if root is None:
            break
        lead = rest[poly.times(root, root)]
        inverse = poly.raised(root, -1)
        half = {
            poly.times(m, inverse): c / (2 * lead) for m, c in rest.items() if _is_cross(m, root)
        }
        half[root] = Fraction(1)
        rest = poly.plus(rest, poly.scaled(poly.product(half, half), lead), Fraction(-1))
        squares.append((lead, half))
    return squares, rest


def _next_root(polynomial: Polynomial) -> Monomial | None:
    """A monomial whose square is a term with positive coefficient, with cross terms to absorb."""
    for monomial, c in sorted(polynomial.items(), reverse=True):
        root = tuple((g, e / 2) for g, e in monomial)
        if monomial and c > 0 and all(e.denominator == 1 for _, e in root):
            if any(_is_cross(m, root) for m in polynomial):
                return root
    return None


def _is_cross(monomial: Monomial, root: Monomial) -> bool:
    """Whether monomial = root · (something of lower degree, with whole exponents >= 0)."""
    quotient = dict(poly.times(monomial, poly.raised(root, -1)))
    whole = all(e >= 0 and e.denominator == 1 for e in quotient.values())
    return whole and all(quotient.get(g, Fraction(0)) < e for g, e in root)


def show_as_written(builder: Builder, term: Term, relation: str) -> bool:
    """Whether `term relation 0` follows from the summands as they are written."""
    if term.op != "add":
        return False
    summands = [_factors_of(t) for t in _flat(term, "add")]
    known = signs.added(sign_of_product(builder, c, factors) for c, factors in summands)
    if not known <= SIGNS[relation] or known not in NAMES_OF_SIGNS:
        return False
    return builder.learn_products(term, NAMES_OF_SIGNS[known], summands)


def _flat(term: Term, op: str) -> Iterator[Term]:
    """The summands or factors of a term, in order."""
    if term.op != op:
        yield term
        return
    for arg in term.args:
        yield from _flat(arg, op)


def _factors_of(term: Term) -> tuple[Fraction, Factors]:
    """A product as a number and powers."""
    scale, factors = Fraction(1), []
    for factor in _flat(term, "mul"):
        if factor.op == "num":
            scale *= factor.value
        elif factor.op == "pow" and factor.args[1].op == "num":
            factors.append((factor.args[0], int(factor.args[1].value)))
        else:
            factors.append((factor, 1))
    return scale, factors


def show_by_conjugate(
    builder: Builder, polynomial: Polynomial, term: Term, show: Show, depth: int
) -> bool:
    """a + b sqrt(u), by the sign of b^2 u - a^2."""
    table = builder.region.normal_form.generators
    roots = sorted({g for m in polynomial for g, _ in m if table.table[g].kind == "sqrt"})
    for root in roots:
        with_root = {m for m in polynomial if any(g == root for g, _ in m)}
        flipped = {m: -c if m in with_root else c for m, c in polynomial.items()}
        conjugate = term_of_polynomial(flipped, table)
        norm = _plain(builder, mul(term, conjugate))
        slope = {m: c for m, c in polynomial.items() if m in with_root}
        if _by_norm(builder, term, term_of_polynomial(slope, table), norm, (show, depth)):
            return True
        if builder.region.signs(conjugate) not in (signs.POSITIVE, signs.NEGATIVE):
            continue
        if any(show(builder, norm, relation, depth + 1) for relation in (">", "<")):
            known = signs.multiplied(builder.region.signs(norm), builder.region.signs(conjugate))
            quotient: Factors = [(norm, 1), (conjugate, -1)]
            return builder.learn_products(term, NAMES_OF_SIGNS[known], [(Fraction(1), quotient)])
    return False


def _by_norm(
    builder: Builder, term: Term, part: Term, norm: Term, search: tuple[Show, int]
) -> bool:
    """p = (p^2 + q) / (2 b s) for the part b s of known sign and q = -norm > 0."""
    known = builder.region.signs(part)
    if known not in (signs.POSITIVE, signs.NEGATIVE):
        return False
    show, depth = search
    negative = _plain(builder, mul(num(-1), norm))
    if not show(builder, negative, ">", depth + 1):
        return False
    summands: Summands = [
        (HALF, [(part, -1), (term, 2)]),
        (HALF, [(part, -1), (negative, 1)]),
    ]
    return builder.learn_products(term, NAMES_OF_SIGNS[known], summands)


def _plain(builder: Builder, term: Term) -> Term:
    """The term multiplied out, when it is a polynomial in the generators."""
    form = builder.region.normal_form.form(term)
    return term if form.den or form.is_zero() else term_of_polynomial(form.num, form.table)
