"""Laws of log, sqrt and exp: arguments factored into parts of known sign.

Above: `law_search`. Below: `sign_search`, `lowest_terms`.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker.forms import Form
from symact.language.terms import Term, add, call, mul, num, power
from symact.prover.algebra.factoring import Factored, factor_form, prime_factors, term_of_form
from symact.prover.algebra.lowest_terms import add_congruence, form_of, pieces
from symact.prover.builder import Builder, written
from symact.prover.signs.monotone import add_exponential_law
from symact.prover.signs.sign_search import show

Part = tuple[Term, int]  # a positive factor and its exponent


def law_of_exp(builder: Builder, node: Term) -> None:
    """exp(w + Σ k/2 log f) = exp(w) Π f^(k/2); other arguments in lowest terms."""
    if form_of(builder, node.args[0]).den:
        add_congruence(builder, node)
    else:
        add_exponential_law(builder, node)


# -- logarithms -----------------------------------------------------------------------------------
def law_of_log(builder: Builder, node: Term) -> None:
    """log(exp(w) Π f^k) = w + Σ k log f for irreducible positive f."""
    form = form_of(builder, node.args[0])
    if form.is_zero() or node.args[0].op == "name":
        return
    found = factor_form(form)
    parts = None if found is None else _positive_parts(builder, found)
    if parts is None:
        return
    exponent, factors = parts
    if exponent is num(0) and len(factors) == 1:
        ((factor, k),) = factors
        inverse = _inverse_in_use(builder, factor)
        if inverse is not None:
            factors = [(inverse, -k)]
        elif k == 1 and form_of(builder, factor).key() == form.key():
            return
    halves = [_in_halves(part) for part in factors]
    builder.law("log", node, exp=written(exponent), factors=[[written(t), k] for t, k in halves])


def _in_halves(part: Part) -> Part:
    """The exponent counted in halves, a square root opened."""
    factor, k = part
    root = factor.op == "call" and factor.value[0] == "sqrt"
    return (factor.args[0], k) if root else (factor, 2 * k)


def _inverse_in_use(builder: Builder, factor: Term) -> Term | None:
    """A v with factor · v = 1 whose logarithm is in use: log(sqrt(x^2 + 1) - x), say."""
    form = form_of(builder, factor)
    one = form.table.number(Fraction(1))
    for generator in form.table.table:
        argument = generator.argument
        if generator.kind == "log" and argument is not None:
            if (form * argument - one).is_zero():
                return term_of_form(argument)
    return None


def _positive_parts(builder: Builder, found: Factored) -> tuple[Term, list[Part]] | None:
    """(w, [(f, k)]) with the factored form = exp(w) Π f^k and every f shown positive."""
    exponents: list[Term] = []
    parts: list[Part] = []
    sign = 1 if found.scale > 0 else -1
    for piece, e in pieces(builder, found):
        if _is_exponential(piece):
            exponents.append(mul(num(e), piece.args[0]))
            continue
        turned = _turned_positive(builder, piece, ">")
        if turned is None:
            return None
        factor, side = turned
        sign *= side ** int(e)
        parts.append((factor, int(e)))
    if sign < 0:
        return None
    return add(*exponents) if exponents else num(0), parts + _primes(abs(found.scale))


def _primes(scale: Fraction) -> list[Part]:
    """The prime factorisation of a positive rational number."""
    below = [(num(p), -k) for p, k in prime_factors(scale.denominator)]
    return [(num(p), k) for p, k in prime_factors(scale.numerator)] + below


def _is_exponential(piece: Term) -> bool:
    return piece.op == "call" and piece.value[0] == "exp"


def _turned_positive(builder: Builder, piece: Term, relation: str) -> tuple[Term, int] | None:
    """(±piece, ±1) with ±piece > 0 (or >= 0) shown; None when no sign can be shown."""
    if show(builder, piece, relation):
        return piece, 1
    if show(builder, piece, {">": "<", ">=": "<="}[relation]):
        return term_of_form(-form_of(builder, piece)), -1
    return None


# -- square roots ---------------------------------------------------------------------------------
def law_of_sqrt(builder: Builder, node: Term) -> None:
    """sqrt(h^2 Π f) = h Π sqrt f."""
    form = form_of(builder, node.args[0])
    if node.args[0].op == "name":
        return
    if form.is_zero():
        builder.law("sqrt", node, outer="0", inner=[])
        return
    found = factor_form(form)
    parts = None if found is None else _RootParts(builder).take(found)
    if parts is None:
        return
    outer, inner = mul(*parts.outer), parts.inner
    if outer is num(1) and len(inner) == 1 and _same(builder, inner[0], form):
        return
    for part in (outer, *inner):
        show(builder, part, ">=")
    builder.law("sqrt", node, outer=written(outer), inner=[written(t) for t in inner])


def _same(builder: Builder, term: Term, form: Form) -> bool:
    return form_of(builder, term).key() == form.key()


class _RootParts:
    """sqrt(u) = Π outer · Π sqrt(inner); factors of unknown sign stay together under one root."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.outer: list[Term] = []
        self.inner: list[Term] = []
        self._together: list[Term] = []
        self._sign = 1

    def take(self, found: Factored) -> _RootParts | None:
        """The parts of a factored form; None when a sign is missing."""
        self._sign = 1 if found.scale > 0 else -1
        if not all(self._take_piece(piece, e) for piece, e in pieces(self.builder, found)):
            return None
        if self._sign < 0:
            if not self._together:
                return None
            self._together[0] = term_of_form(-form_of(self.builder, self._together[0]))
        for prime, k in _primes(abs(found.scale)):
            whole, rest = divmod(k, 2)
            self.outer += [power(prime, num(whole))] if whole else []
            self.inner += [prime] if rest else []
        self.inner += [mul(*self._together)] if self._together else []
        return self

    def _take_piece(self, piece: Term, e: Fraction) -> bool:
        if _is_exponential(piece):
            self.outer.append(call("exp", mul(num(e / 2), piece.args[0])))
            return True
        whole, rest = divmod(int(e), 2)
        if whole % 2 or rest:
            turned = _turned_positive(self.builder, piece, ">=")
            if turned is None:
                self._together += [piece] if rest else []
                self.outer += [power(piece, num(whole))] if whole else []
                return bool(rest) and whole % 2 == 0
            piece, side = turned
            self._sign *= side if rest else 1
            self.inner += [piece] if rest else []
        self.outer += [power(piece, num(whole))] if whole else []
        return True
