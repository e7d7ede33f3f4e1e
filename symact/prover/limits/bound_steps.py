"""Goals that hold limits or integrals: each gets its value, innermost first.

Above: `cases`. Below: `limit_search`, `integral_search`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symact.checker.derivatives import given
from symact.checker.failures import Rejected
from symact.checker.limits import BOUND, approaches, innermost, replaced
from symact.checker.obligations import obligations
from symact.checker.resolve import Unresolved, resolve
from symact.checker.sequents import Sequent
from symact.language.terms import Term, fold, name, postorder, rebuild
from symact.prover.builder import Builder, Entry, written
from symact.prover.integrals.integral_enclosures import integral_bounds
from symact.prover.integrals.integral_search import integral_step, look_at_integral
from symact.prover.laws.law_search import Undefined, prepare
from symact.prover.limits.limit_search import NoValue, Prove, Search, Undecided, ways_of

OPAQUE = name("'L")  # stands for any limit or integral


@dataclass(frozen=True)
class Tools:
    """What `cases` offers: prove(sequent, deadline, depth), decide(builder, guard), split(builder,
    on).
    """

    prove: Prove
    decide: Callable[[Builder, Term], Entry]
    split: Callable[[Builder, Term], Entry]


def has_bound(sequent: Sequent) -> bool:
    """Whether a limit or an integral is in the goal."""
    left, _, right = sequent.goal
    return any(t.op in BOUND for side in (left, right) for t in postorder(side))


def bound_step(builder: Builder, tools: Tools) -> Entry:
    """A proof tree for a goal with a limit or an integral. Fails with NoValue, OutOfTime, and as
    the tools do.
    """
    guard = _outer_guard(builder)
    if guard is not None:
        return tools.decide(builder, guard)
    try:
        target = innermost(builder.sequent, "limit")
    except Rejected:
        target = innermost(builder.sequent, "integral")
    rule = _limit if target.op == "limit" else _integral
    try:
        return builder.wrapped(rule(builder, target, tools))
    except Undecided as missing:
        return tools.split(builder, missing.on)


def _outer_guard(builder: Builder) -> Term | None:
    """A guard outside all limits and integrals whose sign is missing."""
    for side in (builder.sequent.goal[0], builder.sequent.goal[2]):
        try:
            resolve(fold(side, _opaque), builder.region)
        except Unresolved as missing:
            if not any(
                t.op == "name" and t.value.startswith("'") for t in postorder(missing.guard)
            ):
                return missing.guard
    return None


def _opaque(node: Term, below: list[Term]) -> Term:
    return OPAQUE if node.op in BOUND else rebuild(node, below)


def search_of(builder: Builder, tools: Tools) -> Search:
    """The search for values beside the builder's sequent."""
    return Search(builder.sequent, tools.prove, builder.deadline, builder.depth)


def target_value(sequent: Sequent, target: Term, prove: Prove, deadline: float) -> Term:
    """The value of a limit or an integral without free names, unproved. Fails with NoValue and
    others.
    """
    search = Search(sequent, prove, deadline)
    if target.op == "limit":
        function = target.args[0], target.args[1]
        return search.look(ways_of(function, approaches(sequent, target)))
    return look_at_integral(search, target)


def _limit(builder: Builder, target: Term, tools: Tools) -> Entry:
    function = target.args[0], target.args[1]
    show_defined(builder, list(target.args[2:]))
    ways = ways_of(function, approaches(builder.sequent, target))
    value, sides = search_of(builder, tools).limit(ways)
    show_defined(builder, [value])
    needed = target.args[2:]
    below = replaced(builder.sequent, target, given(value, *needed) if needed else value)
    return {
        "step": "limit",
        "value": written(value),
        "sides": sides,
        "then": tools.prove(below, builder.deadline, builder.depth),
    }


def _integral(builder: Builder, target: Term, tools: Tools) -> Entry:
    show_defined(builder, list(target.args[2:]))
    search = search_of(builder, tools)
    try:
        node, below = integral_step(search, target)
    except NoValue:
        if builder.sequent.goal[1] == "==":
            raise
        node, below = integral_bounds(search, target)
    return {**node, "then": tools.prove(below, builder.deadline, builder.depth)}


def show_defined(builder: Builder, terms: list[Term]) -> None:
    """Shows what the terms need to be defined. Fails with NoValue."""
    try:
        if any(not builder.region.holds(u, r) for t in terms for u, r in obligations(t)):
            prepare(builder, terms)
    except Undefined as missing:
        raise NoValue("a value is not shown to be defined") from missing
