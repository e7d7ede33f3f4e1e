"""Properties of a function f on its domain D that hold for all values of the other names.

    pieces that cover D, f continuous at the cuts                                      continuous
    the same, and f one and the same analytic term on both sides of each cut           smooth
    lower <= f <= upper on D                                                           bounded
    f(x) != f(y) for x < y in D                                                        injective
    f in S on D,  f continuous on D' in D and attains or approaches the ends of S      range
    f = p on D, p a polynomial                                                         polynomial
    pieces that cover R, bounded at the cuts; f not almost everywhere a polynomial     universal

Above: `goals`. Below: `pieces`, `limits`, `polynomial_rules`, `tree`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from symact.checker import certificate as c
from symact.checker.derivatives import depends, substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.limits import approach, require_growth, require_limit
from symact.checker.pieces import (
    Check,
    Pieces,
    between,
    read_domain,
    read_pieces,
    require_continuous,
    require_inside,
    require_regular,
    require_values,
)
from symact.checker.polynomial_rules import require_no_polynomial, require_polynomial
from symact.checker.sequents import Sequent
from symact.checker.signs import SIGNS
from symact.language.elementary import difference
from symact.language.predicates import Property, Triple
from symact.language.properties import Domain
from symact.language.terms import Term

COVER = ("cuts", "pieces")

_Fields = dict[str, Any]
_Rule = Callable[[Sequent, Property, _Fields, Check], None]


def check_property(sequent: Sequent, of: Property, given: Any, check: Check) -> None:
    """Accepts the fields of its kind by returning. Fails with Rejected or CannotJudge."""
    require_ends(sequent, of)
    lower, upper = of.domain.lower, of.domain.upper
    if lower is not None and upper is not None:
        if not sequent.region.holds(difference(upper, lower), ">"):
            raise Rejected("the domain is not shown to have points")
    wanted, rule = PROOFS[of.kind]
    rule(sequent, of, c.fields(given, wanted), check)


def require_ends(sequent: Sequent, of: Property) -> None:
    """Fails with Rejected unless the ends of the domain and of the range have values."""
    for end in (*of.domain.ends(), *(of.image.ends() if of.image else ())):
        sequent.region.require_defined(end)


def _continuous(sequent: Sequent, of: Property, found: _Fields, check: Check) -> None:
    pieces = read_pieces(sequent, of.body, of.variable, of.domain, found)
    require_continuous(pieces, found["joins"], check)


def _smooth(sequent: Sequent, of: Property, found: _Fields, check: Check) -> None:
    if not (of.domain.lower_open and of.domain.upper_open):
        raise CannotJudge("smoothness at a closed end")
    pieces = read_pieces(sequent, of.body, of.variable, of.domain, found)
    require_continuous(pieces, found["joins"], check)
    for meeting in pieces.meetings():
        if pieces.value(meeting.at) is None:
            continue
        left, right = (piece.germ for _, piece in meeting.sides())
        if left is None or right is None or not sequent.region.normal_form.equal(left, right):
            raise Rejected("the pieces are not one analytic term")
        for germ in (left, right):
            require_regular(pieces, meeting.at, germ)


def _bounded(sequent: Sequent, of: Property, found: _Fields, check: Check) -> None:
    lower, upper = (_free_of(sequent, of, found[field]) for field in ("lower", "upper"))
    _show(sequent, of, (lower, "<=", of.body), (found["below"], check))
    _show(sequent, of, (of.body, "<=", upper), (found["above"], check))


def _injective(sequent: Sequent, of: Property, found: _Fields, check: Check) -> None:
    other = sequent.fresh(found["name"])
    if any(depends(term, other) for term in (of.variable, of.body, *of.domain.ends())):
        raise Rejected("the second name is not new")
    first = on_domain(sequent, of)
    both = on_domain(first, replace(of, variable=other))
    region = both.region
    region.restrict(difference(other, of.variable), SIGNS[">"])
    goal = (of.body, "!=", substitute(of.body, of.variable, other))
    check(both.on(region, goal), found["proof"])


def _range(sequent: Sequent, of: Property, found: _Fields, check: Check) -> None:
    image = of.image or Domain()
    wanted = image_relations(of.body, image)
    proofs, ends = c.entries(found["inside"]), c.entries(found["ends"])
    if len(proofs) != len(wanted) or len(ends) != 2:
        raise Rejected("a proof for each end of the range is needed")
    for relation, proof in zip(wanted, proofs, strict=True):
        _show(sequent, of, relation, (proof, check))
    pieces = _connected(sequent, of, found, check)
    for side, entry in enumerate(ends):
        _reaches(pieces, image, side, (entry, check))


def image_relations(value: Term, image: Domain) -> list[Triple]:
    """The relations that say that a value is there and lies in the interval."""
    found: list[Triple] = []
    if image.lower is not None:
        found.append((image.lower, "<" if image.lower_open else "<=", value))
    if image.upper is not None:
        found.append((value, "<" if image.upper_open else "<=", image.upper))
    return found or [(value, "==", value)]


def _connected(sequent: Sequent, of: Property, found: dict[str, Any], check: Check) -> Pieces:
    """The function on an interval on which it is continuous."""
    if of.domain != Domain():
        raise CannotJudge("the range on a part of the reals")
    part = read_domain(sequent, found)
    pieces = read_pieces(sequent, of.body, of.variable, part, found)
    require_values(pieces)
    require_continuous(pieces, found["joins"], check)
    return pieces


def _reaches(pieces: Pieces, image: Domain, side: int, how: tuple[Any, Check]) -> None:
    """The function attains the end of the range, or comes as near to it as one likes."""
    entry, check = how
    end, is_open = ((image.lower, image.lower_open), (image.upper, image.upper_open))[side]
    found = c.fields(entry, (), ("at", "proof", "toward", "limit", "growth"))
    if set(found) == {"at", "proof"} and end is not None:
        point = pieces.sequent.reader.term(found["at"])
        require_inside(pieces.sequent, point, pieces.domain)
        if depends(point, pieces.variable):
            raise Rejected("a point depends on the variable")
        goal = (substitute(pieces.body, pieces.variable, point), "==", end)
        check(pieces.sequent.on(pieces.sequent.region.copy(), goal), found["proof"])
        return
    if not is_open:
        raise Rejected("a closed end of a range is attained")
    function = pieces.body, pieces.variable
    where = _toward(pieces.domain, found.get("toward"))
    base = pieces.sequent.on(pieces.sequent.region.copy(), (pieces.body, "==", pieces.body))
    if set(found) == {"toward", "limit"} and end is not None:
        require_limit(base, function, where, end, (found["limit"], check))
    elif set(found) == {"toward", "growth"} and end is None:
        if require_growth(base, function, where, (found["growth"], check)) != (1 if side else -1):
            raise Rejected("the growth has the other sign")
    else:
        raise Rejected("an end of the range is not shown to be reached")


def _toward(domain: Domain, given: Any) -> Any:
    """The approach to the lower or upper end of the domain."""
    if c.member(given, ("lower", "upper")) == "lower":
        return approach("-oo") if domain.lower is None else approach("+", domain.lower)
    return approach("oo") if domain.upper is None else approach("-", domain.upper)


def _polynomial(sequent: Sequent, of: Property, found: _Fields, check: Check) -> None:
    polynomial = require_polynomial(sequent, of.variable, found["polynomial"])
    _show(sequent, of, (of.body, "==", polynomial), (found["proof"], check))


def _universal(sequent: Sequent, of: Property, found: _Fields, check: Check) -> None:
    """Leshno, Lin, Pinkus, Schocken 1993: locally bounded, continuous but for a closed set of
    measure 0, and not almost everywhere a polynomial.
    """
    pieces = read_pieces(sequent, of.body, of.variable, of.domain, found)
    require_values(pieces)
    for meeting in pieces.meetings():
        for _, piece in meeting.sides():
            if piece.germ is not None:
                end = substitute(piece.germ, of.variable, meeting.at)
                sequent.region.require_defined(end)
    require_no_polynomial(pieces, found["because"], check)


# -- shared ---------------------------------------------------------------------------------------
def _free_of(sequent: Sequent, of: Property, given: Any) -> Term:
    """A term that is defined and does not depend on the variable. Fails with Rejected."""
    term = sequent.reader.term(given)
    sequent.region.require_defined(term)
    if depends(term, of.variable):
        raise Rejected("a bound depends on the variable")
    return term


def _show(sequent: Sequent, of: Property, goal: Triple, how: tuple[Any, Check]) -> None:
    """A relation between values of the function, on all of its domain."""
    proof, check = how
    inside = on_domain(sequent, of)
    check(inside.on(inside.region, goal), proof)


def on_domain(sequent: Sequent, of: Property) -> Sequent:
    """The sequent on Γ, z in the domain."""
    domain = of.domain
    inside = between(
        sequent,
        of.variable,
        domain.lower if domain.lower_open else None,
        domain.upper if domain.upper_open else None,
    )
    for end, is_open, known in (
        (domain.lower, domain.lower_open, ">="),
        (domain.upper, domain.upper_open, "<="),
    ):
        if end is not None and not is_open:
            inside.region.restrict(difference(of.variable, end), SIGNS[known])
    return inside


PROOFS: dict[str, tuple[tuple[str, ...], _Rule]] = {
    "continuous": ((*COVER, "joins"), _continuous),
    "smooth": ((*COVER, "joins"), _smooth),
    "bounded": (("lower", "upper", "below", "above"), _bounded),
    "injective": (("name", "proof"), _injective),
    "range": (("inside", "from", "to", *COVER, "joins", "ends"), _range),
    "polynomial": (("polynomial", "proof"), _polynomial),
    "universal": ((*COVER, "because"), _universal),
}
