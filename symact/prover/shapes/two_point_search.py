"""Predicates about values at two or three points, by the mean value and convexity rules.

Above: `decide`. Below: `filling`, `piece_search`, `cases`, the checker's two-point rules.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from symact.checker import signs
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.pieces import Check
from symact.checker.sequents import Sequent
from symact.checker.two_points import convexity, mean_value
from symact.language.claims import Predicate
from symact.language.elementary import difference
from symact.language.predicates import Goal
from symact.language.printer import print_term
from symact.language.properties import Domain, domain_of
from symact.language.terms import Term, add, mul, name, num
from symact.language.unfold import Unfolder
from symact.prover.builder import Builder, Entry, OutOfTime, written
from symact.prover.cases import prove
from symact.prover.filling import fill
from symact.prover.numeric.probing import CounterExample
from symact.prover.shapes.join_search import joins
from symact.prover.shapes.piece_search import Found, Graph, find_pieces
from symact.prover.shapes.strictness import Strict, flat_points, ways
from symact.prover.signs.sign_search import show
from symact.prover.stuck import Stuck

VALUES = ("f1", "f2", "f3")
VARIABLE = "z"


@dataclass(frozen=True)
class Question:
    """A predicate about f, as a sequent, with the points at which f is looked at."""

    sequent: Sequent
    text: str
    domain: Domain
    points: list[Term]
    bound: Term
    deadline: float

    def graph(self, variable: Term) -> Graph:
        """The function of a new variable."""
        value = self.sequent.reader.function(self.text)(variable)
        if not isinstance(value, Term):
            raise Rejected("a function from reals to reals is needed")
        return Graph(value, variable, self.domain)

    def between(self) -> list[Term]:
        """t x + (1 - t) y, as the definition of a chord writes it, when there is a t."""
        if len(self.points) < 3:
            return []
        x, y, t = self.points
        return [add(mul(t, x), mul(difference(num(1), t), y))]

    def names(self, count: int) -> list[Term]:
        """New names: the variable, and one for each value."""
        found = []
        for wanted in (VARIABLE, *VALUES[:count]):
            text = wanted
            while text in found or self._taken(text):
                text += "_"
            found.append(text)
        return [name(text) for text in found]

    def _taken(self, text: str) -> bool:
        try:
            self.sequent.fresh(text)
        except Rejected:
            return True
        body = self.sequent.reader.function(self.text)(num(0))
        return isinstance(body, Term) and text in {p.value for p in self.points if p.op == "name"}


def prove_predicate(
    sequent: Sequent, statement: Predicate, goal: Goal, unfolder: Unfolder, deadline: float
) -> Entry | None:
    """A proof tree for a predicate about two or three points; None when no rule fits or helps."""
    strategy = STRATEGIES.get(statement.name)
    if strategy is None:
        return None
    points = [name(point) for point in goal.points]
    numbers = [unfolder.real(arg, unfolder.base) for arg in statement.args[1:]]
    question = Question(
        sequent,
        print_term(statement.args[0]),
        domain_of(statement.on, unfolder),
        points,
        numbers[0] if numbers else num(0),
        deadline,
    )
    return next(_found(strategy(question)), None)


def strictly_monotone(question: Question) -> Iterator[Entry]:
    """Proofs that the values at two points in order differ."""
    for sign in (1, -1):
        yield from _found(_monotone(sign, strict=True)(question))


def _found(attempts: Iterator[Attempt]) -> Iterator[Entry]:
    """The proof trees of those attempts that succeed."""
    for attempt in attempts:
        with suppress(Stuck, CounterExample, Rejected, CannotJudge):
            yield attempt()


Attempt = Callable[[], Entry]
TwoPointRule = Callable[[Sequent, Entry, Check], None]


# -- monotone and Lipschitz functions -------------------------------------------------------------
def _monotone(sign: int, strict: bool) -> Callable[[Question], Iterator[Attempt]]:
    def attempts(question: Question) -> Iterator[Attempt]:
        bounds = (num(0), None) if sign > 0 else (None, num(0))
        yield lambda: _mean_value(question, bounds, strict)

    return attempts


def _lipschitz(question: Question) -> Iterator[Attempt]:
    yield lambda: _either_order(question)


def _either_order(question: Question) -> Entry:
    """The points in either order, and equal points apart."""
    x, y = question.points
    node: Entry = {"step": "split", "on": written(difference(x, y))}
    bounds = (difference(num(0), question.bound), question.bound)
    for field, known, order in (
        ("negative", signs.NEGATIVE, [x, y]),
        ("positive", signs.POSITIVE, [y, x]),
        ("zero", signs.ZERO, None),
    ):
        region = question.sequent.region.copy()
        region.restrict(difference(x, y), known)
        sequent = question.sequent.extended(region)
        if order is None:
            node[field] = prove(sequent, question.deadline, 1)
        else:
            node[field] = _mean_value(
                replace(question, sequent=sequent, points=order), bounds, strict=False
            )
    return node


def _mean_value(
    question: Question,
    bounds: tuple[Term | None, Term | None],
    strict: bool,
    split: bool = True,
) -> Entry:
    """The mean value step, cut also where the slope meets a strict bound."""
    new = question.names(2)
    wanted = [f for f, b in zip(("lower", "upper"), bounds, strict=True) if b is not None]

    def node_for(found: Found, strict: Strict) -> Entry:
        return {
            **_shared(question, new, found),
            "lower": None if bounds[0] is None else written(bounds[0]),
            "upper": None if bounds[1] is None else written(bounds[1]),
            "strict": strict,
            "slopes": [{field: {} for field in wanted} for _ in found.pieces.pieces],
            "then": _split_on_change(new[1:]) if split and len(wanted) > 1 else {},
        }

    bound = next((b for b in bounds if b is not None), num(0))
    rule = "mean value", mean_value, (1, bound) if strict else None
    return _by_pieces(question, new[0], node_for, rule)


def mean_value_node(question: Question, bounds: tuple[Term | None, Term | None]) -> Entry:
    """The mean value step for points in order, with whatever the goal then needs."""
    return _mean_value(question, bounds, strict=False, split=False)


def _split_on_change(names: list[Term]) -> Entry:
    """The goal about |f(u) - f(v)| is, on either side of 0, one of the two facts."""
    leaf = {"step": "holds"}
    on = written(difference(*names))
    return {"step": "split", "on": on, "negative": leaf, "zero": leaf, "positive": leaf}


def _by_pieces(
    question: Question,
    variable: Term,
    node_for: Callable[[Found, Strict], Entry],
    rule: tuple[str, TwoPointRule, tuple[int, Term] | None],
) -> Entry:
    """The step of the rule; for a strict one, the derivative of an order differs from a bound: on
    the pieces, or at a point of each, or on pieces cut at the zeros of the derivative.
    """
    word, check_rule, differs = rule
    builder = Builder(question.sequent, question.deadline)
    _show_inside(builder, question)
    found = find_pieces(builder.sequent, question.graph(variable), question.deadline)
    problem: Exception = Stuck(variable, "!=")
    for way in ways(found, differs):
        if way is None:
            extra = flat_points(found, differs[0] if differs else 0)
            if not extra:
                break
            graph = question.graph(variable)
            found = find_pieces(builder.sequent, graph, question.deadline, extra)
        node = node_for(found, 1 if way is None else way)
        end = _share(question.deadline, differs is not None and way is not None)
        try:
            fill(lambda check: check_rule(builder.sequent, node, check), end, 1)  # noqa: B023
        except (Stuck, CounterExample, OutOfTime) as failure:
            problem = failure
            continue
        return builder.wrapped({"step": word, **node})
    raise problem


def _share(deadline: float, more_to_come: bool) -> float:
    """Half of the time that is left, if more is to be tried."""
    now = time.perf_counter()
    return now + (deadline - now) / 2 if more_to_come else deadline


def _show_inside(builder: Builder, question: Question) -> None:
    """Facts that say that the points lie in the domain."""
    domain = question.domain
    for end, relation, is_open in (
        (domain.lower, ">", domain.lower_open),
        (domain.upper, "<", domain.upper_open),
    ):
        if end is None:
            continue
        for point in (*question.points[:2], *question.between()):
            show(builder, difference(point, end), relation if is_open else relation + "=")


def _shared(question: Question, new: list[Term], found: Found) -> Entry:
    """The fields that both two-point steps have."""
    domain = question.domain
    ends = ((domain.lower, domain.lower_open), (domain.upper, domain.upper_open))
    lower, upper = (
        None if end is None else ["open" if is_open else "closed", written(end)]
        for end, is_open in ends
    )
    return {
        "function": question.text,
        "name": new[0].value,
        "from": lower,
        "to": upper,
        **found.fields(),
        "joins": joins(found, question.deadline),
        "points": [written(point) for point in question.points[:2]],
        "values": [n.value for n in new[1:]],
    }


# -- convex functions -----------------------------------------------------------------------------
def _convex(sign: int, strict: bool) -> Callable[[Question], Iterator[Attempt]]:
    def attempts(question: Question) -> Iterator[Attempt]:
        yield lambda: _convexity(question, sign, strict)

    return attempts


def _convexity(question: Question, sign: int, strict: bool) -> Entry:
    new = question.names(3)

    def node_for(found: Found, strict: Strict) -> Entry:
        return {
            **_shared(question, new, found),
            "weight": written(question.points[2]),
            "between": written(*question.between()),
            "sign": sign,
            "strict": strict,
            "curvatures": [{} for _ in found.pieces.pieces],
            "corners": [{} for _ in found.cuts],
            "then": {},
        }

    rule = "convexity", convexity, (2, num(0)) if strict else None
    return _by_pieces(question, new[0], node_for, rule)


STRATEGIES: dict[str, Callable[[Question], Iterator[Attempt]]] = {
    "increasing": _monotone(1, strict=False),
    "strictly_increasing": _monotone(1, strict=True),
    "decreasing": _monotone(-1, strict=False),
    "strictly_decreasing": _monotone(-1, strict=True),
    "lipschitz": _lipschitz,
    "convex": _convex(1, strict=False),
    "strictly_convex": _convex(1, strict=True),
    "concave": _convex(-1, strict=False),
    "strictly_concave": _convex(-1, strict=True),
}
