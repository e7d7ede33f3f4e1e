"""The search for limits: the value, and on each side a bound that vanishes.

    L - C / h(y) <= b(k(y)) <= L + C / h(y)   for y > M

Above: `bound_steps`, `integral_search`, `divergence_search`. Below: `asymptotics`, `far_out`,
`limit_parameters`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symact.checker.derivatives import substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.limits import Approach
from symact.checker.sequents import Sequent
from symact.language.elementary import difference
from symact.language.predicates import Triple
from symact.language.terms import Term, add, call, mul, name, num, power
from symact.prover.builder import Entry, OutOfTime, written
from symact.prover.limits.asymptotics import Behaviour, behaviour
from symact.prover.limits.far_out import ONE, Far, NotShown, fresh_name, names_of
from symact.prover.limits.limit_coefficients import proof_by_parts, split_sum
from symact.prover.limits.limit_parameters import samples, scales, seen_values, separators
from symact.prover.numeric.probing import CounterExample
from symact.prover.stuck import Stuck

STARTS = tuple(map(Fraction, (2, 4, 16, 64, 1024, 2**15)))
LEAST_START = Fraction(2)

# prove(sequent, deadline, depth): a proof tree. Fails with an exception of the search.
Prove = Callable[[Sequent, float, int], Entry]
Proof = Callable[[Triple], Entry]


class NoValue(Rejected):
    """No value of a limit or an integral was found."""


class Undecided(Exception):
    """The limit depends on the sign of `on`."""

    def __init__(self, on: Term) -> None:
        super().__init__("the limit depends on a sign")
        self.on = on


@dataclass(frozen=True)
class Way:
    """A function of a bound name, and how its argument runs to where the limit is taken."""

    function: tuple[Term, Term]
    k: Approach

    def others(self) -> tuple[Term, ...]:
        """Terms in which the name that runs to infinity may not occur."""
        return self.function[0], self.k(ONE)

    def body(self, y: Term) -> Term:
        """b(k(y))."""
        return substitute(*self.function, self.k(y))

    def names(self) -> list[str]:
        """The free names that the limit may depend on."""
        return [x for x in names_of(self.others()) if x != self.function[1].value]


@dataclass(frozen=True)
class Search:
    """A sequent, and how to prove others beside it."""

    sequent: Sequent
    prove: Prove
    deadline: float
    depth: int = 0

    def limit(self, ways: list[Way], value: Term | None = None) -> tuple[Term, list[Entry]]:
        """The limit, and a bound {name, from, scale, rate, below, above} for each way.

        Fails with NoValue, OutOfTime, or Undecided if the value depends on a sign.
        """
        if any(way.names() for way in ways) or (value is not None and names_of([value])):
            return _with_names(self, ways, value)
        entries = []
        for way in ways:
            value, entry = _without_names(self, way, value)
            entries.append(entry)
        if value is None:
            raise NoValue("a limit from no side")
        return value, entries

    def look(self, ways: list[Way]) -> Term:
        """The limit of a function without names, unproved. Fails with NoValue."""
        values = []
        for way in ways:
            for start in STARTS[2:]:
                try:
                    far = Far(self.sequent, way.others(), start, self.deadline)
                    found = behaviour(far.germ(way.body(far.y)), far.y, start, {})
                except NotShown:
                    continue
                if found is not None and found.value is not None:
                    values.append(found.value)
                    break
        same = self.sequent.region.normal_form.equal
        if len(values) < len(ways) or not all(same(values[0], v) for v in values):
            raise NoValue("no limit seen")
        return values[0]

    def reread(self, term: Term) -> Term:
        """The term as the checker reads it in the certificate."""
        return self.sequent.reader.term(written(term))


def rate_term(rate: list[Any], y: Term) -> Term:
    """h(y), as the checker writes it."""
    if rate[0] == "power":
        return power(y, num(rate[1]))
    return call("sqrt" if rate[0] == "root" else "log", y)


# -- terms of y alone -----------------------------------------------------------------------------
def _without_names(search: Search, way: Way, value: Term | None) -> tuple[Term, Entry]:
    for start in STARTS:
        if time.perf_counter() > search.deadline:
            raise OutOfTime
        try:
            far = Far(search.sequent, way.others(), start, search.deadline)
            seen = _seen(far, way, value)
            if seen is not None:
                limit, found = seen
                limit = search.reread(limit)
                return limit, _bounds(search, way, limit, found, start)
        except NotShown:
            continue
    raise NoValue("no limit found")


def _seen(far: Far, way: Way, value: Term | None) -> tuple[Term, Behaviour] | None:
    """The limit, and how the function nears it."""
    germ = far.germ(way.body(far.y))
    wanted = germ if value is None else difference(germ, value)
    found = behaviour(wanted, far.y, far.start, {})
    if found is None or found.value is None:
        return None
    if value is None:
        return found.value, found
    return (value, found) if far.near.region.normal_form.form(found.value).is_zero() else None


def _bounds(search: Search, way: Way, value: Term, found: Behaviour, start: Fraction) -> Entry:
    """The certificate of one side. Fails with NotShown."""
    others = (*way.others(), value)
    far = Far(search.sequent, others, start, search.deadline, num(found.scale))
    return _entry(far, way, value, found.rate, (far.proof, far.proof))


def _entry(far: Far, way: Way, value: Term, rate: list[Any], proofs: Sequence[Proof]) -> Entry:
    body = way.body(far.y)
    width = mul(far.scale, power(rate_term(rate, far.y), num(-1)))
    return {
        **far.entry,
        "rate": rate,
        "below": proofs[0]((body, ">=", difference(value, width))),
        "above": proofs[1]((body, "<=", add(value, width))),
    }


# -- terms with other names -----------------------------------------------------------------------
def _with_names(search: Search, ways: list[Way], value: Term | None) -> tuple[Term, list[Entry]]:
    if value is None:
        value = _common_value(search, ways)
    value = search.reread(value)
    return value, [_side(search, way, value) for way in ways]


def _common_value(search: Search, ways: list[Way]) -> Term:
    """The value at all samples of the region. Fails with NoValue or Undecided."""
    region = search.sequent.region
    names = sorted({x for way in ways for x in way.names()})
    y = name(fresh_name(search.sequent, [t for way in ways for t in way.others()]))
    points = samples(region, names)
    values = []
    for way in ways:
        body = way.body(y)
        seen = seen_values(body, y, points)
        common = seen.common(region)
        if common is None:
            on = seen.separating(region, separators(body, y, names))
            if on is not None:
                raise Undecided(on)
            raise NoValue("no common limit found")
        values.append(common)
    if any(not region.normal_form.equal(values[0], other) for other in values[1:]):
        raise NoValue("the limits from the two sides differ")
    return values[0]


def _side(search: Search, way: Way, value: Term) -> Entry:
    """A bound with proofs for one side. Fails with NoValue or Undecided."""
    entry = _by_coefficients(search, way, value)
    if entry is not None:
        return entry
    region, others = search.sequent.region, (*way.others(), value)
    y = name(fresh_name(search.sequent, others))
    names = sorted({*way.names(), *names_of([value])})
    found = list(scales(region, way.body(y), value, y, names))
    for tried, (rate, scale) in enumerate(found):
        share = (search.deadline - time.perf_counter()) / (1 + len(found) - tried)
        try:
            return _proved_side(search, way, value, (rate, scale), time.perf_counter() + share)
        except (Rejected, CannotJudge, OutOfTime, NotShown, Stuck, CounterExample):
            continue
    for on in map(name, names):
        if len(region.signs(on)) > 1:
            raise Undecided(on)
    raise NoValue("no bound on the distance from the limit was shown")


def _by_coefficients(search: Search, way: Way, value: Term) -> Entry | None:
    """A bound when the names are in coefficients alone."""
    others = (*way.others(), value)
    for start in STARTS[:4]:
        try:
            far = Far(search.sequent, others, start, search.deadline)
            found = split_sum(far, way.body(far.y), value)
            if found is None:
                return None
            far = Far(search.sequent, others, start, search.deadline, found.scale())
            rate = rate_term(found.rate, far.y)
            proofs = [proof_by_parts(far, found, rate, side) for side in (1, -1)]
            return _entry(far, way, value, found.rate, proofs)
        except NotShown:
            continue
    return None


def _proved_side(
    search: Search, way: Way, value: Term, bound: tuple[list[Any], Term], deadline: float
) -> Entry:
    rate, scale = bound
    others = (*way.others(), value)
    far = Far(search.sequent, others, LEAST_START, deadline, scale)

    def proof(goal: Any) -> Entry:
        near = far.near.on(far.near.region.copy(), goal)
        return search.prove(near, deadline, search.depth + 1)

    return _entry(far, way, value, rate, (proof, proof))


def ways_of(function: tuple[Term, Term], ks: list[Approach]) -> list[Way]:
    """A way for each approach."""
    return [Way(function, k) for k in ks]
