"""Domain obligations: what must hold for a core term to be defined.

    u^(-n): u != 0        log u: u > 0        sqrt u: u >= 0        everything else is total

Inside `regular` an obligation is soft: where it fails, the value is not known (a derivative may
exist where its formula does not), so it must hold in a proof, and its failure refutes nothing.

Above: `region`, `witness`. Below: language.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from symact.checker.failures import CannotJudge
from symact.language.terms import Term, all_arguments, call, postorder

Obligation = tuple[Term, str]

MAX_REMEMBERED = 4_096  # terms whose obligations are remembered: guards are asked for often

TOTAL = frozenset(("exp", "erf", "atan", "sin", "cos", "floor"))
NEEDS = {"log": ">", "sqrt": ">="}


@lru_cache(maxsize=MAX_REMEMBERED)
def obligations(root: Term) -> tuple[Obligation, ...]:
    """(u, relation): u relation 0 must hold; inner ones first, each once. `root` has no ite, diff.

    Fails with CannotJudge on a term whose domain is not known.
    """
    return _collected(root, all_arguments)


@lru_cache(maxsize=MAX_REMEMBERED)
def hard_obligations(root: Term) -> tuple[Obligation, ...]:
    """Those obligations without which the term has no value; the soft ones are left out."""
    return _collected(root, lambda node: () if node.op == "regular" else node.args)


def is_plain(term: Term) -> bool:
    """Whether nothing is needed softly only: then a sign inside is that of a value, or the term has
    none anyway.
    """
    return len(hard_obligations(term)) == len(obligations(term))


def _collected(root: Term, below: Callable[[Term], tuple[Term, ...]]) -> tuple[Obligation, ...]:
    own = (own_obligation(node) for node in postorder(root, below))
    return tuple(dict.fromkeys(need for need in own if need is not None))


def own_obligation(node: Term) -> Obligation | None:
    """What the node's own operation needs, beside what its arguments need; None: nothing.

    Fails with CannotJudge on an operation whose domain is not known.
    """
    if node.op == "pow":
        exponent = node.args[1]
        if exponent.op != "num" or exponent.value.denominator != 1:
            raise CannotJudge("no domain known for this power")
        return (node.args[0], "!=") if exponent.value < 0 else None
    if node.op == "call":
        function = node.value[0]
        if len(node.args) != 1 or function not in TOTAL | NEEDS.keys():
            raise CannotJudge("no domain known for this function")
        return (node.args[0], NEEDS[function]) if function in NEEDS else None
    if node.op not in ("num", "name", "const", "add", "mul", "npow", "given", "regular"):
        raise CannotJudge("no domain known for this term")
    return None


def interior(root: Term) -> list[Term]:
    """Terms that are defined exactly where every sqrt in `root` has a positive argument."""
    return [
        call("log", node.args[0])
        for node in postorder(root)
        if node.op == "call" and node.value[0] == "sqrt"
    ]
