"""That a limit or an integral in a relation has no value: then the relation is false.

    s b(k) → oo for one k                                                        growth
    b(k) → L, b(k') → L',  L != L'                                               sides
    b(k(y + p)) = b(k(y)) for y > M,  p > 0,  b(k(u)) != b(k(v)),  u, v > M      period
    b(k(y)) has no value for y > M                                               nowhere

    F' = e on an open interval I between the bounds, F has no limit at an end of I
    e has no value on an open interval between the bounds                        nowhere

Only operations that are undefined when one argument is are looked through.

Above: `goals`. Below: `limits`, `integrals`, `pieces`.
"""

from __future__ import annotations

from typing import Any

from symact.checker import certificate as c
from symact.checker.derivatives import depends, substitute
from symact.checker.failures import Rejected
from symact.checker.integrals import PRIMITIVE, at_rest, bounds_of, read_primitive, toward_end
from symact.checker.limits import (
    BOUND,
    GROWTH,
    Approach,
    Check,
    approaches,
    near_infinity,
    require_growth,
    require_limit,
)
from symact.checker.pieces import between, learn, read_domain
from symact.checker.resolve import is_undefined_on, resolve
from symact.checker.sequents import Sequent
from symact.language.elementary import difference
from symact.language.properties import Domain
from symact.language.terms import Term, num, postorder

STRICT = ("add", "mul", "pow", "call", "given")
Function = tuple[Term, Term]


def require_no_value(sequent: Sequent, given: Any, check: Check) -> None:
    """Fails with Rejected unless {of, because} show that a limit or integral of the goal, the one
    of that number, does not exist.
    """
    found = c.fields(given, ("of", "because"))
    targets = strict_targets(sequent)
    if not targets:
        raise Rejected("no limit and no integral that the relation needs")
    target = targets[c.integer(found["of"], 0, len(targets) - 1)]
    if target.op == "limit":
        function = target.args[0], target.args[1]
        _no_limit(sequent, function, approaches(sequent, target), (found["because"], check))
    else:
        _no_integral(sequent, target, (found["because"], check))


def strict_targets(sequent: Sequent) -> list[Term]:
    """The limits and integrals without which the goal's sides have no value."""
    return [
        node
        for side in (sequent.goal[0], sequent.goal[2])
        for node in postorder(side, lambda t: t.args if t.op in STRICT else ())
        if node.op in BOUND
    ]


# -- limits ---------------------------------------------------------------------------------------
def _no_limit(
    sequent: Sequent, function: Function, ways: list[Approach], how: tuple[Any, Check]
) -> None:
    entry, check = how
    if not isinstance(entry, dict) or len(entry) != 1:
        raise Rejected("one reason is needed")
    ((word, body),) = entry.items()
    wanted, rule = REASONS[c.member(word, tuple(REASONS))]
    rule(sequent, function, ways, (c.fields(body, wanted), check))


def _growth(
    sequent: Sequent, function: Function, ways: list[Approach], how: tuple[Any, Check]
) -> None:
    found, check = how
    entry = {field: found[field] for field in GROWTH}
    require_growth(sequent, function, _way(ways, found), (entry, check))


def _sides(
    sequent: Sequent, function: Function, ways: list[Approach], how: tuple[Any, Check]
) -> None:
    found, check = how
    values, sides = c.entries(found["values"]), c.entries(found["sides"])
    if not len(ways) == len(values) == len(sides) == 2:
        raise Rejected("a limit from two sides is needed")
    left, right = (sequent.reader.term(value) for value in values)
    for way, value, side in zip(ways, (left, right), sides, strict=True):
        sequent.region.require_defined(value)
        require_limit(sequent, function, way, value, (side, check))
    check(sequent.on(sequent.region.copy(), (left, "!=", right)), found["differ"])


