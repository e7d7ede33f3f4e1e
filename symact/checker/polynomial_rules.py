"""That a function is a polynomial, or that no polynomial equals it almost everywhere.

    p = c_0 + c_1 z + … + c_n z^n, no c_i depends on z                                   polynomial
    the j-th derivatives from the left and from the right differ at a cut                    corner
    |f - q| <= C for all z > M (or z < -M), q a polynomial;  (f - q)(u) != (f - q)(v)     remainder

*Sound*: a polynomial equal to f almost everywhere is f inside every piece, by continuity, and has
one derivative of each order at a cut; and a polynomial bounded on a half line is constant.

Above: `properties`, `denials`. Below: `pieces`, `limits`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from symact.checker import certificate as c
from symact.checker.derivatives import depends, derivative, substitute
from symact.checker.failures import Rejected
from symact.checker.limits import approach, near_infinity
from symact.checker.pieces import Check, Pieces, require_regular
from symact.checker.sequents import Sequent
from symact.language.elementary import difference, negative
from symact.language.terms import Term, add, mul, num, power

MAX_DERIVATIVE = 16
REMAINDER = ("polynomial", "toward", "name", "from", "scale", "below", "above", "points", "proof")


def require_polynomial(sequent: Sequent, variable: Term, given: Any) -> Term:
    """The polynomial in the variable with these coefficients, from the constant one up."""
    coefficients = [sequent.reader.term(entry) for entry in c.entries(given)]
    for coefficient in coefficients:
        sequent.region.require_defined(coefficient)
        if depends(coefficient, variable):
            raise Rejected("a coefficient depends on the variable")
    return add(*(mul(a, power(variable, num(k))) for k, a in enumerate(coefficients)))


def require_no_polynomial(pieces: Pieces, given: Any, check: Check) -> None:
    """Fails with Rejected unless {corner} or {remainder} shows that f is no polynomial."""
    found = c.fields(given, (), ("corner", "remainder"))
    if set(found) == {"corner"}:
        _corner(pieces, c.fields(found["corner"], ("cut", "order", "proof")), check)
    elif set(found) == {"remainder"}:
        _remainder(pieces, c.fields(found["remainder"], REMAINDER), check)
    else:
        raise Rejected("one reason is needed")


def _corner(pieces: Pieces, found: dict[str, Any], check: Check) -> None:
    index = c.integer(found["cut"], 0, len(pieces.cuts) - 1)
    cut, values = pieces.cuts[index], []
    for _, germ in pieces.germs()[index : index + 2]:
        require_regular(pieces, cut, germ)
        slope = germ
        for _ in range(c.integer(found["order"], 0, MAX_DERIVATIVE)):
            slope = derivative(slope, pieces.variable)
        values.append(substitute(slope, pieces.variable, cut))
    goal = (values[0], "!=", values[1])
    check(pieces.sequent.on(pieces.sequent.region.copy(), goal), found["proof"])


def _remainder(pieces: Pieces, found: dict[str, Any], check: Check) -> None:
    sequent, variable = pieces.sequent, pieces.variable
    polynomial = require_polynomial(sequent, variable, found["polynomial"])
    rest = difference(pieces.body, polynomial)
    toward = c.member(found["toward"], ("oo", "-oo"))
    end = pieces.domain.upper if toward == "oo" else pieces.domain.lower
    if end is not None:
        raise Rejected("the domain ends before that")
    base = sequent.on(sequent.region.copy(), (rest, "==", rest))
    near, y, bound = near_infinity(base, found, (rest, variable), num(0))
    there = substitute(rest, variable, approach(toward)(y))
    check(near.on(near.region.copy(), (there, ">=", negative(bound))), found["below"])
    check(near.on(near.region.copy(), (there, "<=", bound)), found["above"])
    points = [sequent.reader.term(point) for point in c.entries(found["points"])]
    if len(points) != 2 or not all(_inside_a_piece(pieces, point) for point in points):
        raise Rejected("two points inside pieces are needed")
    u, v = (substitute(rest, variable, point) for point in points)
    check(sequent.on(sequent.region.copy(), (u, "!=", v)), found["proof"])


def _inside_a_piece(pieces: Pieces, point: Term) -> bool:
    """Whether the point is shown to lie strictly between two neighbouring cuts or ends."""
    region = pieces.sequent.region
    region.require_defined(point)
    if depends(point, pieces.variable):
        return False
    bounds = [pieces.domain.lower, *pieces.cuts, pieces.domain.upper]
    return any(
        (left is None or region.holds(difference(point, left), ">"))
        and (right is None or region.holds(difference(point, right), "<"))
        for left, right in pairwise(bounds)
    )
