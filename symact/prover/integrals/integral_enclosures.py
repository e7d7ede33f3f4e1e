"""Bounds on integrals without a known antiderivative: polynomials just below and above.

    |e(z) - p(z)| <= d on a piece, p a Taylor polynomial at the middle with simple coefficients

Above: `bound_steps`. Below: `piece_search`, `ball_jets`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import arb

from symact.checker.derivatives import derivative, substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.integrals import bounds_of
from symact.checker.limits import replaced
from symact.checker.pieces import Pieces
from symact.checker.resolve import resolve
from symact.checker.sequents import Sequent
from symact.checker.signs import SIGNS
from symact.language.elementary import difference
from symact.language.predicates import Triple
from symact.language.properties import Domain
from symact.language.terms import Term, add, fold, mul, name, num, postorder, power, rebuild
from symact.prover.builder import Builder, Entry, written
from symact.prover.integrals.integral_search import look_at_integral
from symact.prover.limits.far_out import NotShown, fresh_name, names_of
from symact.prover.limits.limit_search import NoValue, Search
from symact.prover.numeric.ball_jets import Jets, is_jet_term
from symact.prover.numeric.evaluate import BITS, Program, precision
from symact.prover.numeric.simple_numbers import ball, middle, near
from symact.prover.numeric.smooth import smooth
from symact.prover.shapes.piece_search import Found, Graph, find_pieces
from symact.prover.witnesses import compare

DEGREE = 5
MAX_PARTS = 32
NAMES = ("t", "z", "u", "s", "v", "w")
VALUES = ("q", "q1", "q2", "q3", "q4")
CHECKED_BITS = 64
SLACK = Fraction(5, 4)
HERE = name("'q")


@dataclass(frozen=True)
class Panel:
    """|e - p| <= error between two cuts; p by its coefficients at the middle."""

    middle: Fraction
    coefficients: tuple[Fraction, ...]
    error: Fraction

    def integral(self, lower: Fraction, upper: Fraction) -> Fraction:
        """That of p."""
        a, b = lower - self.middle, upper - self.middle
        powers = enumerate(self.coefficients, start=1)
        return sum((c * (b**k - a**k) / k for k, c in powers), Fraction(0))

    def antiderivative(self, z: Term, side: int) -> Term:
        """That of p - error (side 1, below) or of p + error (side -1, above)."""
        shift = difference(z, num(self.middle))
        parts = [mul(num(-side * self.error), z)]
        for k, a in enumerate(self.coefficients):
            if a:
                parts.append(mul(num(a / (k + 1)), power(shift, num(k + 1))))
        return add(*parts)


def integral_bounds(search: Search, target: Term) -> tuple[Entry, Sequent]:
    """The step but for `then`, and the sequent that is left. Fails with NoValue, and as proofs do.

    The polynomials are as near as it takes to tell whether the goal holds.
    """
    sequent = search.sequent
    first, last = bounds_of(sequent, target)
    if first is None or last is None or names_of([target]) != _own(target):
        raise NoValue("no antiderivative found")
    z = name(fresh_name(sequent, [target], NAMES))
    value = name(fresh_name(sequent, [target, z], VALUES))
    body = substitute(target.args[0], target.args[1], z)
    graph = Graph(body, z, Domain(first, last, lower_open=False, upper_open=False))
    goal = _numeric_goal(search, target)
    for found, panels in _finer(search, graph):
        ends = [(_number(a), _number(b)) for a, b in _ends(found, graph.domain)]
        total = sum((p.integral(*e) for p, e in zip(panels, ends, strict=True)), Fraction(0))
        error = sum(
            (p.error * (b - a) for p, (a, b) in zip(panels, ends, strict=True)), Fraction(0)
        )
        if all(_holds(goal, total + error * Fraction(k, 4)) for k in range(-4, 5)):
            node = _node(z, value, found)
            for field, side in (("lower", 1), ("upper", -1)):
                node[field] = _rows(search, found.pieces, (panels, body), side)
            return node, _left_to_prove(search, target, (found, panels, value))
        if _holds(goal, ball(total - error).union(ball(total + error))) is False:
            break
    raise NoValue("no bounds on an integral that are near enough")


def _own(target: Term) -> list[str]:
    """The names that the target itself binds."""
    binders = {t.args[1].value for t in postorder(target) if t.op in ("diff", "integral")}
    return sorted(binders)


def _finer(search: Search, graph: Graph) -> Iterator[tuple[Found, list[Panel]]]:
    """Pieces with polynomials, more and more."""
    kinks = find_pieces(search.sequent, graph, search.deadline)
    count = 1
    while count <= MAX_PARTS:
        cuts = list(_divided(graph.domain, kinks.cuts, count))
        found = find_pieces(search.sequent, graph, search.deadline, tuple(cuts))
        panels = [_panel(graph.variable, *piece) for piece in _germs(found, graph.domain)]
        if all(panels):
            yield found, [panel for panel in panels if panel is not None]
        count *= 2


def _ends(found: Found, domain: Domain) -> list[tuple[Term, Term]]:
    lower, upper = domain.ends()
    return list(pairwise((lower, *found.cuts, upper)))


def _germs(found: Found, domain: Domain) -> Iterator[tuple[Term, Term, Term]]:
    for piece, (lower, upper) in zip(found.pieces.pieces, _ends(found, domain), strict=True):
        if piece.germ is None:
            raise NoValue("a function without values")
        yield piece.germ, lower, upper


def _divided(domain: Domain, kinks: list[Term], count: int) -> Iterator[Term]:
    """Simple numbers that divide each part between kinks into as many."""
    lower, upper = domain.ends()
    for left, right in pairwise((lower, *kinks, upper)):
        a, b = _number(left), _number(right)
        for i in range(1, count):
            width = (b - a) / count
            yield num(near(a + i * width, width / 8))


def _number(term: Term) -> Fraction:
    with precision(BITS):
        (value,) = Program([term]).run({})
    if not isinstance(value, arb) or not value.is_finite():
        raise NoValue("an end without a value")
    return middle(value)


def _panel(z: Term, germ: Term, lower: Term, upper: Term) -> Panel | None:
    """The polynomial at the middle, None when no error is seen."""
    if not is_jet_term(germ, z):
        raise NoValue("no polynomials for this function")
    a, b = _number(lower), _number(upper)
    centre = near((a + b) / 2, (b - a) / 16)
    reach = max(b - centre, centre - a) * (1 + Fraction(1, 2**20))
    jets = Jets(germ, z, BITS)
    at = jets.at(ball(centre), DEGREE)
    with precision(BITS):
        wide = jets.at(ball(centre - reach).union(ball(centre + reach)), DEGREE + 1)
        rest = abs(wide[DEGREE + 1]) * ball(reach) ** (DEGREE + 1)
    if not rest.is_finite() or not all(c.is_finite() for c in at):
        return None
    bound = middle(rest.upper())
    room = max(bound, Fraction(1, 10**12)) / (4 * (DEGREE + 1))
    coefficients = tuple(near(middle(c), room / reach**k) for k, c in enumerate(at))
    return Panel(centre, coefficients, _simple_above(SLACK * (bound + bound / 4) + 8 * room))


def _simple_above(value: Fraction) -> Fraction:
    """A power of ten times 1 … 9, at least the value."""
    unit = Fraction(1)
    while unit > value:
        unit /= 10
    return unit * -(-value // unit)


# -- certificates ---------------------------------------------------------------------------------
def _node(z: Term, value: Term, found: Found) -> Entry:
    names = {"name": z.value, "value": value.value}
    return {"step": "integral bounds", **names, **found.fields()}


def _left_to_prove(search: Search, target: Term, what: tuple[Found, list[Panel], Term]) -> Sequent:
    """The sequent with the value's name and its bounds."""
    found, panels, value = what
    sequent, z = search.sequent, found.pieces.variable
    region = sequent.region.copy()
    ends = _ends(found, found.pieces.domain)
    for side, relation in ((1, ">="), (-1, "<=")):
        parts = [num(0)]
        for panel, (lower, upper) in zip(panels, ends, strict=True):
            whole = search.reread(panel.antiderivative(z, side))
            parts.append(difference(substitute(whole, z, upper), substitute(whole, z, lower)))
        region.restrict(difference(value, add(*parts)), SIGNS[relation])
    below = replaced(sequent, target, value)
    return below.on(region, below.goal)


