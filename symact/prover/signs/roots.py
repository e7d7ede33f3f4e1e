"""Signs of a + b sqrt(u): compare squares, with no division.

    b sqrt(u) >= 0 >= a,   b^2 u - a^2 ρ 0
    --------------------------------------       (the root is increasing)
    a + b sqrt(u) ρ 0

Above: `sign_search`. Below: `builder`, `factoring`.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.failures import CannotJudge
from symact.checker.forms import Form
from symact.checker.polynomials import Polynomial
from symact.checker.signs import SIGNS
from symact.language.elementary import difference
from symact.language.terms import Term, call, mul, num, postorder, power
from symact.prover.algebra.factoring import factor_form, term_of_monomial, term_of_polynomial
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Factors, Show, written

MAX_TERMS = 40
MAX_DEPTH = 2
MAX_WISHES = 2
NOT_NEGATIVE = SIGNS[">="]


def show_by_roots(
    builder: Builder, polynomial: Polynomial, term: Term, show: Show, depth: int
) -> bool:
    """A sign of a + b sqrt(u), from the signs of a and b and of b^2 u - a^2."""
    table = builder.region.normal_form.generators
    roots = sorted({g for m in polynomial for g, _ in m if table.table[g].kind == "sqrt"})
    if not roots or len(polynomial) > MAX_TERMS or depth > MAX_DEPTH:
        return False
    try:
        return any(_Root(builder, polynomial, root, (show, depth)).learn(term) for root in roots)
    except CannotJudge:
        return False


class _Root:
    """side · (a + b sqrt(u)), turned so that b >= 0 where that can be shown."""

    def __init__(
        self, builder: Builder, polynomial: Polynomial, root: int, search: tuple[Show, int]
    ) -> None:
        self.builder, self.search = builder, search
        table = builder.region.normal_form.generators
        unit = ((root, Fraction(1)),)
        with_root = {m: c for m, c in polynomial.items() if root in dict(m)}
        slope = poly.scaled(with_root, Fraction(1), poly.raised(unit, -1))
        rest = {m: c for m, c in polynomial.items() if m not in with_root}
        self.root = term_of_monomial(unit, Fraction(1), table)
        self.a, self.b = (term_of_polynomial(p, table) if p else num(0) for p in (rest, slope))
        self.side = 1
        if not self._sign(self.b) <= NOT_NEGATIVE:
            self.side, self.a, self.b = -1, self._minus(self.a), self._minus(self.b)

    def learn(self, term: Term) -> bool:
        """Adds the sign; says whether one was found."""
        if not self.builder.region.signs(self.b) <= NOT_NEGATIVE:
            return False
        if self._sign(self.a) <= NOT_NEGATIVE:
            return self._learn(term, [(self.a, 1)], [(self.b, 1), (self.root, 1)])
        minus = self._minus(self.a)
        if not self.builder.region.signs(minus) <= NOT_NEGATIVE:
            self.builder.wishes.append((self.search[1], self.a))
            return False
        core = self._compared(minus)
        return core is not None and self._learn(term, [(core, 1)])

    def _compared(self, c: Term) -> Term | None:
        """b sqrt(u) - c for c >= 0, as a difference of two roots whose sign is learnt."""
        inside = self.root.args[0]
        greater = self._squared([(self.b, 2), (inside, 1)])
        less = self._squared([(c, 2)])
        known = self._sign(self._plain(difference(greater, less)))
        if known not in NAMES_OF_SIGNS:
            return None
        self._law(greater, self.b, [inside])
        self._law(less, c, [])
        core = difference(call("sqrt", greater), call("sqrt", less))
        ends = {"less": written(less), "greater": written(greater)}
        by = {"monotone": {"function": "sqrt", **ends}}
        return core if self.builder.learn(core, NAMES_OF_SIGNS[known], by) else None

    def _squared(self, factors: Factors) -> Term:
        """The product multiplied out, learnt to be >= 0."""
        product = self._plain(mul(*(power(u, num(k)) for u, k in factors)))
        if not self.builder.region.holds(product, ">="):
            self.builder.learn_products(product, ">=", [(Fraction(1), factors)])
        return product

    def _law(self, square: Term, outer: Term, inner: list[Term]) -> None:
        """sqrt(b^2 u) = b sqrt(u), unless b = 1."""
        if outer is not num(1):
            parts = [written(u) for u in inner]
            self.builder.law("sqrt", call("sqrt", square), outer=written(outer), inner=parts)

    def _learn(self, term: Term, *products: Factors) -> bool:
        """Adds the sign of side · Σ products."""
        region = self.builder.region
        known = signs.added(region.signs(mul(*(u for u, _ in factors))) for factors in products)
        turned = known if self.side > 0 else signs.negated(known)
        if turned not in NAMES_OF_SIGNS:
            return False
        summands = [(Fraction(self.side), factors) for factors in products]
        return self.builder.learn_products(term, NAMES_OF_SIGNS[turned], summands)

    def _sign(self, term: Term) -> signs.Signs:
        """What is known of the sign, after looking for it."""
        show, depth = self.search
        for relation in (">=", "<="):
            if len(self.builder.region.signs(term)) > 1:
                show(self.builder, term, relation, depth + 1)
        return self.builder.region.signs(term)

    def _minus(self, term: Term) -> Term:
        return self._plain(mul(num(-1), term))

    def _plain(self, term: Term) -> Term:
        form = self.builder.region.normal_form.form(term)
        return term if form.den or form.is_zero() else term_of_polynomial(form.num, form.table)


def best_wishes(builder: Builder, stuck: Term) -> list[Term]:
    """What to split on: a factor of what could not be shown, or what `show_by_roots` missed."""
    wishes = [(-1, t) for t in _factors(builder, stuck)] + builder.wishes
    plain = [(depth, t) for depth, t in wishes if not any(map(_is_root, postorder(t)))]
    plain.sort(key=lambda wish: (wish[0], len(written(wish[1]))))
    return list(dict.fromkeys(t for _, t in plain))[:MAX_WISHES]


def _factors(builder: Builder, stuck: Term) -> list[Term]:
    """The factors of a product that are affine in several names."""
    form = builder.region.normal_form.form(stuck)
    found = None if form.is_zero() else factor_form(form)
    if found is None or len(found.factors) < 2:
        return []
    affine = [
        p
        for p, exponent in found.factors
        if exponent % 2 and all(sum(e for _, e in m) <= 1 for m in p) and _has_names_only(p, form)
    ]
    return [term_of_polynomial(p, form.table) for p in affine]


def _has_names_only(polynomial: Polynomial, form: Form) -> bool:
    return all(form.table.table[g].kind == "name" for m in polynomial for g, _ in m)


def _is_root(term: Term) -> bool:
    return term.op == "call" and term.value[0] == "sqrt"
