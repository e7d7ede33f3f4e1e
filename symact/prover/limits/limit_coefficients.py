"""Limits of sums Σ m_i g_i(y) in which the other names are in the coefficients m_i alone.

    |g_i| <= C_i / h(y)  for all i    gives    |Σ m_i g_i| <= (Σ C_i |m_i|) / h(y)

For an m of unknown sign 1 + m^2 stands for |m|, by w (1 + m^2) + m g = (w + g/2) (1 + m)^2 / 2 +
(w - g/2) (1 - m)^2 / 2.

Above: `limit_search`. Below: `far_out`, `asymptotics`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.forms import Form
from symact.checker.polynomials import Key, Monomial, Polynomial
from symact.language.elementary import difference
from symact.language.terms import Term, add, mul, num, power
from symact.prover.algebra.factoring import term_of_form, term_of_monomial
from symact.prover.builder import Builder, Entry, Summands
from symact.prover.limits.asymptotics import behaviour
from symact.prover.limits.far_out import Far, NotShown, names_of

RATES = ("power", "root", "log")  # fast ones first
MAX_PARTS = 12


@dataclass(frozen=True)
class Part:
    """m g(y) with |g| h(y) <= bound; `sign` is that of m, 0 if it is not known."""

    coefficient: Term
    sign: int
    function: Term
    bound: Fraction

    def size(self) -> Term:
        """|m|, or 1 + m^2."""
        if self.sign:
            return self.coefficient if self.sign > 0 else mul(num(-1), self.coefficient)
        return add(num(1), power(self.coefficient, num(2)))

    def summands(self, rate: Term, side: int) -> Iterator[tuple[Fraction, Term, int, Term]]:
        """(c, u, k, v) with size · bound / h + side m g = Σ c u^k v, every v positive."""
        width = mul(num(self.bound), power(rate, num(-1)))
        if self.sign:
            sided = mul(num(side * self.sign), self.function)
            yield Fraction(1), self.size(), 1, add(width, sided)
            return
        for turn in (1, -1):
            half = mul(num(Fraction(turn * side, 2)), self.function)
            base = add(num(1), mul(num(turn), self.coefficient))
            yield Fraction(1, 2), base, 2, add(width, half)


@dataclass(frozen=True)
class Sum:
    """The parts of f - L, and the slowest of the rates at which they vanish."""

    parts: tuple[Part, ...]
    rate: list[Any]

    def scale(self) -> Term:
        """Σ C_i |m_i|."""
        return add(*(mul(num(p.bound), p.size()) for p in self.parts)) if self.parts else num(1)


def split_sum(far: Far, body: Term, value: Term) -> Sum | None:
    """f - L by coefficients; None when the other names are elsewhere too. Fails with NotShown."""
    builder, germ = far.resolved(body)
    try:
        form = builder.region.normal_form.form(difference(germ, value))
        rows = _rows(form, far.y)
    except (Rejected, CannotJudge):
        return None
    if rows is None or len(rows) > MAX_PARTS:
        return None
    parts, slowest = [], 0
    for coefficient, function in rows:
        known = builder.region.signs(coefficient)
        found = behaviour(function, far.y, far.start, {})
        if found is None or found.value is None:
            return None
        if not builder.region.normal_form.form(found.value).is_zero():
            return None
        sign = (known == signs.POSITIVE) - (known == signs.NEGATIVE)
        parts.append(Part(coefficient, sign, function, found.scale))
        slowest = max(slowest, RATES.index(found.rate[0]))
    return Sum(tuple(parts), ["power", 1] if slowest == 0 else [RATES[slowest]])


def _rows(form: Form, y: Term) -> list[tuple[Term, Term]] | None:
    """(m, g): the coefficients and what they multiply; None when a generator has y and others."""
    table = form.table
    kinds: dict[int, bool] = {}
    for g in {g for key in (*form.den, poly.key(form.num)) for m in dict(key) for g, _ in m}:
        names = names_of([term_of_monomial(((g, Fraction(1)),), Fraction(1), table)])
        if y.value in names and len(names) > 1:
            return None
        kinds[g] = y.value in names
    below: dict[bool, dict[Key, int]] = {True: {}, False: {}}
    for key, exponent in form.den.items():
        which = {kinds[g] for m in dict(key) for g, _ in m}
        if len(which) > 1:
            return None
        below[which.pop()][key] = exponent
    rows: dict[Monomial, Polynomial] = {}
    for monomial, coefficient in form.num.items():
        outer = tuple((g, e) for g, e in monomial if not kinds[g] and _has_names(g, form))
        inner = tuple((g, e) for g, e in monomial if (g, e) not in outer)
        rows.setdefault(outer, {})[inner] = coefficient
    return [
        (
            term_of_form(Form(table, {outer: Fraction(1)}, below[False])),
            term_of_form(Form(table, inner, below[True])),
        )
        for outer, inner in rows.items()
    ]


def _has_names(g: int, form: Form) -> bool:
    return bool(names_of([term_of_monomial(((g, Fraction(1)),), Fraction(1), form.table)]))


def proof_by_parts(
    far: Far, found: Sum, rate: Term, side: int
) -> Callable[[tuple[Term, str, Term]], Entry]:
    """Proves f >= L - C / h (side 1) or f <= L + C / h (side -1). Fails with NotShown."""

    def proof(goal: tuple[Term, str, Term]) -> Entry:
        def show(builder: Builder, gap: Term) -> None:
            product: Summands = []
            for part in found.parts:
                for c, base, k, near in part.summands(rate, side):
                    far.require(builder, near, ">")
                    product.append((side * c, [(base, k), (near, 1)]))
            relation = ">=" if side > 0 else "<="
            if not product or not builder.learn_products(gap, relation, product):
                raise NotShown

        return far.proof(goal, show)

    return proof
