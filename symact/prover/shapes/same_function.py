"""Relations between the values of one function at two points: abs(tanh(x) - tanh(y)) <= abs(x - y).

    Γ, x < y, a (y - x) <= n2 - n1 <= b (y - x) ⊢ G        n1, n2 for f(x), f(y) in G; a <= f' <= b

Above: `decide`. Below: `two_point_search`, `graph_samples`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil

from symact.checker import signs
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.sequents import Sequent
from symact.language.claims import Relation
from symact.language.elementary import difference
from symact.language.printer import print_term
from symact.language.properties import Domain
from symact.language.terms import Term, fold, name, num, postorder, rebuild, size
from symact.language.unfold import Unfolder, Unsupported
from symact.prover.builder import Entry, OutOfTime, written
from symact.prover.cases import prove
from symact.prover.numeric.graph_samples import Graph
from symact.prover.numeric.probing import CounterExample
from symact.prover.shapes.two_point_search import Question, mean_value_node
from symact.prover.stuck import Stuck

VARIABLE = "z"
BINDERS = frozenset(("lambda", "diff", "limit", "integral", "series"))
NEAR = 1e-9
LARGEST_DENOMINATOR = 64
MAX_FUNCTIONS = 2
ROUND = 16  # slopes without a simple value are rounded outward to such a part
STEEP = 1_000  # beyond this a slope is taken to have no bound


def prove_relation(
    sequent: Sequent, statement: Relation, unfolder: Unfolder, deadline: float
) -> Entry | None:
    """A proof tree by the mean value rule; None when no function occurs at two points."""
    if sequent.goal[1] in ("==", "!="):
        return None
    for text, x, y in list(shared(statement))[:MAX_FUNCTIONS]:
        bounds = slope_bounds(text, unfolder)
        if bounds == (None, None):
            continue
        points = [name(x), name(y)]
        question = Question(sequent, text, Domain(), points, num(0), deadline)
        try:
            return _either_order(question, bounds)
        except (Stuck, CounterExample, Rejected, CannotJudge, OutOfTime):
            continue
    return None


def shared(statement: Relation) -> Iterator[tuple[str, str, str]]:
    """(function, x, y) for the functions of one name that occur at two names, largest first."""
    found: dict[Term, set[str]] = defaultdict(set)
    for side in statement.sides:
        for node in postorder(side):
            names = {t.value for t in postorder(node) if t.op == "name"}
            if len(names) == 1 and _is_function(node):
                (x,) = names
                found[_renamed(node, x)].add(x)
    for body, names in sorted(found.items(), key=lambda item: -size(item[0])):
        if len(names) > 1:
            x, y = sorted(names)[:2]
            yield f"lambda {VARIABLE}: {print_term(body)}", x, y


def _is_function(node: Term) -> bool:
    inside = {t.op for t in postorder(node)}
    return node.op not in ("name", "cmp", "neg") and not inside & BINDERS and "call" in inside


def _renamed(node: Term, x: str) -> Term:
    old, new = name(x), name(VARIABLE)
    return fold(node, lambda t, below: new if t is old else rebuild(t, below))


def slope_bounds(text: str, unfolder: Unfolder) -> tuple[Term | None, Term | None]:
    """Simple numbers that the derivative seems to stay between."""
    from symact.catalog import catalogue
    from symact.language.parser import parse_term

    variable = name("z'")
    try:
        function = unfolder.function(parse_term(text, catalogue()), unfolder.base)
        slope = unfolder.derivative_at(function, 1, variable)
        samples = Graph(slope, variable, Domain()).samples()
    except (CannotJudge, Unsupported):
        return None, None
    values = [n for sample in samples if (n := sample.number()) is not None]
    if not values:
        return None, None
    return _beyond(min(values), -1), _beyond(max(values), 1)


def _beyond(value: float, side: int) -> Term | None:
    """The value when it is a simple number, else one a little beyond; None for steep slopes."""
    near = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    if abs(float(near) - value) < NEAR:
        return num(near)
    if abs(value) > STEEP:
        return None
    return num(Fraction(side * ceil(side * value * ROUND), ROUND))


def _either_order(question: Question, bounds: tuple[Term | None, Term | None]) -> Entry:
    """The points in either order, and equal points apart."""
    x, y = question.points
    node: Entry = {"step": "split", "on": written(difference(x, y))}
    for field, known, order in (
        ("negative", signs.NEGATIVE, [x, y]),
        ("zero", signs.ZERO, None),
        ("positive", signs.POSITIVE, [y, x]),
    ):
        region = question.sequent.region.copy()
        region.restrict(difference(x, y), known)
        case = replace(question, sequent=question.sequent.extended(region))
        if case.sequent.region.is_empty():
            node[field] = {"step": "empty"}
        elif order is None:
            node[field] = prove(case.sequent, question.deadline, 1)
        else:
            node[field] = mean_value_node(replace(case, points=order), bounds)
    return node
