"""floor(u) where u stays between two neighbouring integers: a constant.

    Γ ⊢ floor(u) = k, by a law
    ---------------------------------------------------------------
    the germ with k for floor(u) is the same function on Γ

    Γ ⊢ floor(u) = k,  k < u < k + 1 at the point,  u continuous there
    -------------------------------------------------------------------
    floor(u) = k near the point

Above: `analytic`, `resolve`. Below: `region`, `derivatives`.
"""

from __future__ import annotations

from symact.checker import signs
from symact.checker.derivatives import depends
from symact.checker.polynomials import ONE
from symact.checker.region import Region
from symact.language.elementary import difference
from symact.language.terms import Term, add, fold, num, postorder, rebuild


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


def is_steady(region: Region, argument: Term, value: Term) -> bool:
    """Whether `argument`, a term at a point, is known to lie strictly between value and value + 1
    there, and to be continuous where it is defined.
    """
    inside = (difference(argument, value), difference(add(value, num(1)), argument))
    return (
        not jumps(argument)
        and region.unsure(argument) is None
        and all(region.signs(gap) == signs.POSITIVE for gap in inside)
    )
