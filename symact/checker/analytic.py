"""Terms that are analytic in a variable on a region.

    Γ ⊢ e defined, u > 0 for every sqrt(u) in e        no floor of z in e
    ----------------------------------------------------------------------
    e is analytic in z on Γ

Above: `pieces`, `denials`, `integral_bounds`. Below: `floors`, `region`, `obligations`.
"""

from __future__ import annotations

from symact.checker.failures import Rejected
from symact.checker.floors import settled, varies
from symact.checker.obligations import interior
from symact.checker.region import Region
from symact.language.terms import Term


def analytic(region: Region, germ: Term, variable: Term) -> Term:
    """The same function on the region, as a term that is analytic in z there: with a number for
    each floor of z. Fails with Rejected unless that is shown.
    """
    region.require_defined(germ)
    found = settled(region, germ, variable)
    require_analytic(region, found, variable)
    return found


def require_analytic(region: Region, germ: Term, variable: Term) -> None:
    """Fails with Rejected unless the term is defined on the region, and analytic in z there."""
    for term in (germ, *interior(germ)):
        region.require_defined(term)
    if varies(germ, variable):
        raise Rejected("the function jumps on a piece")
