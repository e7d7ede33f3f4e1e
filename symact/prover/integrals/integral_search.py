"""The search for integrals: an antiderivative on an interval that holds both bounds.

Above: `bound_steps`, `denial_search`. Below: `primitives`, `limit_search`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from symact.checker.derivatives import given, substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.integrals import at_rest, bounds_of, read_primitive, toward_end
from symact.checker.limits import replaced
from symact.checker.pieces import Pieces, require_inside
from symact.checker.sequents import Sequent
from symact.language.elementary import difference
from symact.language.properties import Domain
from symact.language.terms import Term, name
from symact.prover.builder import Entry, OutOfTime, written
from symact.prover.integrals.primitives import Parts, Sample, parts_of
from symact.prover.limits.far_out import fresh_name, names_of
from symact.prover.limits.limit_parameters import samples
from symact.prover.limits.limit_search import NoValue, Search, Undecided, Way
from symact.prover.numeric.probing import CounterExample
from symact.prover.shapes.piece_search import Graph, find_pieces
from symact.prover.stuck import Stuck

SETBACKS = (Rejected, CannotJudge, Stuck, CounterExample)
NAMES = ("t", "z", "u", "s", "v", "w", "t1", "t2", "t3", "t4")


@dataclass(frozen=True)
class Integral:
    """The value of an integral, and the fields of its step but for `then`."""

    value: Term
    fields: Entry


def find_integral(search: Search, target: Term) -> Integral:
    """The value of the integral. Fails with NoValue, OutOfTime, or Undecided if it depends on the
    sign of a name.
    """
    bounds = bounds_of(search.sequent, target)
    problem: Exception | None = None
    for parts in all_parts(search, target, bounds):
        for domain, primitive in _intervals(parts, bounds, target.value):
            try:
                return _checked(search, target, parts, (domain, primitive))
            except OutOfTime:
                raise
            except SETBACKS as setback:
                problem = problem or setback
    for on in map(name, _free_names(target)):
        if len(search.sequent.region.signs(on)) > 1:
            raise Undecided(on)
    raise NoValue("no antiderivative found" if problem is None else f"an integral: {problem}")


def look_at_integral(search: Search, target: Term) -> Term:
    """The value of an integral without names, unproved. Fails with NoValue."""
    bounds = bounds_of(search.sequent, target)
    for parts in all_parts(search, target, bounds):
        for domain, primitive in _intervals(parts, bounds, target.value):
            values = []
            for bound, far in zip(bounds, target.value, strict=True):
                function = primitive, parts.variable
                if bound is not None and _is_in(parts, bound, domain):
                    values.append(substitute(*function, bound))
                    continue
                upper = domain.upper is not None and bound is not None
                side = far or (1 if upper and _same(parts, bound, domain.upper) else -1)
                values.append(search.look([Way(function, toward_end(side, bound))]))
            return difference(values[1], values[0])
    raise NoValue("no antiderivative seen")


def _is_in(parts: Parts, bound: Term, domain: Domain) -> bool:
    """Whether the bound lies in the interval, as far as numbers tell."""
    open_ends = ((domain.lower, domain.lower_open), (domain.upper, domain.upper_open))
    return not any(is_open and _same(parts, bound, end) for end, is_open in open_ends)


def _same(parts: Parts, bound: Term | None, end: Term | None) -> bool:
    if bound is None or end is None:
        return bound is end
    return parts.number(bound) == parts.number(end)


def all_parts(search: Search, target: Term, bounds: list[Term | None]) -> Iterator[Parts]:
    """The pieces of the integrand on the whole line, or else between the bounds."""
    sequent = search.sequent
    z = name(fresh_name(sequent, list(target.args), NAMES))
    body = substitute(target.args[0], target.args[1], z)
    points = samples(sequent.region, _free_names(target))
    if not points:
        return
    lower, upper = in_order(bounds, target.value, points[0])
    for domain in (Domain(), Domain(lower, upper, True, True)):
        try:
            yield parts_of(sequent, Graph(body, z, domain), points[0], search.deadline)
        except SETBACKS:
            continue
        if not domain.ends() and (lower, upper) == (None, None):
            return


def _free_names(target: Term) -> list[str]:
    return [x for x in names_of(target.args) if x != target.args[1].value]


def in_order(
    bounds: list[Term | None], infinite: tuple[int, int], sample: Sample
) -> tuple[Term | None, Term | None]:
    """The bounds from left to right, at the sample."""
    first, last = bounds
    if first is not None and last is not None:
        parts = Parts(first, (), sample)
        a, b = parts.number(first), parts.number(last)
        return (last, first) if a is not None and b is not None and b < a else (first, last)
    forward = infinite[0] < 0 or infinite[1] > 0
    return (first, last) if forward else (last, first)


# -- intervals ------------------------------------------------------------------------------------
def _intervals(
    parts: Parts, bounds: list[Term | None], infinite: tuple[int, int]
) -> Iterator[tuple[Domain, Term]]:
    """Intervals of joined parts that hold both bounds, or have them as ends, at the sample."""
    lower, upper = in_order(bounds, infinite, parts.sample)
    a, b = (None if end is None else parts.number(end) for end in (lower, upper))
    for first, last in parts.runs():
        left, right = parts.parts[first].lower, parts.parts[last].upper
        below, above = (None if e is None else parts.number(e) for e in (left, right))
        if not _reaches(below, a, -1) or not _reaches(above, b, 1):
            continue
        if (below is not None and b is not None and b <= below) or (
            above is not None and a is not None and a >= above
        ):
            continue
        ends = []
        for end, index in ((left, first), (right, last)):
            is_open = end is None or not parts.value_at(parts.parts[index], end)
            ends.append(is_open)
        yield Domain(left, right, ends[0], ends[1]), parts.primitive(first, last)


def _reaches(end: Fraction | None, bound: Fraction | None, side: int) -> bool:
    """Whether an interval with this end, None for infinity, reaches as far as the bound."""
    if end is None or bound is None:
        return end is None
    return side * (end - bound) >= 0


# -- certificates ---------------------------------------------------------------------------------
def _checked(search: Search, target: Term, parts: Parts, found: tuple[Domain, Term]) -> Integral:
    """The integral by an antiderivative, with every proof."""
    primitive, fields = proved_primitive(search, target, parts, found)
    bounds = bounds_of(search.sequent, target)
    values, ends = [], []
    for bound, far in zip(bounds, target.value, strict=True):
        value, entry = _at_bound(search, primitive, bound, far)
        values.append(value)
        ends.append(entry)
    return Integral(difference(values[1], values[0]), {**fields, "ends": ends})


def proved_primitive(
    search: Search, target: Term, parts: Parts, found: tuple[Domain, Term]
) -> tuple[Pieces, Entry]:
    """The antiderivative as the checker reads it, and its fields with every proof."""
    domain, term = found
    term = search.reread(term)
    graph = Graph(term, parts.variable, domain)
    pieces = find_pieces(search.sequent, graph, search.deadline)
    fields: Entry = {
        "name": parts.variable.value,
        "antiderivative": written(term),
        **ends_of(domain),
        **pieces.fields(),
        "joins": pieces.joins(),
        "slopes": [{} for _ in pieces.pieces.pieces],
    }

    def fill(sequent: Sequent, slot: Any) -> None:
        if not slot:
            slot.update(search.prove(sequent, search.deadline, search.depth + 1))

    return read_primitive(search.sequent, target, fields, fill), fields


def ends_of(domain: Domain) -> Entry:
    """The fields `from` and `to`."""
    rows = ((domain.lower, domain.lower_open), (domain.upper, domain.upper_open))
    fields = [None if e is None else ["open" if o else "closed", written(e)] for e, o in rows]
    return {"from": fields[0], "to": fields[1]}


def _at_bound(
    search: Search, primitive: Pieces, bound: Term | None, far: int
) -> tuple[Term, Entry | None]:
    """F at the bound, or its limit there."""
    if bound is not None:
        try:
            require_inside(primitive.sequent, bound, primitive.domain)
        except Rejected:
            pass
        else:
            return substitute(primitive.body, primitive.variable, bound), None
    side = far or (1 if _is_end(primitive, bound) else -1)
    way = Way((primitive.body, primitive.variable), toward_end(side, bound))
    beside = replace(search, sequent=at_rest(primitive))
    value, (entry,) = beside.limit([way])
    return value, {"value": written(value), "limit": entry}


def _is_end(primitive: Pieces, bound: Term | None) -> bool:
    upper = primitive.domain.upper
    if bound is None or upper is None:
        return False
    return primitive.sequent.region.holds(difference(bound, upper), "==")


def integral_step(search: Search, target: Term) -> tuple[Entry, Sequent]:
    """The step but for `then`, and the sequent that is left to prove. Fails as find_integral."""
    found = find_integral(search, target)
    finite = [bound for bound in bounds_of(search.sequent, target) if bound is not None]
    below = replaced(search.sequent, target, given(found.value, *finite))
    return {"step": "integral", **found.fields}, below
