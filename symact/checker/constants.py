"""The sign of a core term without names, by rigorous enclosures; 0 takes a normal form.

Above: `region`. Below: `intervals`, `enclosures`.
"""

from __future__ import annotations

from collections.abc import Callable

from symact.checker import costs, enclosures, signs
from symact.checker.failures import CannotJudge
from symact.checker.intervals import EnclosureError, Interval
from symact.checker.signs import Signs
from symact.language.terms import Term, postorder

# Working precisions tried in turn, in bits: the last tells constants of a thousand digits apart.
PRECISIONS = (96, 256, 1024, 4096)


class Constants:
    """Constant terms of one check, each subterm looked at and enclosed once for each precision.

    `spend` is told how many microseconds each enclosure takes, before it is made, and may fail.
    """

    def __init__(self) -> None:
        self.spend: Callable[[int], None] = costs.free
        self._closed: dict[Term, bool] = {}
        self._enclosures: dict[int, dict[Term, Interval]] = {bits: {} for bits in PRECISIONS}

    def is_constant(self, term: Term) -> bool:
        """Whether no name occurs in the term."""
        closed = self._closed
        for node in postorder(term, lambda t: () if t in closed else t.args):
            closed[node] = node.op != "name" and all(closed[arg] for arg in node.args)
        return closed[term]

    def enclose(self, term: Term, bits: int) -> Interval:
        """An interval that contains the value of a constant core term without ite and diff.

        Fails with EnclosureError where an operation is not defined on the interval of its argument.
        """
        known = self._enclosures[bits]
        for node in postorder(term, lambda t: () if t in known else t.args):
            if node not in known:
                args = [known[arg] for arg in node.args]
                self.spend(costs.before(node, [[(a.lo, a.hi)] for a in args], 1, bits))
                known[node] = _step(node, args, bits)
        return known[term]

    def sign(self, term: Term) -> Signs:
        """{1} or {-1} when an enclosure excludes 0, for a defined constant term; else ANY."""
        for bits in PRECISIONS:
            try:
                enclosure = self.enclose(term, bits)
            except EnclosureError:
                continue
            if enclosure.sign():
                return signs.POSITIVE if enclosure.sign() > 0 else signs.NEGATIVE
        return signs.ANY


def _step(term: Term, args: list[Interval], bits: int) -> Interval:
    if term.op == "num":
        return Interval.of(term.value, bits)
    if term.op == "const":
        return enclosures.pi(bits)
    if term.op == "add":
        result = args[0]
        for summand in args[1:]:
            result = result + summand
        return result
    if term.op == "mul":
        result = args[0]
        for factor in args[1:]:
            result = result * factor
        return result
    if term.op in ("pow", "npow"):
        return args[0].power(_integer(term.args[1]))
    if term.op in ("given", "regular"):
        return args[0]
    return enclosures.ENCLOSURES[term.value[0]](args[0])


def _integer(exponent: Term) -> int:
    if exponent.op != "num" or exponent.value.denominator != 1:
        raise CannotJudge("an integer exponent is needed")
    return int(exponent.value)
