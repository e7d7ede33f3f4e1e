"""Limits by a vanishing bound, growth by one that grows; y is a new name and runs to infinity.

    Γ, y > M ⊢ L - C h(y) <= b(k(y)) <= L + C h(y)      M >= 2, h(y): y^-n, y^(-1/2) or 1/log y
    ------------------------------------------------------------------------------------------------
    b(k) → L on Γ   for k → oo: k(y) = y     -oo: -y     p from the right: p + 1/y     left: p - 1/y

    Γ, y > M ⊢ s b(k(y)) >= C / h(y)        Γ ⊢ C > 0
    ----------------------------------------------------
    s b(k) → oo on Γ

Above: `tree`, `integrals`, `divergence`, `properties`. Below: `sequents`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symact.checker import certificate as c
from symact.checker import signs
from symact.checker.derivatives import depends, given, substitute
from symact.checker.failures import Rejected
from symact.checker.resolve import resolve
from symact.checker.sequents import Sequent
from symact.language.elementary import difference
from symact.language.terms import Term, add, call, fold, mul, num, postorder, power, rebuild

Check = Callable[[Sequent, Any], None]
Approach = Callable[[Term], Term]  # k

LIMIT = ("value", "sides", "then")
ENVELOPE = ("name", "from", "scale", "rate", "below", "above")
GROWTH = ("name", "from", "scale", "rate", "sign", "proof")
LOWEST_START = 2
MAX_RATE = 100
BOUND = ("limit", "integral")


def limit(sequent: Sequent, node: dict[str, Any], check: Check) -> None:
    """Γ ⊢ G by the value of the first limit in G. Fails with Rejected."""
    target = innermost(sequent, "limit")
    value = sequent.reader.term(node["value"])
    sequent.region.require_defined(value)
    body, variable = target.args[:2]
    points = approaches(sequent, target)
    entries = c.entries(node["sides"])
    if len(entries) != len(points):
        raise Rejected("one proof for each side of a limit is needed")
    for approach, entry in zip(points, entries, strict=True):
        require_limit(sequent, (body, variable), approach, value, (entry, check))
    needed = target.args[2:]
    check(replaced(sequent, target, given(value, *needed) if needed else value), node["then"])


def innermost(sequent: Sequent, op: str) -> Term:
    """The first limit or integral of the goal with none inside. Fails with Rejected."""
    for side in (sequent.goal[0], sequent.goal[2]):
        for node in postorder(side):
            if node.op == op and not any(t.op in BOUND for t in postorder(node.args[0])):
                return node
    raise Rejected("no such limit or integral in the goal")


def replaced(sequent: Sequent, target: Term, value: Term) -> Sequent:
    """The goal with the limit or integral replaced by its value."""

    def put(root: Term) -> Term:
        return fold(root, lambda t, below: value if t is target else rebuild(t, below))

    left, op, right = sequent.goal
    return sequent.on(sequent.region.copy(), (put(left), op, put(right)))


def approaches(sequent: Sequent, target: Term) -> list[Approach]:
    """k(y) for each side from which the limit is taken."""
    if len(target.args) == 2:
        return [approach(target.value)]
    point = resolve(target.args[2], sequent.region)
    sequent.region.require_defined(point)
    return [approach(side, point) for side in (target.value or "-+")]


def approach(direction: str, point: Term | None = None) -> Approach:
    """k(y): `oo` and `-oo` without a point; `+` and `-`: the point from the right and left."""
    if point is None:
        return (lambda y: y) if direction == "oo" else lambda y: mul(num(-1), y)
    sign = num(1 if direction == "+" else -1)
    return lambda y: add(point, mul(sign, power(y, num(-1))))


def require_limit(
    sequent: Sequent,
    function: tuple[Term, Term],
    k: Approach,
    value: Term,
    how: tuple[Any, Check],
) -> None:
    """Fails with Rejected unless {name, from, scale, rate, below, above} show the limit."""
    entry, check = how
    found = c.fields(entry, ENVELOPE)
    near, y, scale = near_infinity(sequent, found, (function[0], k(num(1))), value)
    body = substitute(*function, k(y))
    width = mul(scale, power(_rate(found["rate"], y), num(-1)))
    for field, op, bound in (
        ("below", ">=", difference(value, width)),
        ("above", "<=", add(value, width)),
    ):
        check(near.on(near.region.copy(), (body, op, bound)), found[field])


def require_growth(
    sequent: Sequent,
    function: tuple[Term, Term],
    k: Approach,
    how: tuple[Any, Check],
) -> int:
    """The sign s with s b(k) → oo, shown by {name, from, scale, rate, sign, proof}. Fails with
    Rejected.
    """
    entry, check = how
    found = c.fields(entry, GROWTH)
    sign = c.integer(found["sign"], -1, 1)
    near, y, scale = near_infinity(sequent, found, (function[0], k(num(1))), num(0))
    if not sign or not sequent.region.holds(scale, ">"):
        raise Rejected("a sign and a positive scale are needed")
    grown = mul(num(sign), substitute(*function, k(y)))
    goal = (grown, ">=", mul(scale, _rate(found["rate"], y)))
    check(near.on(near.region.copy(), goal), found["proof"])
    return sign


def near_infinity(
    sequent: Sequent, found: dict[str, Any], others: tuple[Term, ...], value: Term
) -> tuple[Sequent, Term, Term]:
    """The sequent on Γ, y > M, the name y, and C of {name, from, scale}; y is in nothing else, the
    other terms included.
    """
    y, scale = sequent.fresh(found["name"]), sequent.reader.term(found["scale"])
    start = sequent.reader.rational(found["from"])
    sequent.region.require_defined(scale)
    if start < LOWEST_START or any(depends(term, y) for term in (scale, value, *others)):
        raise Rejected("a new name beyond 2 is needed for a limit")
    region = sequent.region.copy()
    region.restrict(difference(y, num(start)), signs.POSITIVE)
    region.learn(y, signs.POSITIVE)
    return sequent.extended(region), y, scale


def _rate(entry: Any, y: Term) -> Term:
    """1 / h(y): y^n, sqrt(y) or log(y)."""
    row = c.entries(entry)
    kind = c.member(row[0] if row else None, ("power", "root", "log"))
    if kind == "power":
        if len(row) != 2:
            raise Rejected("a power needs one exponent")
        return power(y, num(c.integer(row[1], 1, MAX_RATE)))
    if len(row) != 1:
        raise Rejected("a root and a logarithm have no exponent")
    return call("sqrt" if kind == "root" else "log", y)
