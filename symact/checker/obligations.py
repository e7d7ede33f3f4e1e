"""Domain obligations: what must hold for a core term to be defined.

    u^(-n): u != 0        log u: u > 0        sqrt u: u >= 0        everything else is total

Above: `region`, `witness`. Below: language.
"""

from __future__ import annotations

from symact.checker.failures import CannotJudge
from symact.language.terms import Term, call, postorder

Obligation = tuple[Term, str]

TOTAL = frozenset(("exp", "erf", "atan", "sin", "cos", "floor"))
NEEDS = {"log": ">", "sqrt": ">="}


def obligations(root: Term) -> list[Obligation]:
    """(u, relation): u relation 0 must hold; inner ones first, each once. `root` has no ite, diff.

    Fails with CannotJudge on a term whose domain is not known.
    """
    found: dict[Obligation, None] = {}
    for node in postorder(root):
        if node.op == "pow":
            exponent = node.args[1]
            if exponent.op != "num" or exponent.value.denominator != 1:
                raise CannotJudge("no domain known for this power")
            if exponent.value < 0:
                found[node.args[0], "!="] = None
        elif node.op == "call":
            function = node.value[0]
            if len(node.args) != 1 or function not in TOTAL | NEEDS.keys():
                raise CannotJudge("no domain known for this function")
            if function in NEEDS:
                found[node.args[0], NEEDS[function]] = None
        elif node.op not in ("num", "name", "const", "add", "mul", "npow", "given"):
            raise CannotJudge("no domain known for this term")
    return list(found)


def interior(root: Term) -> list[Term]:
    """Terms that are defined exactly where every sqrt in `root` has a positive argument."""
    return [
        call("log", node.args[0])
        for node in postorder(root)
        if node.op == "call" and node.value[0] == "sqrt"
    ]
