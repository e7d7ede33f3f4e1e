"""Induction on the number of layers.

    Γ ⊢ u = g[n := 0]        Γ, n natural ⊢ f(g) = g[n := n + 1]        n not in f, u, Γ
    --------------------------------------------------------------------------------------
    Γ, n natural ⊢ stack(n, f)(u) = g

stack(0, f)(u) = u, and stack(n + 1, f)(u) = f(stack(n, f)(u)) = f(g). Between functions the claim
is one at a new argument u.

Above: `matrix_judge`. Below: language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from symact.checker import certificate as c
from symact.checker.failures import Rejected
from symact.checker.matrix_case import Case
from symact.language.claims import Claim, Membership, RealSet, Relation
from symact.language.layers import has_bare_layers, names_of
from symact.language.shapes import Shapes
from symact.language.terms import Term, add, name, num, term


def check_induction(case: Case, body: Any, show: Callable[[Case, Any], None]) -> None:
    """Accepts {base, step} by returning. Fails with Rejected, or as `show` does for the two."""
    given = c.fields(body, ("base", "step"))
    base, step = parts(case)
    show(base, given["base"])
    show(step, given["step"])


class _Parts(NamedTuple):
    """stack(number, layer)(start) == result."""

    number: Term
    layer: Term
    start: Term
    result: Term


def parts(case: Case) -> tuple[Case, Case]:
    """The base and the step. Fails with Rejected when the claim has another form."""
    argument = "x"
    while argument in names_of(case.claim):
        argument += "_"
    count, layer, start, result = _read(case.claim, name(argument))
    names = dict(case.shapes.names)
    shape = case.shapes.arguments[0] if case.shapes.arguments else None
    if shape is not None:
        names[argument] = shape
    at_zero, after = (_at(result, count, n) for n in (num(0), add(count, num(1))))
    more = term("apply", (layer, result))
    shapes = Shapes(names)
    return (
        case.part(Relation((start, at_zero), ("==",)), shapes),
        case.part(Relation((more, after), ("==",)), shapes),
    )


def _read(claim: Claim, argument: Term) -> _Parts:
    statement = claim.statement
    if not isinstance(statement, Relation) or statement.ops != ("==",):
        raise Rejected("induction is for one equation")
    left, right = statement.sides
    if right.op == "stack" or (right.op == "apply" and right.args[0].op == "stack"):
        left, right = right, left
    if left.op == "stack":
        left, right = (term("apply", (side, argument)) for side in (left, right))
    if left.op != "apply" or left.args[0].op != "stack":
        raise Rejected("induction is for a stack of layers")
    count, layer = left.args[0].args
    member = Membership(str(count.value), RealSet("Naturals"))
    if count.op != "name" or member not in claim.conditions:
        raise Rejected("the number of layers is not a natural number")
    others = tuple(condition for condition in claim.conditions if condition != member)
    fixed = replace(claim, statement=Relation((layer, left.args[1]), ()), conditions=others)
    if count.value in names_of(fixed) or has_bare_layers(layer):
        raise Rejected("the layers are not alike")
    return _Parts(count, layer, left.args[1], right)


def _at(result: Term, count: Term, value: Term) -> Term:
    """result[count := value]."""
    return term("apply", (term("lambda", (result,), (count.value,)), value))
