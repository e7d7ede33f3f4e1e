"""Strictness: a function value is defined only where its arguments are, used or not.

(lambda x: 1)(log(y)) is 1 for y > 0 and has no value elsewhere.

Above: `unfold`. Below: `functions`, `terms`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symact.language.functions import Array, Value
from symact.language.terms import Term, postorder, term


class Strictness:
    """Adds what a value would not need by itself; remembers which terms are defined everywhere."""

    def __init__(self) -> None:
        self._partial: dict[Term, bool] = {}

    def strict(self, result: Value, arguments: Sequence[Value]) -> Value:
        """The result, without a value wherever one of the arguments has none. Never fails."""
        needed = [t for argument in arguments for t in _reals(argument) if self.is_partial(t)]
        return _needing(result, needed) if needed else result

    def is_partial(self, root: Term) -> bool:
        """Whether the term may have no value somewhere."""
        memo = self._partial
        if root not in memo:
            for node in postorder(root, lambda t: () if t in memo else t.args):
                if node not in memo:
                    memo[node] = _is_partial(node) or any(memo[arg] for arg in node.args)
        return memo[root]


def _is_partial(node: Term) -> bool:
    """Whether the node's own operation may have no value."""
    if node.op == "call":
        return bool(node.value[0] in ("log", "sqrt"))
    return node.op in ("diff", "limit", "integral", "regular") or (
        node.op == "pow" and node.args[1].value < 0
    )


def _reals(value: Value) -> Iterator[Term]:
    """The real numbers in a value; an array has noted by itself which of its own it needs."""
    if isinstance(value, Term):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from _reals(entry)


def _needing(result: Value, needed: list[Term]) -> Value:
    if isinstance(result, tuple):
        return tuple(_needing(entry, needed) for entry in result)
    if isinstance(result, Array):
        return result.needing(needed)
    if not isinstance(result, Term):
        return result
    missing = [t for t in needed if not _evaluates(result, t)]
    return term("given", (result, *missing)) if missing else result


def _evaluates(root: Term, wanted: Term) -> bool:
    """Whether the value of `root` takes that of `wanted` in every case of a piecewise."""
    seen: set[Term] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node is wanted:
            return True
        if node not in seen:
            seen.add(node)
            stack.extend(_always_evaluated(node))
    return False


def _always_evaluated(node: Term) -> tuple[Term, ...]:
    """The arguments without which the node has no value."""
    if node.op == "ite":
        return node.args[:1]
    if node.op in ("diff", "limit", "integral"):
        return node.args[2:]
    return () if node.op == "regular" else node.args
