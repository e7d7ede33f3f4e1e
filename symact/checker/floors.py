"""floor(u) where u stays between two neighbouring integers: a constant.

    Γ ⊢ floor(u) = k, by a law
    ---------------------------------------------------------------
    the germ with k for floor(u) is the same function on Γ

    Γ ⊢ floor(u) = k at p,  u continuous at p,  u > k near p on one side
    ----------------------------------------------------------------------
    floor(u) = k near p on that side                     (k - 1 for u < k)

Above: `analytic`, `resolve`. Below: `region`, `derivatives`.
"""

from __future__ import annotations

from symact.checker.derivatives import depends
from symact.checker.polynomials import ONE
from symact.checker.region import Region
from symact.language.terms import Term, fold, num, postorder, rebuild


def is_floor(node: Term) -> bool:
    """Whether the term is a call of floor."""
    return node.op == "call" and node.value[0] == "floor"


def jumps(root: Term) -> bool:
    """Whether the term may fail to be continuous where it is defined."""
    return any(is_floor(node) for node in postorder(root))


def varies(root: Term, variable: Term) -> bool:
    """Whether a floor in the term depends on the variable."""
    return any(is_floor(node) and depends(node, variable) for node in postorder(root))


def whole_value(region: Region, node: Term) -> Term | None:
    """The number that the call of floor is known to be on the region, by a law."""
    form = region.normal_form.form(node)
    if form.is_zero():
        return num(0)
    known = not form.den and set(form.num) == {ONE}
    return num(form.num[ONE]) if known else None


def settled(region: Region, germ: Term, variable: Term) -> Term:
    """The term with every floor that depends on the variable replaced by its value, where one is
    known: the same function on the region, if the term is defined there.
    """

    def step(node: Term, below: list[Term]) -> Term:
        value = whole_value(region, node) if is_floor(node) and depends(node, variable) else None
        return rebuild(node, below) if value is None else value

    return fold(germ, step)
