"""That a property of a function f on its domain D fails, for some values of the other names.

    f has no value at a point of D                        bounded, injective, range, polynomial
    f(u) = f(v) for two points of D                       injective
    f continuous on [a, c], s f(b) > s f(a), s f(c)       injective
    f(c) is another value than that of f beside c         continuous
    f(c) is not the limit of f at c from one side         continuous
    s f → oo toward an end or a point of D                bounded, range, continuous (at a point)
    f has no derivative of some order inside D            smooth, polynomial
    f(c) lies outside S                                   range
    f misses a value in S                                 range
    f is no polynomial, by `polynomial_rules`             polynomial
    f is a polynomial                                     universal
    f is a polynomial but for some points                 universal

Above: `goals`. Below: `properties`, `pieces`, `limits`, `witness`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from symact.checker import certificate as c
from symact.checker.analytic import analytic
from symact.checker.derivatives import depends, substitute
from symact.checker.failures import Rejected
from symact.checker.limits import GROWTH, approach, require_growth, require_limit
from symact.checker.pieces import (
    Check,
    between,
    learn,
    read_pieces,
    require_continuous,
    require_inside,
    require_values,
)
from symact.checker.polynomial_rules import require_no_polynomial, require_polynomial
from symact.checker.properties import COVER, image_relations, on_domain, require_ends
from symact.checker.resolve import resolve
from symact.checker.sequents import Sequent
from symact.checker.witness import is_undefined
from symact.language.elementary import difference
from symact.language.predicates import Property
from symact.language.properties import Domain
from symact.language.terms import Term, name, term

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
MAX_ORDER = 16
PAIR, TURN = 2, 3  # points with one value, points that show a turn


def check_property_denial(sequent: Sequent, of: Property, given: Any, check: Check) -> None:
    """Accepts {rule: fields} by returning; no parameter is left in the property. Fails with
    Rejected or CannotJudge.
    """
    if not isinstance(given, dict) or len(given) != 1:
        raise Rejected("one reason is needed")
    ((word, body),) = given.items()
    kinds, wanted, rule = DENIALS[c.member(word, tuple(DENIALS))]
    if of.kind not in kinds:
        raise Rejected("the reason does not deny this property")
    require_ends(sequent, of)
    rule(sequent, of, c.fields(body, wanted), check)


def _point(sequent: Sequent, of: Property, given: Any, domain: Domain) -> Term:
    """A point of the domain. Fails with Rejected."""
    point = sequent.reader.term(given)
    require_inside(sequent, point, domain)
    if depends(point, of.variable):
        raise Rejected("a point depends on the variable")
    return point


def _no_value(sequent: Sequent, of: Property, given: dict[str, Any], _check: Check) -> None:
    point = _point(sequent, of, given["at"], of.domain)
    value = resolve(substitute(of.body, of.variable, point), sequent.region)
    if not is_undefined(value, sequent.region):
        raise Rejected("the function has a value there")


def _jump(sequent: Sequent, of: Property, given: dict[str, Any], check: Check) -> None:
    at = _point(sequent, of, given["at"], of.domain)
    to = _point(sequent, of, given["to"], of.domain)
    if sequent.region.holds(difference(to, at), ">"):
        beside = between(sequent, of.variable, at, to)
    elif sequent.region.holds(difference(to, at), "<"):
        beside = between(sequent, of.variable, to, at)
    else:
        raise Rejected("two different points are needed")
    learn(beside, given["learn"])
    germ = analytic(beside.region, resolve(of.body, beside.region), of.variable)
    limit = substitute(germ, of.variable, at)
    value = substitute(of.body, of.variable, at)
    check(sequent.on(sequent.region.copy(), (value, "!=", limit)), given["proof"])


def _other_limit(sequent: Sequent, of: Property, given: dict[str, Any], check: Check) -> None:
    toward = c.member(given["toward"], ("+", "-"))
    at = _point(sequent, of, given["at"], _reaching(of.domain, toward))
    require_inside(sequent, at, of.domain)
    limit = sequent.reader.term(given["value"])
    sequent.region.require_defined(limit)
    base = sequent.on(sequent.region.copy(), (of.body, "==", limit))
    function = of.body, of.variable
    require_limit(base, function, approach(toward, at), limit, (given["limit"], check))
    value = substitute(of.body, of.variable, at)
    check(sequent.on(sequent.region.copy(), (value, "!=", limit)), given["proof"])


def _reaching(domain: Domain, toward: str) -> Domain:
    """The points on whose right (+) or left (-) the domain goes on."""
    return replace(domain, lower_open=toward == "-", upper_open=toward == "+")


def _growth(sequent: Sequent, of: Property, given: dict[str, Any], check: Check) -> None:
    entry = {field: given[field] for field in GROWTH}
    toward = c.member(given["toward"], ("oo", "-oo", "+", "-"))
    point = None
    if toward in ("oo", "-oo"):
        end = of.domain.upper if toward == "oo" else of.domain.lower
        if given["at"] is not None or end is not None or of.kind == "continuous":
            raise Rejected("the function is not asked about there")
    else:
        point = _point(sequent, of, given["at"], _reaching(of.domain, toward))
    if of.kind == "continuous" and point is not None:
        require_inside(sequent, point, of.domain)
        value = resolve(substitute(of.body, of.variable, point), sequent.region)
        sequent.region.require_defined(value)
    base = sequent.on(sequent.region.copy(), (of.body, "==", of.body))
    where = approach(toward, point)
    sign = require_growth(base, (of.body, of.variable), where, (entry, check))
    if of.image is not None and (of.image.upper if sign > 0 else of.image.lower) is None:
        raise Rejected("the range has no end there")


def _derivative(sequent: Sequent, of: Property, given: dict[str, Any], _check: Check) -> None:
    inside = replace(of.domain, lower_open=True, upper_open=True)
    at = _point(sequent, of, given["at"], inside)
    sequent.region.require_defined(resolve(substitute(of.body, of.variable, at), sequent.region))
    order, bound = c.integer(given["order"], 1, MAX_ORDER), name("'z")
    slope = term("diff", (substitute(of.body, of.variable, bound), bound, at), order)
    if not is_undefined(resolve(slope, sequent.region), sequent.region):
        raise Rejected("the derivative is there")


def _outside(sequent: Sequent, of: Property, given: dict[str, Any], check: Check) -> None:
    at = _point(sequent, of, given["at"], of.domain)
    wanted = image_relations(substitute(of.body, of.variable, at), of.image or Domain())
    left, op, right = wanted[c.integer(given["relation"], 0, len(wanted) - 1)]
    check(sequent.on(sequent.region.copy(), (left, OPPOSITE[op], right)), given["proof"])


def _missed(sequent: Sequent, of: Property, given: dict[str, Any], check: Check) -> None:
    value = sequent.reader.term(given["value"])
    if depends(value, of.variable):
        raise Rejected("a value depends on the variable")
    require_inside(sequent, value, of.image or Domain())
    inside = on_domain(sequent, of)
    check(inside.on(inside.region, (of.body, "!=", value)), given["proof"])


def _equal(sequent: Sequent, of: Property, given: dict[str, Any], check: Check) -> None:
    points = [_point(sequent, of, at, of.domain) for at in c.entries(given["at"])]
    if len(points) != PAIR or not sequent.region.holds(difference(*points), "!="):
        raise Rejected("two different points are needed")
    u, v = (substitute(of.body, of.variable, point) for point in points)
    check(sequent.on(sequent.region.copy(), (u, "==", v)), given["proof"])


def _turn(sequent: Sequent, of: Property, given: dict[str, Any], check: Check) -> None:
    """Values between those at the ends and the one in the middle are taken on both sides of it."""
    points = [_point(sequent, of, at, of.domain) for at in c.entries(given["at"])]
    sign = c.integer(given["sign"], -1, 1)
    if len(points) != TURN or not sign:
        raise Rejected("three points and a sign are needed")
    if not all(sequent.region.holds(difference(q, p), ">") for p, q in pairwise(points)):
        raise Rejected("the points are not in order")
    left, middle, right = points
    whole = Domain(left, right, lower_open=False, upper_open=False)
    pieces = read_pieces(sequent, of.body, of.variable, whole, given)
    require_continuous(pieces, given["joins"], check)
    require_values(pieces)
    top = substitute(of.body, of.variable, middle)
    for end, field in ((left, "left"), (right, "right")):
        goal = (top, ">" if sign > 0 else "<", substitute(of.body, of.variable, end))
        check(sequent.on(sequent.region.copy(), goal), given[field])


def _no_polynomial(sequent: Sequent, of: Property, given: dict[str, Any], check: Check) -> None:
    pieces = read_pieces(sequent, of.body, of.variable, of.domain, given)
    pieces.germs()
    require_no_polynomial(pieces, given["because"], check)


def _is_polynomial(sequent: Sequent, of: Property, given: dict[str, Any], check: Check) -> None:
    polynomial = require_polynomial(sequent, of.variable, given["polynomial"])
    inside = on_domain(sequent, of)
    check(inside.on(inside.region, (of.body, "==", polynomial)), given["proof"])


def _nearly_polynomial(sequent: Sequent, of: Property, given: dict[str, Any], check: Check) -> None:
    """Networks with f are polynomials of bounded degree, but for finitely many points."""
    polynomial = require_polynomial(sequent, of.variable, given["polynomial"])
    pieces = read_pieces(sequent, of.body, of.variable, of.domain, given)
    proofs = c.entries(given["proofs"])
    if len(proofs) != len(pieces.pieces):
        raise Rejected("one proof for each piece is needed")
    for (piece, germ), proof in zip(pieces.germs(), proofs, strict=True):
        goal = (germ, "==", polynomial)
        check(piece.sequent.on(piece.sequent.region.copy(), goal), proof)


DENIALS = {
    "no value": (("bounded", "injective", "range", "polynomial"), ("at",), _no_value),
    "jump": (("continuous",), ("at", "to", "learn", "proof"), _jump),
    "other limit": (("continuous",), ("at", "toward", "value", "limit", "proof"), _other_limit),
    "growth": (("bounded", "range", "continuous"), (*GROWTH, "toward", "at"), _growth),
    "derivative": (("smooth", "polynomial"), ("at", "order"), _derivative),
    "outside": (("range",), ("at", "relation", "proof"), _outside),
    "equal": (("injective",), ("at", "proof"), _equal),
    "turn": (("injective",), ("at", "sign", *COVER, "joins", "left", "right"), _turn),
    "missed": (("range",), ("value", "proof"), _missed),
    "no polynomial": (("polynomial",), (*COVER, "because"), _no_polynomial),
    "is polynomial": (("universal",), ("polynomial", "proof"), _is_polynomial),
    "nearly polynomial": (("universal",), ("polynomial", *COVER, "proofs"), _nearly_polynomial),
}
