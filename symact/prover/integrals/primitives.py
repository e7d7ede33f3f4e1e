"""A function's antiderivative on an interval, put together from its analytic pieces.

    F = G_1 for z <= c_1,   G_2 + (F(c_1) - G_2(c_1)) for c_1 < z <= c_2,   …

Above: `integral_search`. Below: `piece_search`, `antiderivatives`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import arb

from symact.checker.derivatives import substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.normal_form import NormalForm
from symact.checker.pieces import Piece
from symact.checker.resolve import UNDEFINED, resolve
from symact.checker.sequents import Sequent
from symact.language.elementary import difference
from symact.language.terms import Term, add, ite, num, size, term
from symact.prover.algebra.factoring import term_of_form
from symact.prover.algebra.lowest_terms import rational_roots
from symact.prover.integrals.antiderivatives import antiderivative
from symact.prover.numeric.evaluate import BITS, Program, precision
from symact.prover.numeric.simple_numbers import middle, simplest
from symact.prover.shapes.piece_search import Graph, find_pieces

Sample = Mapping[str, Fraction]


@dataclass(frozen=True)
class Part:
    """A piece between cuts (None: no end) with an antiderivative there, if one was found.

    defined  whether the function has values on the piece
    """

    lower: Term | None
    upper: Term | None
    primitive: Term | None
    defined: bool


@dataclass(frozen=True)
class Parts:
    """All pieces of a function z ↦ e on an interval, from left to right; sizes as at the sample."""

    variable: Term
    parts: tuple[Part, ...]
    sample: Sample

    def number(self, of: Term) -> Fraction | None:
        """About the value of a term without the variable, None where there is none."""
        with precision(BITS):
            (value,) = Program([of]).run(self.sample)
        return middle(value) if isinstance(value, arb) and value.is_finite() else None

    def value_at(self, part: Part, end: Term) -> bool:
        """Whether the part's antiderivative has a value at an end of it, as far as is seen."""
        if part.primitive is None:
            return False
        return self.number(substitute(part.primitive, self.variable, end)) is not None

    def glued(self, index: int) -> bool:
        """Whether the antiderivatives left and right of the cut after this part can be joined."""
        left, right = self.parts[index : index + 2]
        cut = left.upper
        return cut is not None and self.value_at(left, cut) and self.value_at(right, cut)

    def runs(self) -> list[tuple[int, int]]:
        """(first, last) of the longest rows of parts that are joined."""
        found: list[tuple[int, int]] = []
        for index, part in enumerate(self.parts):
            if part.primitive is None:
                continue
            if found and found[-1][1] == index - 1 and self.glued(index - 1):
                found[-1] = (found[-1][0], index)
            else:
                found.append((index, index))
        return found

    def primitive(self, first: int, last: int) -> Term:
        """The joined antiderivative of a row of parts."""
        row = self.parts[first : last + 1]
        terms = [row[0].primitive or UNDEFINED]
        for left, right in pairwise(row):
            cut, here = left.upper or UNDEFINED, right.primitive or UNDEFINED
            before, after = (substitute(g, self.variable, cut) for g in (terms[-1], here))
            gap = simplified(difference(before, after))
            terms.append(here if gap is num(0) else add(here, gap))
        whole = terms[-1]
        for part, here in zip(reversed(row[:-1]), reversed(terms[:-1]), strict=True):
            whole = ite("<=", difference(self.variable, part.upper or UNDEFINED), here, whole)
        return whole


def simplified(root: Term) -> Term:
    """The term as its normal form says it, if that is shorter."""
    try:
        short = term_of_form(NormalForm().form(rational_roots(root)))
    except (Rejected, CannotJudge):
        return root
    return short if size(short) < size(root) else root


def parts_of(sequent: Sequent, graph: Graph, sample: Sample, deadline: float) -> Parts:
    """The pieces of the graph with their antiderivatives. Fails with Stuck, OutOfTime."""
    variable, domain = graph.variable, graph.domain
    found = find_pieces(sequent, graph, deadline)
    bounds = [domain.lower, *found.cuts, domain.upper]
    empty = Parts(variable, (), sample)
    parts = []
    for (lower, upper), piece in zip(pairwise(bounds), found.pieces.pieces, strict=True):
        primitive = None
        if piece.germ is not None:
            inside = _between(*(None if e is None else empty.number(e) for e in (lower, upper)))
            there = {**sample, variable.value: inside}
            primitive = _undone(graph, piece) or antiderivative(piece.germ, variable, there)
        parts.append(Part(lower, upper, primitive, piece.germ is not None))
    return Parts(variable, tuple(parts), sample)


def _undone(graph: Graph, piece: Piece) -> Term | None:
    """What a derivative was taken of, on the piece."""
    body = graph.body
    if body.op != "diff" or body.args[2] is not graph.variable:
        return None
    inner, bound, _ = body.args
    if body.value > 1:
        whole = term("diff", body.args, body.value - 1)
    else:
        whole = substitute(inner, bound, graph.variable)
    try:
        return resolve(whole, piece.sequent.region)
    except (Rejected, CannotJudge):
        return None


def _between(lower: Fraction | None, upper: Fraction | None) -> Fraction:
    """A number in the interval."""
    if lower is not None and upper is not None:
        third = (upper - lower) / 3
        return simplest(lower + third, upper - third)
    if lower is not None:
        return simplest(lower + Fraction(1, 2), lower + 2)
    return Fraction(1) if upper is None else simplest(upper - 2, upper - Fraction(1, 2))
