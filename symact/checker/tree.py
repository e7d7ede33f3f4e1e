"""Proof trees: a relation l ρ r on a region Γ, by cases down to leaves.

    Γ, g < 0 ⊢ G    Γ, g = 0 ⊢ G    Γ, g > 0 ⊢ G        g defined on Γ
    ----------------------------------------------------------------------- split
    Γ ⊢ G
    Γ ⊢ facts       Γ, facts ⊢ G                                              facts
    Γ ⊢ f(u) = t    Γ ⊢ G with f(u) rewritten                                 laws
    Γ ⊢ x = v       Γ[x := v] ⊢ G[x := v]        x not in v                   substitute
    Γ is contradictory                                                        empty
    l, r defined on Γ,  Γ ⊢ l - r ρ 0                                         holds
    Γ convex in x,  Γ ⊢ Dl = Dr,  Γ[x := a] ⊢ l = r,  a in Γ                  derivative
    ----------------------------------------------------------------------- (each:)
    Γ ⊢ l ρ r

and by the steps of `two_points` (mean value, convexity), `limits`, `integrals`, `integral_bounds`.

Above: `goals`, `properties`. Below: `sequents`, `resolve`, `proofs`, `laws`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from symact.checker import certificate as c
from symact.checker import signs
from symact.checker.derivatives import depends, derivative
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.integral_bounds import BOUNDS, bound_integral
from symact.checker.integrals import INTEGRAL, integral
from symact.checker.laws import assume_law
from symact.checker.limits import LIMIT, limit
from symact.checker.obligations import interior
from symact.checker.proofs import derive
from symact.checker.region import Region
from symact.checker.resolve import resolve
from symact.checker.sequents import Sequent, at_point, start, substituted
from symact.checker.signs import SIGNS
from symact.checker.two_points import CONVEXITY, MEAN_VALUE, convexity, mean_value
from symact.language.elementary import difference
from symact.language.terms import Term

__all__ = ["STEPS", "Sequent", "at_point", "check", "start", "substituted"]


def check(sequent: Sequent, node: Any) -> None:
    """Accepts by returning. Fails with Rejected, or CannotJudge past a limit."""
    if sequent.depth > c.MAX_DEPTH:
        raise CannotJudge("proof too deep")
    if not isinstance(node, dict):
        raise Rejected("an object is needed")
    wanted, rule = STEPS[c.member(node.get("step"), tuple(STEPS))]
    rule(sequent, c.fields(node, ("step", *wanted)))


def _split(sequent: Sequent, node: dict[str, Any]) -> None:
    on = sequent.reader.term(node["on"])
    sequent.region.require_defined(on)
    for field, known in _CASES:
        region = sequent.region.copy()
        region.restrict(on, known)
        check(sequent.extended(region), node[field])


def _facts(sequent: Sequent, node: dict[str, Any]) -> None:
    region = sequent.region.copy()
    for entry in c.entries(node["derive"]):
        derive(region, entry, sequent.reader)
    check(sequent.extended(region), node["then"])


def _laws(sequent: Sequent, node: dict[str, Any]) -> None:
    region = sequent.region.copy()
    for entry in c.entries(node["laws"]):
        assume_law(region, entry, sequent.reader)
    check(sequent.extended(region), node["then"])


def _substitute(sequent: Sequent, node: dict[str, Any]) -> None:
    variable, value = sequent.reader.name(node["name"]), sequent.reader.term(node["value"])
    if sequent.reader.is_natural(variable) and value.op != "num":
        raise Rejected("a natural number is replaced by a term")
    sequent.region.require_defined(value)
    if depends(value, variable) or not sequent.region.holds(difference(variable, value), "=="):
        raise Rejected("the name does not equal the value")
    check(substituted(sequent, variable, value), node["then"])


def _empty(sequent: Sequent, _node: dict[str, Any]) -> None:
    if not sequent.region.is_empty():
        raise Rejected("the region is not shown to be empty")


def _holds(sequent: Sequent, _node: dict[str, Any]) -> None:
    left, op, right = sequent.goal
    region = sequent.region
    sides = resolve(left, region), resolve(right, region)
    for side in sides:
        region.require_defined(side)
    if not region.holds(difference(*sides), op):
        raise Rejected("the relation does not follow")


def _derivative(sequent: Sequent, node: dict[str, Any]) -> None:
    left, op, right = sequent.goal
    variable, at = sequent.reader.name(node["name"]), sequent.reader.term(node["at"])
    sides = resolve(left, sequent.region), resolve(right, sequent.region)
    natural = sequent.reader.is_natural(variable)
    if op != "==" or sequent.pending or depends(at, variable) or natural or sequent.values:
        raise Rejected("the derivative rule does not apply")
    sequent.region.require_defined(at)
    for term in [t for side in sides for t in (side, *interior(side))]:
        sequent.region.require_defined(term)
    _require_convex(sequent.region, variable)
    there = at_point(sequent, variable, at)
    slopes = derivative(sides[0], variable), op, derivative(sides[1], variable)
    check(replace(sequent, goal=slopes).extended(sequent.region.copy()), node["slope"])
    check(there, node["value"])


def _require_convex(region: Region, variable: Term) -> None:
    """Every fact that cuts the region out is an affine inequality in the variable."""
    for term, known in region.restricting:
        affine = not depends(derivative(term, variable), variable)
        if depends(term, variable) and (known == SIGNS["!="] or not affine):
            raise Rejected("the region is not convex in the variable")


_CASES = (("negative", signs.NEGATIVE), ("zero", signs.ZERO), ("positive", signs.POSITIVE))

_Step = Callable[[Sequent, dict[str, Any]], None]

STEPS: dict[str, tuple[tuple[str, ...], _Step]] = {
    "split": (("on", "negative", "zero", "positive"), _split),
    "facts": (("derive", "then"), _facts),
    "laws": (("laws", "then"), _laws),
    "substitute": (("name", "value", "then"), _substitute),
    "empty": ((), _empty),
    "holds": ((), _holds),
    "derivative": (("name", "at", "slope", "value"), _derivative),
    "mean value": (MEAN_VALUE, lambda sequent, node: mean_value(sequent, node, check)),
    "convexity": (CONVEXITY, lambda sequent, node: convexity(sequent, node, check)),
    "limit": (LIMIT, lambda sequent, node: limit(sequent, node, check)),
    "integral": (INTEGRAL, lambda sequent, node: integral(sequent, node, check)),
    "integral bounds": (BOUNDS, lambda sequent, node: bound_integral(sequent, node, check)),
}
