"""Definite integrals by an antiderivative F on an interval I.

    F continuous on I        F' = e on each piece of I        a, b in I
    -------------------------------------------------------------------
    integral of e from a to b  =  F(b) - F(a)

a or b may be an open or infinite end of I; F(a) is then the limit of F there, and the integral is
the improper one. So it is at a cut at which e has no value. F has one at each cut.

Above: `tree`, `divergence`. Below: `pieces`, `limits`, `sequents`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from symact.checker import certificate as c
from symact.checker.derivatives import depends, derivative, given, substitute
from symact.checker.failures import Rejected
from symact.checker.limits import (
    BOUND,
    Approach,
    Check,
    approach,
    innermost,
    replaced,
    require_limit,
)
from symact.checker.pieces import (
    Pieces,
    read_domain,
    read_pieces,
    require_continuous,
    require_inside,
    require_values,
)
from symact.checker.resolve import resolve
from symact.checker.sequents import Sequent
from symact.language.elementary import difference
from symact.language.terms import Term, postorder

PRIMITIVE = ("name", "antiderivative", "from", "to", "cuts", "pieces", "joins", "slopes")
INTEGRAL = (*PRIMITIVE, "ends", "then")


def integral(sequent: Sequent, node: dict[str, Any], check: Check) -> None:
    """Γ ⊢ G by the value of the first integral in G. Fails with Rejected."""
    target = innermost(sequent, "integral")
    primitive = read_primitive(sequent, target, node, check)
    bounds, rows = bounds_of(sequent, target), c.entries(node["ends"])
    if len(rows) != 2:
        raise Rejected("an entry for each bound is needed")
    if bounds[0] is None and target.value[0] == target.value[1]:
        raise Rejected("an integral from an end to itself")
    first, last = (
        _at_bound(primitive, bound, far, (row, check))
        for bound, far, row in zip(bounds, target.value, rows, strict=True)
    )
    finite = [bound for bound in bounds if bound is not None]
    check(replaced(sequent, target, given(difference(last, first), *finite)), node["then"])


def read_primitive(sequent: Sequent, target: Term, node: dict[str, Any], check: Check) -> Pieces:
    """The antiderivative of the integrand of `target` that the fields PRIMITIVE describe. Fails
    with Rejected.
    """
    variable = sequent.fresh(node["name"])
    integrand = substitute(target.args[0], target.args[1], variable)
    whole = sequent.reader.term(node["antiderivative"])
    if any(t.op in ("diff", *BOUND) for t in postorder(whole)):
        raise Rejected("an antiderivative has no bound names")
    pieces = read_pieces(sequent, whole, variable, read_domain(sequent, node), node)
    require_values(pieces)
    require_continuous(pieces, node["joins"], check)
    _check_slopes(pieces, integrand, node["slopes"], check)
    return pieces


def bounds_of(sequent: Sequent, target: Term) -> list[Term | None]:
    """The bounds from and to, resolved and defined; None for an infinite one."""
    finite = iter(target.args[2:])
    bounds: list[Term | None] = []
    for far in target.value:
        bound = None if far else resolve(next(finite), sequent.region)
        if bound is not None:
            sequent.region.require_defined(bound)
        bounds.append(bound)
    return bounds


def _check_slopes(pieces: Pieces, integrand: Term, entries: Any, check: Check) -> None:
    rows = c.entries(entries)
    if len(rows) != len(pieces.pieces):
        raise Rejected("one slope for each piece is needed")
    for (piece, germ), row in zip(pieces.germs(), rows, strict=True):
        goal = (derivative(germ, pieces.variable), "==", integrand)
        check(piece.sequent.on(piece.sequent.region.copy(), goal), row)


def _at_bound(primitive: Pieces, bound: Term | None, far: int, how: tuple[Any, Check]) -> Term:
    """F at a point of I, or its limit {value, limit} at an open or infinite end of I."""
    sequent, (row, check) = primitive.sequent, how
    if row is None:
        if bound is None:
            raise Rejected("a limit at infinity is needed")
        require_inside(sequent, bound, primitive.domain)
        return substitute(primitive.body, primitive.variable, bound)
    entry = c.fields(row, ("value", "limit"))
    value = sequent.reader.term(entry["value"])
    sequent.region.require_defined(value)
    if depends(value, primitive.variable):
        raise Rejected("a limit depends on the variable")
    side = 1 if far > 0 or (bound is not None and _is_end(primitive, bound, 1)) else -1
    if not _is_end(primitive, bound, side):
        raise Rejected("a bound is not the end of the interval")
    function, limit = (primitive.body, primitive.variable), (entry["limit"], check)
    base = at_rest(primitive)
    require_limit(base, function, toward_end(side, bound), value, limit)
    return value


def _is_end(primitive: Pieces, bound: Term | None, side: int) -> bool:
    """Whether the bound, None for an infinite one, is the upper end (side 1) or the lower."""
    domain = primitive.domain
    end = domain.upper if side > 0 else domain.lower
    if bound is None or end is None:
        return bound is end
    return primitive.sequent.region.holds(difference(bound, end), "==")


def toward_end(side: int, end: Term | None) -> Approach:
    """k(y) that runs to the upper (side 1) or lower end from inside the interval."""
    if end is None:
        return approach("oo" if side > 0 else "-oo")
    return approach("-" if side > 0 else "+", end)


def at_rest(primitive: Pieces) -> Sequent:
    """The sequent with a goal that speaks of the antiderivative alone."""
    return replace(primitive.sequent, goal=(primitive.body, "==", primitive.body))
