"""Bounds on a definite integral, by functions with known antiderivatives below and above.

    e analytic on each piece of [a, b], with a value at the piece's ends        a < b
    A_i' <= e on each piece c_i < z < d_i        B_i' >= e        Γ, q in the bounds ⊢ G with q
    ------------------------------------------------------------------------------------------
    Σ A_i(d_i) - A_i(c_i)  <=  integral of e from a to b  <=  Σ B_i(d_i) - B_i(c_i)

Above: `tree`. Below: `pieces`, `integrals`, `limits`, `sequents`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from symact.checker import certificate as c
from symact.checker.analytic import require_analytic
from symact.checker.derivatives import depends, derivative, substitute
from symact.checker.failures import Rejected
from symact.checker.integrals import bounds_of
from symact.checker.limits import BOUND, Check, innermost, replaced
from symact.checker.pieces import Pieces, read_pieces
from symact.checker.sequents import Sequent
from symact.checker.signs import SIGNS
from symact.language.elementary import difference
from symact.language.properties import Domain
from symact.language.terms import Term, add, fold, num

BOUNDS = ("name", "value", "cuts", "pieces", "lower", "upper", "then")


def bound_integral(sequent: Sequent, node: dict[str, Any], check: Check) -> None:
    """Γ ⊢ G by bounds on the first integral in G, which gets a name. Fails with Rejected."""
    target = innermost(sequent, "integral")
    variable, value = (sequent.fresh(node[field]) for field in ("name", "value"))
    if any(t.value.startswith("'") for t in _free_names(target)):
        raise Rejected("the integral depends on a bound name")
    first, last = bounds_of(sequent, target)
    if first is None or last is None:
        raise Rejected("a bound is infinite")
    integrand = substitute(target.args[0], target.args[1], variable)
    pieces = read_pieces(sequent, integrand, variable, Domain(first, last, False, False), node)
    _require_values(pieces)
    region = sequent.region.copy()
    for field, relation in (("lower", ">="), ("upper", "<=")):
        if node[field] is not None:
            total = _total(pieces, integrand, (node[field], relation, value), check)
            region.restrict(difference(value, total), SIGNS[relation])
    below = replaced(sequent, target, value)
    values = sequent.values | {value.value}
    check(replace(below.on(region, below.goal), values=values), node["then"])


def _free_names(root: Term) -> frozenset[Term]:
    """The names in the term that nothing in it binds."""

    def step(node: Term, below: list[frozenset[Term]]) -> frozenset[Term]:
        if node.op == "name":
            return frozenset((node,))
        if node.op in ("diff", *BOUND):
            return (below[0] - {node.args[1]}).union(*below[2:])
        return frozenset().union(*below)

    return fold(root, step)


def _ends(pieces: Pieces) -> list[tuple[Term, Term]]:
    """The ends of each piece."""
    lower, upper = pieces.domain.ends()
    return list(pairwise((lower, *pieces.cuts, upper)))


def _require_values(pieces: Pieces) -> None:
    """Fails with Rejected unless the function is bounded on each piece: continuous up to its ends,
    at which its term is defined.
    """
    for (_, germ), ends in zip(pieces.germs(), _ends(pieces), strict=True):
        for end in ends:
            pieces.sequent.region.require_defined(substitute(germ, pieces.variable, end))


def _total(pieces: Pieces, integrand: Term, what: tuple[Any, str, Term], check: Check) -> Term:
    """Σ A_i(d_i) - A_i(c_i), after showing A_i' <= e (for >=) or A_i' >= e on each piece."""
    given, relation, value = what
    rows, region = c.entries(given), pieces.sequent.region
    if len(rows) != len(pieces.pieces):
        raise Rejected("one function for each piece is needed")
    total: list[Term] = [num(0)]
    for piece, row, ends in zip(pieces.pieces, rows, _ends(pieces), strict=True):
        found = c.fields(row, ("antiderivative", "proof"))
        whole = pieces.sequent.reader.term(found["antiderivative"])
        if depends(whole, value):
            raise Rejected("a new name is used outside")
        require_analytic(piece.sequent.region, whole, pieces.variable)
        start, stop = (substitute(whole, pieces.variable, end) for end in ends)
        for term in (start, stop):
            region.require_defined(term)
        slope = derivative(whole, pieces.variable)
        goal = (integrand, relation, slope)
        check(piece.sequent.on(piece.sequent.region.copy(), goal), found["proof"])
        total.append(difference(stop, start))
    return add(*total)
