"""The search for reasons why a limit does not exist.

    growth      two sides that differ      a period      no value near the point

Above: `denial_search`. Below: `limit_search`, `far_out`, `asymptotics`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm

from flint import arb

from symact.checker import polynomials as poly
from symact.checker.derivatives import depends, derivative
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.region import Region
from symact.checker.resolve import is_undefined_on
from symact.language.elementary import quotient
from symact.language.terms import Term, add, const, mul, num, postorder
from symact.prover.builder import Entry, OutOfTime, written
from symact.prover.limits.asymptotics import behaviour
from symact.prover.limits.far_out import Far, NotShown
from symact.prover.limits.limit_search import STARTS, NoValue, Search, Way, rate_term
from symact.prover.numeric.evaluate import BITS, Program, precision
from symact.prover.numeric.probing import CounterExample
from symact.prover.stuck import Stuck

EIGHTHS = 8  # points looked at in one period
FAILURES = (NoValue, NotShown, Stuck, Rejected, CannotJudge, CounterExample)


def no_limit(search: Search, ways: list[Way]) -> Entry | None:
    """{reason: …} for a function of y alone that has no limit; None when none is found."""
    for side, way in enumerate(ways):
        for reason in (_growth, _nowhere, _period):
            found = reason(search, way)
            if found is not None:
                word, body = found
                return {word: {"side": side, **body}}
    return _sides(search, ways) if len(ways) == 2 else None


def _growth(search: Search, way: Way) -> tuple[str, Entry] | None:
    for start in STARTS:
        try:
            far = Far(search.sequent, way.others(), start, search.deadline)
            found = behaviour(far.germ(way.body(far.y)), far.y, start, {})
            if found is not None and found.value is None:
                scale = num(found.scale)
                far = Far(search.sequent, way.others(), start, search.deadline, scale)
                grown = mul(num(found.sign), way.body(far.y))
                goal = grown, ">=", mul(far.scale, rate_term(found.rate, far.y))
                proof = far.proof(goal)
                sign = {"rate": found.rate, "sign": found.sign, "proof": proof}
                return "growth", {**far.entry, **sign}
        except NotShown:
            continue
    return None


def _nowhere(search: Search, way: Way) -> tuple[str, Entry] | None:
    for start in STARTS[:3]:
        far = Far(search.sequent, way.others(), start, search.deadline)
        try:
            builder, germ = far.resolved(way.body(far.y))
        except NotShown:
            continue
        far.learn_needs(builder, germ)
        if is_undefined_on(builder.region, germ):
            entry = {field: far.entry[field] for field in ("name", "from")}
            return "nowhere", {**entry, "learn": builder.learned()}
    return None


def _sides(search: Search, ways: list[Way]) -> Entry | None:
    try:
        left, right = (search.limit([way]) for way in ways)
        values = left[0], right[0]
        goal = search.sequent.on(search.sequent.region.copy(), (values[0], "!=", values[1]))
        differ = search.prove(goal, search.deadline, search.depth)
    except (*FAILURES, OutOfTime):
        return None
    sides = [left[1][0], right[1][0]]
    return {"sides": {"values": [written(v) for v in values], "sides": sides, "differ": differ}}


# -- periods --------------------------------------------------------------------------------------
def _period(search: Search, way: Way) -> tuple[str, Entry] | None:
    start = STARTS[0]
    far = Far(search.sequent, way.others(), start, search.deadline)
    body = way.body(far.y)
    try:
        germ = far.germ(body)
    except NotShown:
        return None
    period = common_period(germ, far.y)
    if period is None:
        return None
    for points in _different(germ, far.y, period):
        try:
            later = way.body(add(far.y, period))
            near = far.near.on(far.near.region.copy(), (later, "==", body))
            goal = way.body(points[0]), "!=", way.body(points[1])
            here = search.sequent.on(search.sequent.region.copy(), goal)
            return "period", {
                "name": far.name,
                "from": written(num(start)),
                "period": written(period),
                "points": [written(point) for point in points],
                "repeats": search.prove(near, search.deadline, search.depth),
                "differ": search.prove(here, search.deadline, search.depth),
            }
        except FAILURES:
            return None
    return None


def common_period(body: Term, y: Term) -> Term | None:
    """2 pi / c for the sines and cosines of multiples of c y in the body."""
    form = Region().normal_form
    slopes = []
    for node in postorder(body):
        if node.op != "call" or node.value[0] not in ("sin", "cos") or not depends(node, y):
            continue
        try:
            slope = derivative(node.args[0], y)
            if any(t.op == "name" for t in postorder(_of(form.form(slope)))):
                return None
        except (Rejected, CannotJudge):
            return None
        slopes.append(slope)
    if not slopes:
        return None
    ratios = []
    for slope in slopes:
        ratio = form.form(quotient(slope, slopes[0]))
        if ratio.den or set(ratio.num) != {poly.ONE}:
            return None
        ratios.append(ratio.num[poly.ONE])
    whole = Fraction(gcd(*(r.numerator for r in ratios)), lcm(*(r.denominator for r in ratios)))
    first = _of(form.form(slopes[0]))
    with precision(BITS):
        (value,) = Program([first]).run({})
    if not isinstance(value, arb) or value.contains(0):
        return None
    turn = 2 / whole if value > 0 else -2 / whole
    return mul(num(turn), const("pi"), _inverse(first))


def _of(form: object) -> Term:
    from symact.checker.forms import Form
    from symact.prover.algebra.factoring import term_of_form

    if not isinstance(form, Form):
        raise Rejected("a form is needed")
    return term_of_form(form)


def _inverse(term: Term) -> Term:
    return num(1 / term.value) if term.op == "num" else quotient(num(1), term)


def _different(body: Term, y: Term, period: Term) -> Iterator[tuple[Term, Term]]:
    """Points beyond the start, in one period, at which the values differ."""
    with precision(BITS):
        (length,) = Program([period]).run({})
        if not isinstance(length, arb):
            return
        turns = int((arb(3) / length).ceil().unique_fmpz() or 1)
        points = [mul(num(turns + Fraction(i, EIGHTHS)), period) for i in range(EIGHTHS)]
        program = Program([body])
        values = []
        for point in points:
            (at,) = Program([point]).run({})
            values.append(program.run({y.value: at})[0])
    for (p, u), (q, v) in combinations(zip(points, values, strict=True), 2):
        if isinstance(u, arb) and isinstance(v, arb) and not u.overlaps(v):
            yield p, q
