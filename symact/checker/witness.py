"""Witnesses: exact values of the names at which the conditions hold and a relation does not.

    values are defined constants;  conditions hold there;
    a side of the relation is undefined there, or the sign of l - r excludes ρ
    ---------------------------------------------------------------------------
    not (for all values: conditions imply l ρ r)

Above: `judge`. Below: `resolve`, `laws`.
"""

from __future__ import annotations

from typing import Any

from symact.checker import certificate as c
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.laws import assume_law
from symact.checker.obligations import hard_obligations, is_plain, obligations
from symact.checker.region import Region
from symact.checker.resolve import resolve
from symact.checker.signs import SIGNS
from symact.language.elementary import difference
from symact.language.predicates import Goal, Triple
from symact.language.terms import Term, fold, name, rebuild


def check_witness(goal: Goal, body: Any, reader: c.TermReader) -> None:
    """Accepts {values, relation, laws} by returning. Fails with Rejected or CannotJudge.

    (matrices have been put into the goal already: `matrix_witness`.)
    """
    given = c.fields(body, ("values", "relation", "laws"), ("matrices",))
    values, region = point_of(goal, given, reader)
    index = c.integer(given["relation"], 0, len(goal.relations) - 1)
    _require_false(at(goal.relations[index], values), region)


def check_inhabitant(goal: Goal, body: Any, reader: c.TermReader) -> None:
    """Accepts {values, laws} when the conditions hold there: the claim is not about nothing."""
    point_of(goal, c.fields(body, ("values", "laws")), reader)


def point_of(
    goal: Goal, given: dict[str, Any], reader: c.TermReader
) -> tuple[dict[Term, Term], Region]:
    """The values of {values, laws}, at which the conditions hold, and the region of the laws."""
    region = Region()
    for law in c.entries(given["laws"]):
        assume_law(region, law, reader)
    values = _values(goal, given["values"], region, reader)
    _require_inside(goal, values, region)
    return values, region


def _values(goal: Goal, given: Any, region: Region, reader: c.TermReader) -> dict[Term, Term]:
    """name -> constant for exactly the names of the goal."""
    if not isinstance(given, dict) or set(given) != set(goal.names()):
        raise Rejected("the witness does not give every name a value")
    values = {name(x): reader.term(v) for x, v in given.items()}
    for value in values.values():
        if not region.constants.is_constant(value):
            raise Rejected("a witness value is not constant")
        region.require_defined(value)
    for which, kind in goal.integral:
        value = values[name(which)]
        if (
            value.op != "num"
            or value.value.denominator != 1
            or (kind == "Naturals" and value.value < 0)
        ):
            raise Rejected("a witness value is not an integer of its kind")
    return values


def at(triple: Triple, values: dict[Term, Term]) -> Triple:
    """The relation with the names replaced by their values."""

    def put(term: Term, below: list[Term]) -> Term:
        return values[term] if term in values else rebuild(term, below)

    left, op, right = triple
    return fold(left, put), op, fold(right, put)


def _require_inside(goal: Goal, values: dict[Term, Term], region: Region) -> None:
    for condition in goal.conditions:
        left, op, right = at(condition, values)
        sides = resolve(left, region), resolve(right, region)
        for side in sides:
            region.require_defined(side)
        if not region.holds(difference(*sides), op):
            raise Rejected("a condition does not hold at the witness")


def _require_false(relation: Triple, region: Region) -> None:
    left, op, right = relation
    sides, refusal = [], None
    for side in (left, right):
        try:
            sides.append(resolve(side, region))
            if is_undefined(sides[-1], region):
                return  # so the relation does not hold here
        except (Rejected, CannotJudge) as failure:
            refusal = failure
    if refusal is not None:
        raise refusal
    known = region.signs(difference(*sides))
    if known <= SIGNS[op]:
        raise Rejected("the relation holds at the witness")
    if known & SIGNS[op]:
        raise CannotJudge("the sign of a constant is not known")


def is_undefined(side: Term, region: Region) -> bool:
    """Whether a constant has no value. Fails with CannotJudge when that cannot be told."""
    plain = is_plain(side)
    for needed, domain in hard_obligations(side):
        if not plain and region.unsure(needed) is not None:
            raise CannotJudge("the value is not known at the witness")
        known = region.signs(needed)
        if not known & SIGNS[domain]:
            return True
        if not known <= SIGNS[domain]:
            raise CannotJudge("the sign of a constant is not known")
    if not all(region.holds(needed, domain) for needed, domain in obligations(side)):
        raise CannotJudge("the value is not known at the witness")
    return False
