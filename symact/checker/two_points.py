"""Steps about the values of one function at two or three points: mean value and convexity.

    f continuous on D      lower ρ f' ρ upper on each piece      u, v in D, u < v on Γ
    Γ, lower (v - u) ρ n1' - n1 ρ upper (v - u) ⊢ G            n1, n1' for f(u), f(v) in G
    -------------------------------------------------------------------------------- mean value
    Γ ⊢ G                                                        ρ is <= or <

    f continuous on D      s f'' ρ 0 on each piece       s (f'(c+) - f'(c-)) >= 0 at each cut
    u, v in D, u < v, 0 < t < 1, w = t u + (1 - t) v on Γ
    Γ, s (t n1 + (1 - t) n2 - n3) ρ 0 ⊢ G              n1, n2, n3 for f(u), f(v), f(w) in G
    --------------------------------------------------------------------------------- convexity
    Γ ⊢ G                                                        ρ is >= or >

The new names n stand for values: they are functions of the other names, no variables.

Or ρ is not strict for f' (or f''), which is not the bound (or 0) at one point w inside each piece:

    lower <= f' on each piece      f'(w) != lower
    ----------------------------------------------    and likewise for the other bound, and for f''
    lower (v - u) < n1' - n1

*Sound*: with equality f' would be the bound on an interval between u and v, so on part of a piece,
and then on all of it, where it is analytic.

Above: `tree`. Below: `pieces`, `sequents`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from symact.checker import certificate as c
from symact.checker.derivatives import depends, derivative, substitute
from symact.checker.failures import Rejected
from symact.checker.pieces import (
    Check,
    Pieces,
    read_domain,
    read_pieces,
    require_continuous,
    require_inside,
    require_regular,
    require_values,
)
from symact.checker.sequents import Sequent
from symact.checker.signs import SIGNS
from symact.language.elementary import difference, negative
from symact.language.predicates import Triple
from symact.language.terms import Term, add, fold, mul, num, rebuild

SHARED = ("function", "name", "from", "to", "cuts", "pieces", "joins", "points", "values")
MEAN_VALUE = (*SHARED, "lower", "upper", "strict", "slopes", "then")
CONVEXITY = (*SHARED, "weight", "between", "sign", "strict", "curvatures", "corners", "then")


@dataclass(frozen=True)
class _Values:
    """The function, the points at which it is looked at, and the names of its values there."""

    pieces: Pieces
    points: list[Term]
    names: list[Term]
    at: list[Term]


def mean_value(sequent: Sequent, node: dict[str, Any], check: Check) -> None:
    """Γ ⊢ G from bounds on a derivative. Fails with Rejected."""
    bounds = [_bound(sequent, node[field]) for field in ("lower", "upper")]
    there = [b for b in bounds if b is not None]
    strict, apart = _strictness(sequent, node["strict"])
    if apart is not None and len(there) != 1:
        raise Rejected("strictness at a point is for one bound")
    found = _read(sequent, node, [], [*there, *(at for at, _ in apart or ())], check)
    u, v = found.points
    if not sequent.region.holds(difference(v, u), ">"):
        raise Rejected("the points are not in order")
    _check_slopes(found.pieces, node["slopes"], bounds, strict and apart is None, check)
    _check_apart(found.pieces, apart, (1, there[0] if there else num(0)), check)
    change, distance = difference(found.names[1], found.names[0]), difference(v, u)
    facts = []
    for bound, side in zip(bounds, (1, -1), strict=True):
        if bound is not None:
            gap = difference(change, mul(bound, distance))
            facts.append((gap if side > 0 else negative(gap), ">" if strict else ">="))
    _go_on(sequent, found, facts, node["then"], check)


def _bound(sequent: Sequent, given: Any) -> Term | None:
    return None if given is None else sequent.reader.term(given)


def _check_slopes(
    pieces: Pieces, entries: Any, bounds: list[Term | None], strict: bool, check: Check
) -> None:
    """lower ρ f' and f' ρ upper on every piece, as far as there are bounds."""
    rows = c.entries(entries)
    if len(rows) != len(pieces.pieces):
        raise Rejected("one slope for each piece is needed")
    wanted = tuple(f for f, b in zip(("lower", "upper"), bounds, strict=True) if b is not None)
    for (piece, germ), row in zip(pieces.germs(), rows, strict=True):
        given = c.fields(row, wanted)
        slope = derivative(germ, pieces.variable)
        for field, op, bound in zip(("lower", "upper"), (">", "<"), bounds, strict=True):
            if bound is not None:
                goal = (slope, op if strict else op + "=", bound)
                check(piece.sequent.on(piece.sequent.region.copy(), goal), given[field])


def convexity(sequent: Sequent, node: dict[str, Any], check: Check) -> None:
    """Γ ⊢ G from the sign of a second derivative. Fails with Rejected."""
    t, w = sequent.reader.term(node["weight"]), sequent.reader.term(node["between"])
    sign = c.integer(node["sign"], -1, 1)
    strict, apart = _strictness(sequent, node["strict"])
    found = _read(sequent, node, [w], [t, *(at for at, _ in apart or ())], check)
    u, v, _ = found.points
    region = sequent.region
    region.require_defined(t)
    rest = difference(num(1), t)
    inside = [difference(v, u), t, rest]
    if not sign or not all(region.holds(positive, ">") for positive in inside):
        raise Rejected("the points are not in order")
    if not region.normal_form.equal(w, add(mul(t, u), mul(rest, v))):
        raise Rejected("the third point is not between the other two")
    _check_curvatures(found.pieces, node, (sign, strict and apart is None), check)
    _check_apart(found.pieces, apart, (2, num(0)), check)
    n1, n2, n3 = found.names
    chord = difference(add(mul(t, n1), mul(rest, n2)), n3)
    fact = mul(num(sign), chord), ">" if strict else ">="
    _go_on(sequent, found, [fact], node["then"], check)


def _check_curvatures(
    pieces: Pieces, node: dict[str, Any], how: tuple[int, bool], check: Check
) -> None:
    """s f'' ρ 0 on every piece, and slopes that turn the same way at every cut inside."""
    sign, strict = how
    rows, corners = c.entries(node["curvatures"]), c.entries(node["corners"])
    if len(rows) != len(pieces.pieces) or len(corners) != len(pieces.cuts):
        raise Rejected("one proof for each piece and each cut is needed")
    slopes = [derivative(germ, pieces.variable) for _, germ in pieces.germs()]
    for piece, slope, row in zip(pieces.pieces, slopes, rows, strict=True):
        bend = mul(num(sign), derivative(slope, pieces.variable))
        goal = (bend, ">" if strict else ">=", num(0))
        check(piece.sequent.on(piece.sequent.region.copy(), goal), row)
    for index, (cut, proof) in enumerate(zip(pieces.cuts, corners, strict=True)):
        ends = []
        for (_, germ), slope in list(zip(pieces.germs(), slopes, strict=True))[index : index + 2]:
            require_regular(pieces, cut, germ)
            ends.append(substitute(slope, pieces.variable, cut))
        turn: Triple = (mul(num(sign), difference(ends[1], ends[0])), ">=", num(0))
        check(pieces.sequent.on(pieces.sequent.region.copy(), turn), proof)


# -- strictness ----------------------------------------------------------------------------------
def _strictness(sequent: Sequent, given: Any) -> tuple[bool, list[tuple[Term, Any]] | None]:
    """Whether the conclusion is strict; and the points {at, apart} by which it is, if they are
    given, with the proofs.
    """
    if not isinstance(given, list):
        return bool(c.integer(given, 0, 1)), None
    rows = [c.fields(row, ("at", "apart")) for row in c.entries(given)]
    return True, [(sequent.reader.term(row["at"]), row["apart"]) for row in rows]


def _check_apart(
    pieces: Pieces,
    rows: list[tuple[Term, Any]] | None,
    what: tuple[int, Term],
    check: Check,
) -> None:
    """The derivative of this order is not the bound at a point inside each piece."""
    if rows is None:
        return
    if len(rows) != len(pieces.pieces):
        raise Rejected("one point for each piece is needed")
    order, bound = what
    for (_, germ), inside, (at, proof) in zip(pieces.germs(), pieces.gaps(), rows, strict=True):
        require_inside(pieces.sequent, at, inside)
        slope = germ
        for _ in range(order):
            slope = derivative(slope, pieces.variable)
        goal = (substitute(slope, pieces.variable, at), "!=", bound)
        check(pieces.sequent.on(pieces.sequent.region.copy(), goal), proof)


# -- shared ---------------------------------------------------------------------------------------
def _read(
    sequent: Sequent, node: dict[str, Any], more: list[Term], outside: list[Term], check: Check
) -> _Values:
    """The function, shown to be continuous on a domain that holds the points."""
    function = sequent.reader.function(node["function"])
    points = [*map(sequent.reader.term, c.entries(node["points"])), *more]
    new = [sequent.fresh(given) for given in (node["name"], *c.entries(node["values"]))]
    variable, names = new[0], new[1:]
    domain = read_domain(sequent, node)
    if not len(set(new)) == len(new) == len(points) + 1 == 3 + len(more):
        raise Rejected("a new name for the variable and for each value is needed")
    body, *at = [_real(function(x)) for x in (variable, *points)]
    for term in outside:
        sequent.region.require_defined(term)
    for point in points:
        require_inside(sequent, point, domain)
    pieces = read_pieces(sequent, body, variable, domain, node)
    apart = [(term, variable) for term in (*points, *at, *outside)]
    parts = (*points, *at, *outside, *domain.ends(), *pieces.cuts, body)
    apart.extend((term, name) for term in parts for name in names)
    if any(depends(term, name) for term, name in apart):
        raise Rejected("a new name is used outside")
    require_values(pieces)
    require_continuous(pieces, node["joins"], check)
    return _Values(pieces, points, names, at)


def _real(value: Any) -> Term:
    if not isinstance(value, Term):
        raise Rejected("a function from reals to reals is needed")
    return value


def _go_on(
    sequent: Sequent,
    found: _Values,
    facts: Sequence[tuple[Term, str]],
    node: Any,
    check: Check,
) -> None:
    """The step for the goal with names for the values, about which the facts are known."""
    region = sequent.region.copy()
    for term, relation in facts:
        region.learn(term, SIGNS[relation])
    left, op, right = sequent.goal
    goal = named(left, found.at, found.names), op, named(right, found.at, found.names)
    values = sequent.values | {name.value for name in found.names}
    check(replace(sequent.on(region, goal), values=values), node)


def named(root: Term, values: list[Term], names: list[Term]) -> Term:
    """root with each of the values, where it occurs as it stands, replaced by its name."""
    table = dict(zip(values, names, strict=True))
    return fold(root, lambda t, below: table[t] if t in table else rebuild(t, below))