def _period(
    sequent: Sequent, function: Function, ways: list[Approach], how: tuple[Any, Check]
) -> None:
    found, check = how
    way, reader = _way(ways, found), sequent.reader
    points = [reader.term(point) for point in c.entries(found["points"])]
    if len(points) != 2:
        raise Rejected("two points are needed")
    period, start = reader.term(found["period"]), num(reader.rational(found["from"]))
    near, y, _ = near_infinity(sequent, {**found, "scale": "1"}, (*function, way(num(1))), period)
    sequent.region.require_defined(period)
    beyond = [period, *(difference(point, start) for point in points)]
    if not all(sequent.region.holds(term, ">") for term in beyond):
        raise Rejected("a period is positive, and the points lie far enough out")

    def value(at: Term) -> Term:
        return substitute(*function, way(at))

    later = difference(y, difference(num(0), period))
    check(near.on(near.region.copy(), (value(later), "==", value(y))), found["repeats"])
    goal = value(points[0]), "!=", value(points[1])
    check(sequent.on(sequent.region.copy(), goal), found["differ"])


def _nowhere(
    sequent: Sequent, function: Function, ways: list[Approach], how: tuple[Any, Check]
) -> None:
    found, _ = how
    way = _way(ways, found)
    near, y, _ = near_infinity(sequent, {**found, "scale": "1"}, (*function, way(num(1))), num(0))
    learn(near, found["learn"])
    _require_undefined(near, substitute(*function, way(y)))


def _way(ways: list[Approach], found: dict[str, Any]) -> Approach:
    return ways[c.integer(found["side"], 0, len(ways) - 1)]


def _require_undefined(sequent: Sequent, term: Term) -> None:
    if not is_undefined_on(sequent.region, resolve(term, sequent.region)):
        raise Rejected("the function is not shown to have no value")


REASONS = {
    "growth": (("side", *GROWTH), _growth),
    "sides": (("values", "sides", "differ"), _sides),
    "period": (("side", "name", "from", "period", "points", "repeats", "differ"), _period),
    "nowhere": (("side", "name", "from", "learn"), _nowhere),
}


# -- integrals ------------------------------------------------------------------------------------
def _no_integral(sequent: Sequent, target: Term, how: tuple[Any, Check]) -> None:
    entry, check = how
    if isinstance(entry, dict) and "nowhere" in entry:
        body = c.fields(c.fields(entry, ("nowhere",))["nowhere"], ("name", "from", "to", "learn"))
        part = read_domain(sequent, body)
        _require_between(sequent, part, target)
        variable = sequent.fresh(body["name"])
        for edge in part.ends():
            sequent.region.require_defined(edge)
            if depends(edge, variable):
                raise Rejected("an end depends on the variable")
        inside = between(sequent, variable, part.lower, part.upper)
        learn(inside, body["learn"])
        _require_undefined(inside, substitute(target.args[0], target.args[1], variable))
        return
    found = c.fields(entry, (*PRIMITIVE, "toward", "because"))
    primitive = read_primitive(sequent, target, found, check)
    _require_between(sequent, primitive.domain, target)
    side = 1 if c.member(found["toward"], ("lower", "upper")) == "upper" else -1
    end = primitive.domain.upper if side > 0 else primitive.domain.lower
    function = primitive.body, primitive.variable
    _no_limit(at_rest(primitive), function, [toward_end(side, end)], (found["because"], check))


def _require_between(sequent: Sequent, part: Domain, target: Term) -> None:
    """Fails with Rejected unless the part has inner points and lies between the bounds."""
    region, (first, last) = sequent.region, bounds_of(sequent, target)
    if first is None and target.value[0] == target.value[1]:
        raise Rejected("an integral from an end to itself")
    forward = target.value[0] < 0 or target.value[1] > 0
    if first is not None and last is not None:
        forward = region.holds(difference(last, first), ">")
        if not forward and not region.holds(difference(first, last), ">"):
            raise Rejected("the order of the bounds is not known")
    lower, upper = (first, last) if forward else (last, first)
    gaps = [(part.lower, part.upper, ">"), (lower, part.lower, ">="), (part.upper, upper, ">=")]
    for below, above, relation in gaps:
        if below is None or above is None:
            continue
        if not region.holds(difference(above, below), relation):
            raise Rejected("the interval is not shown to lie between the bounds")
    if (part.lower is None and lower is not None) or (part.upper is None and upper is not None):
        raise Rejected("the interval reaches beyond the bounds")
