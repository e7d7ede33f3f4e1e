"""Laws: f(u) = another term, used as a rewrite in normal forms once its premises are shown on Γ.

    congruence   u = v                                          f(u) = f(v)
    odd          u = -v         f in erf atan sin               f(u) = -f(v)
    even         u = -v                                         cos(u) = cos(v)
    log          u^2 = exp(2 w) Π f_i^k_i,  u > 0, f_i > 0      log(u) = w + Σ k_i/2 log(f_i)
    exp          u = w + Σ k_i/2 log(f_i),  f_i > 0             exp(u) = exp(w) Π f_i^(k_i/2)
    sqrt         u = h^2 Π f_i,  h >= 0, f_i >= 0               sqrt(u) = h Π sqrt(f_i)
    sum          u = v + w                                      sin, cos of sums
    reciprocal   u v = 1,  v > 0 (s = 1) or v < 0 (s = -1)      atan(u) = s pi/2 - atan(v)
    atan-sum     u (1 - v w) = v + w,  1 - v w > 0              atan(u) = atan(v) + atan(w)
    inverse      u = atan(v)                                    sin(u) = v / sqrt(1 + v^2), cos(u)
    shift        u = v + k,  k an integer                       floor(u) = floor(v) + k
    floor        k <= u < k + 1,  k an integer                  floor(u) = k
    value        u = k pi/12                                    sin(u), cos(u) from the table SINES
                 u = ±1                                         atan(u) = ±pi/4
                 u = 0                                          erf(0) = atan(0) = 0

(log 1 = 0 and exp 0 = 1 are the empty products of `log` and of the normal form.)

Above: `tree`, `witness`. Below: `region`, `certificate`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from symact.checker import certificate as c
from symact.checker.failures import Rejected
from symact.checker.region import Region
from symact.language.elementary import difference, negative, real_power
from symact.language.terms import Term, add, call, const, mul, num, power

MAX_EXPONENT = 1_000
HALF = num(Fraction(1, 2))
HALF_PI = mul(HALF, const("pi"))
# sin(k pi/12) for the k from 0 to 6 at which one square root is enough.
SINES = {
    0: num(0),
    2: HALF,
    3: mul(HALF, call("sqrt", num(2))),
    4: mul(HALF, call("sqrt", num(3))),
    6: num(1),
}


def assume_law(region: Region, entry: Any, reader: c.TermReader) -> None:
    """Checks one law {law, of, …} and uses it in the region's normal form. Fails with Rejected."""
    if not isinstance(entry, dict):
        raise Rejected("an object is needed")
    extra, rule = LAWS[c.member(entry.get("law"), tuple(LAWS))]
    given = c.fields(entry, ("law", "of", *extra))
    of = reader.term(given["of"])
    if of.op != "call" or len(of.args) != 1:
        raise Rejected("a law is about a function of one argument")
    region.require_defined(of)
    replacement = rule(_Premises(region, reader), of.value[0], of.args[0], given)
    region.require_defined(replacement)
    region.rewritten(of.value[0], of.args[0], replacement)


class _Premises:
    """What the laws ask of the region, each failing with Rejected."""

    def __init__(self, region: Region, reader: c.TermReader) -> None:
        self._region, self._reader = region, reader

    def term(self, value: Any) -> Term:
        """A term that is defined on the region."""
        read = self._reader.term(value)
        self._region.require_defined(read)
        return read

    def factors(self, value: Any) -> list[tuple[Term, int]]:
        """Pairs of a defined term and an integer exponent."""
        pairs = [c.entries(pair) for pair in c.entries(value)]
        if any(len(pair) != 2 for pair in pairs):
            raise Rejected("a term and an exponent are needed")
        return [(self.term(t), c.integer(k, -MAX_EXPONENT, MAX_EXPONENT)) for t, k in pairs]

    def equal(self, left: Term, right: Term) -> None:
        self._region.require_defined(right)
        if not self._region.normal_form.equal(left, right):
            raise Rejected("the law's equation does not hold")

    def sign(self, term: Term, relation: str) -> None:
        if not self._region.holds(term, relation):
            raise Rejected("the law's sign condition is not shown")

    def holds(self, term: Term, relation: str) -> bool:
        return self._region.holds(term, relation)

    def function(self, function: str, allowed: tuple[str, ...]) -> None:
        if function not in allowed:
            raise Rejected("the law is not about this function")


