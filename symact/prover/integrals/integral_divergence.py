"""The search for reasons why an integral does not exist.

    an antiderivative without a limit at an end of a piece      a piece without values

Above: `denial_search`. Below: `divergence_search`, `integral_search`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symact.checker.derivatives import substitute
from symact.checker.integrals import at_rest, bounds_of, toward_end
from symact.checker.pieces import between
from symact.checker.resolve import is_undefined_on
from symact.language.elementary import difference
from symact.language.properties import Domain
from symact.language.terms import Term
from symact.prover.builder import Builder, Entry, written
from symact.prover.integrals.integral_search import all_parts, ends_of, in_order, proved_primitive
from symact.prover.integrals.primitives import Part, Parts
from symact.prover.laws.law_search import Undefined, prepare
from symact.prover.limits.divergence_search import FAILURES, no_limit
from symact.prover.limits.limit_search import Search, Way
from symact.prover.signs.sign_search import show


def no_integral(search: Search, target: Term) -> Entry | None:
    """The reason for an integral without free names; None when none is found."""
    bounds = bounds_of(search.sequent, target)
    for parts in all_parts(search, target, bounds):
        ends = in_order(bounds, target.value, parts.sample)
        for part, domain in _between(parts, ends):
            try:
                found = _of_part(search, target, parts, (part, domain))
            except FAILURES:
                continue
            if found is not None:
                return found
    return None


def _between(parts: Parts, ends: tuple[Term | None, Term | None]) -> Iterator[tuple[Part, Domain]]:
    """The parts that reach between the bounds, cut to them."""
    for part in parts.parts:
        lower = _inner(parts, part.lower, ends[0], 1)
        upper = _inner(parts, part.upper, ends[1], -1)
        if lower is not None and upper is not None:
            low, high = parts.number(lower), parts.number(upper)
            if low is None or high is None or low >= high:
                continue
        yield part, Domain(lower, upper, True, True)


def _inner(parts: Parts, a: Term | None, b: Term | None, side: int) -> Term | None:
    """The greater of two lower ends (side 1), or the lesser of two upper ends."""
    if a is None or b is None:
        return b if a is None else a
    gap = parts.number(difference(a, b))
    return a if gap is not None and side * gap >= 0 else b


def _of_part(
    search: Search, target: Term, parts: Parts, found: tuple[Part, Domain]
) -> Entry | None:
    part, domain = found
    if not part.defined:
        return _nowhere(search, target, parts.variable, domain)
    if part.primitive is None:
        return None
    for side, end in ((-1, domain.lower), (1, domain.upper)):
        if end is not None and parts.value_at(part, end):
            continue
        primitive, fields = proved_primitive(search, target, parts, (domain, part.primitive))
        beside = replace(search, sequent=at_rest(primitive))
        function = primitive.body, primitive.variable
        because = no_limit(beside, [Way(function, toward_end(side, end))])
        if because is not None:
            toward = "upper" if side > 0 else "lower"
            return {**fields, "toward": toward, "because": because}
    return None


def _nowhere(search: Search, target: Term, z: Term, domain: Domain) -> Entry | None:
    inside = between(search.sequent, z, domain.lower, domain.upper)
    builder = Builder(inside, search.deadline)
    body = substitute(target.args[0], target.args[1], z)
    try:
        prepare(builder, [body])
    except Undefined as missing:
        for relation in (">", "<", "=="):
            show(builder, missing.term, relation)
    if not is_undefined_on(builder.region, body):
        return None
    ends = ends_of(domain)
    return {"nowhere": {"name": written(z), **ends, "learn": builder.learned()}}
