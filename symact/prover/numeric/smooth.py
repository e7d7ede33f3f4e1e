"""Terms for numerical search: derivatives carried out branch by branch, kinks marked.

Above: `evaluate`. Below: checker's derivative rules.
"""

from __future__ import annotations

from symact.checker.derivatives import depends, derivative, substitute
from symact.checker.floors import is_floor
from symact.language.elementary import difference
from symact.language.terms import Term, fold, ite, name, postorder, rebuild, term

UNKNOWN = term("unknown")  # a limit or integral: balls are not asked for its value


def smooth(root: Term) -> Term:
    """`root` without diff; a guard that was under diff becomes a `kink`, undecided at its zero,
    and so does a floor.

    Fails with CannotJudge where a branch has no derivative rule.
    """
    return fold(root, _step)


def _step(node: Term, below: list[Term]) -> Term:
    if node.op in ("limit", "integral"):
        return UNKNOWN
    if node.op != "diff":
        return rebuild(node, below)
    body, variable, point = below
    slope = body
    for _ in range(node.value):
        slope = _slope(slope, variable)
    return substitute(term("regular", (slope, body)), variable, point)


def _slope(root: Term, variable: Term) -> Term:
    """The derivative inside every branch of a piecewise term."""
    pieces = _branches(root)
    if not pieces:
        return _between_jumps(root, variable)
    guard = pieces[0]
    kink = ite(guard.value, *guard.args) if guard.op == "kink" else guard
    then, other = (_slope(_chosen(root, guard, i), variable) for i in (1, 2))
    return term("kink", (kink.args[0], then, other), kink.value)


def _between_jumps(root: Term, variable: Term) -> Term:
    """The derivative of an analytic term with constants for floors; a kink where one may jump."""
    floors = [t for t in postorder(root) if is_floor(t) and depends(t, variable)]
    if not floors:
        return derivative(root, variable)
    fixed = {floor: name(f"'floor {i}") for i, floor in enumerate(floors)}
    back = {fixed[floor]: floor for floor in floors}
    slope = _replaced(derivative(_replaced(root, fixed), variable), back)
    for floor in floors:
        slope = term("kink", (difference(floor.args[0], floor), slope, slope), "<")
    return slope


def _replaced(root: Term, table: dict[Term, Term]) -> Term:
    return fold(root, lambda t, below: table[t] if t in table else rebuild(t, below))


def _branches(root: Term) -> list[Term]:
    """The innermost ite or kink nodes: those whose guards have none."""
    flags: list[Term] = []

    def visit(node: Term, below: list[bool]) -> bool:
        here = node.op in ("ite", "kink")
        if here and not below[0]:
            flags.append(node)
        return here or any(below)

    fold(root, visit)
    return flags


def _chosen(root: Term, guard: Term, index: int) -> Term:
    """root with every node that tests this guard in this way replaced by one branch."""

    def pick(node: Term, below: list[Term]) -> Term:
        same = node.op in ("ite", "kink") and node.args[0] is guard.args[0]
        return below[index] if same and node.value == guard.value else rebuild(node, below)

    return fold(root, pick)