def _congruence(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    v = p.term(given["to"])
    p.equal(u, v)
    return call(f, v)


def _odd(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("erf", "atan", "sin"))
    v = p.term(given["to"])
    p.equal(u, negative(v))
    return negative(call(f, v))


def _even(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("cos",))
    v = p.term(given["to"])
    p.equal(u, negative(v))
    return call(f, v)


def _log(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("log",))
    w, factors = p.term(given["exp"]), p.factors(given["factors"])
    for factor, _ in factors:
        p.sign(factor, ">")
    whole = mul(call("exp", mul(num(2), w)), *(power(t, num(k)) for t, k in factors))
    p.equal(power(u, num(2)), whole)
    return add(w, *(_half_log(t, k) for t, k in factors))


def _exp(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("exp",))
    w, factors = p.term(given["exp"]), p.factors(given["factors"])
    for factor, _ in factors:
        p.sign(factor, ">")
    p.equal(u, add(w, *(_half_log(t, k) for t, k in factors)))
    return mul(call("exp", w), *(real_power(t, num(Fraction(k, 2))) for t, k in factors))


def _half_log(factor: Term, halves: int) -> Term:
    """halves/2 · log(factor)."""
    return mul(num(Fraction(halves, 2)), call("log", factor))


def _sqrt(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("sqrt",))
    outer, inner = p.term(given["outer"]), [p.term(t) for t in c.entries(given["inner"])]
    for factor in (outer, *inner):
        p.sign(factor, ">=")
    p.equal(u, mul(power(outer, num(2)), *inner))
    return mul(outer, *(call("sqrt", t) for t in inner))


def _sum(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("sin", "cos"))
    v, w = p.term(given["left"]), p.term(given["right"])
    p.equal(u, add(v, w))
    sin_v, cos_v, sin_w, cos_w = (call(g, t) for t in (v, w) for g in ("sin", "cos"))
    if f == "sin":
        return add(mul(sin_v, cos_w), mul(cos_v, sin_w))
    return add(mul(cos_v, cos_w), mul(num(-1), sin_v, sin_w))


def _inverse(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("sin", "cos"))
    v = p.term(given["to"])
    p.equal(u, call("atan", v))
    root = power(call("sqrt", add(num(1), power(v, num(2)))), num(-1))
    return mul(v, root) if f == "sin" else root


def _shift(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("floor",))
    v, whole = p.term(given["to"]), c.integer(given["by"], -MAX_EXPONENT, MAX_EXPONENT)
    p.equal(u, add(v, num(whole)))
    return add(call("floor", v), num(whole))


def _floor(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("floor",))
    whole = num(c.integer(given["whole"], -MAX_EXPONENT, MAX_EXPONENT))
    p.sign(difference(u, whole), ">=")
    p.sign(difference(add(whole, num(1)), u), ">")
    return whole


def _reciprocal(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("atan",))
    v = p.term(given["to"])
    p.equal(mul(u, v), num(1))
    side = 1 if p.holds(v, ">") else -1
    p.sign(mul(num(side), v), ">")
    return add(mul(num(side), HALF_PI), mul(num(-1), call("atan", v)))


def _atan_sum(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    p.function(f, ("atan",))
    v, w = p.term(given["left"]), p.term(given["right"])
    rest = difference(num(1), mul(v, w))
    p.sign(rest, ">")
    p.equal(mul(u, rest), add(v, w))
    return add(call("atan", v), call("atan", w))


def _value(p: _Premises, f: str, u: Term, given: dict[str, Any]) -> Term:
    multiple = c.integer(given["multiple"], -MAX_EXPONENT, MAX_EXPONENT)
    if f in ("sin", "cos"):
        p.equal(u, mul(num(Fraction(multiple, 12)), const("pi")))
        return _sine(multiple + (6 if f == "cos" else 0))
    p.function(f, ("atan", "erf"))
    if multiple not in ((0,) if f == "erf" else (-1, 0, 1)):
        raise Rejected("the law gives no value there")
    p.equal(u, num(multiple))
    return mul(num(Fraction(multiple, 2)), HALF_PI)


def _sine(twelfths: int) -> Term:
    """sin(k pi/12) by sin(u + pi) = -sin(u) and sin(pi - u) = sin(u)."""
    turns, rest = divmod(twelfths, 12)
    value = SINES.get(min(rest, 12 - rest))
    if value is None:
        raise Rejected("the law gives no value there")
    return negative(value) if turns % 2 else value


_Rule = Callable[[_Premises, str, Term, dict[str, Any]], Term]

LAWS: dict[str, tuple[tuple[str, ...], _Rule]] = {
    "congruence": (("to",), _congruence),
    "odd": (("to",), _odd),
    "even": (("to",), _even),
    "log": (("exp", "factors"), _log),
    "exp": (("exp", "factors"), _exp),
    "sqrt": (("outer", "inner"), _sqrt),
    "sum": (("left", "right"), _sum),
    "inverse": (("to",), _inverse),
    "shift": (("to", "by"), _shift),
    "floor": (("whole",), _floor),
    "reciprocal": (("to",), _reciprocal),
    "atan-sum": (("left", "right"), _atan_sum),
    "value": (("multiple",), _value),
}