def _numeric_goal(search: Search, target: Term) -> Triple:
    """The goal with a name for the integral, and other integrals at their values."""

    def put(node: Term, below: list[Term]) -> Term:
        if node is target:
            return HERE
        if node.op == "integral":
            try:
                return look_at_integral(search, node)
            except (Rejected, CannotJudge, NotShown):
                return node
        return rebuild(node, below)

    left, op, right = search.sequent.goal
    return smooth(fold(left, put)), op, smooth(fold(right, put))


def _holds(goal: Triple, value: Fraction | arb) -> bool | None:
    """Whether the goal holds when the integral has this value."""
    left, op, right = goal
    with precision(BITS):
        found = Program([left, right]).run({HERE.value: value})
        return compare(found[0], op, found[1])


def _rows(search: Search, pieces: Pieces, what: tuple[list[Panel], Term], side: int) -> list[Entry]:
    """The antiderivatives on one side, with proofs."""
    panels, body = what
    z = pieces.variable
    rows = []
    ends = list(pairwise((*pieces.domain.ends()[:1], *pieces.cuts, *pieces.domain.ends()[1:])))
    for panel, piece, (lower, upper) in zip(panels, pieces.pieces, ends, strict=True):
        whole = search.reread(panel.antiderivative(z, side))
        goal = body, ">=" if side > 0 else "<=", derivative(whole, z)
        inside = piece.sequent.on(piece.sequent.region.copy(), goal)
        proof = _by_cell(search, inside, (lower, upper), side)
        if proof is None:
            proof = search.prove(inside, search.deadline, search.depth + 1)
        rows.append({"antiderivative": written(whole), "proof": proof})
    return rows


def _by_cell(search: Search, inside: Sequent, ends: tuple[Term, Term], side: int) -> Entry | None:
    """The goal between rational ends by one cell; None when the checker does not see it."""
    builder = Builder(inside, search.deadline)
    left, _, right = inside.goal
    gap = difference(resolve(left, builder.region), right)
    (z,) = names_of([gap])
    if any(end.op != "num" for end in ends):
        return None
    body = {
        "name": z,
        "term": written(gap),
        "of": z,
        "bits": CHECKED_BITS,
        "order": DEGREE + 2,
        "from": written(ends[0]),
        "cells": [["S", written(ends[1]), side]],
    }
    if not builder.learn(gap, ">" if side > 0 else "<", {"cells": body}):
        return None
    return builder.wrapped({"step": "holds"})
