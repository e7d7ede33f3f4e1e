"""Strategies that a property holds: each yields the fields of the checker's rule.

Above: `property_search`. Below: `setting`, `growth`, `polynomial_parts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor

from symact.checker.derivatives import derivative
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.properties import check_property, image_relations
from symact.checker.sequents import Sequent
from symact.checker.signs import NEGATIVE, POSITIVE, ZERO
from symact.language.properties import Domain
from symact.language.terms import Term, const, mul, name, num, postorder
from symact.prover.algebra.variable_zeros import zeros_in
from symact.prover.builder import Entry, written
from symact.prover.numeric.graph_samples import constant
from symact.prover.shapes.growth import growths, limits_toward
from symact.prover.shapes.join_search import cover
from symact.prover.shapes.polynomial_parts import coefficients
from symact.prover.shapes.polynomial_reasons import reasons
from symact.prover.shapes.setting import Setting, ends
from symact.prover.shapes.two_point_search import Question, strictly_monotone

NEAR = 1e-12  # how close a value has to come to an end of a range to be looked at
MAX_ENDS = 4
NEARBY = 40  # where a bounded function is expected to have shown its bounds


def _covered(setting: Setting) -> Iterator[Entry]:
    yield cover(setting.pieces, setting.deadline)


def _bounded(setting: Setting) -> Iterator[Entry]:
    values = [(s.at, n) for s in setting.samples if (n := s.number()) is not None]
    near = [n for at, n in values if abs(at) <= NEARBY] or [-1.0, 1.0]
    low, high = floor(min(near)), ceil(max(near))
    if any(not low - 1 <= n <= high + 1 for _, n in values):
        return
    for slack in (1, 0, 10):
        bounds = {"lower": str(low - slack), "upper": str(high + slack)}
        yield {**bounds, "below": {}, "above": {}}


def _injective(setting: Setting) -> Iterator[Entry]:
    """Strictly increasing, or strictly decreasing."""
    asked: list[Sequent] = []
    given: Entry = {"name": setting.fresh(), "proof": {}}
    check_property(setting.sequent, setting.of, given, lambda sequent, _: asked.append(sequent))
    points = [setting.of.variable, name(given["name"])]
    question = Question(asked[0], setting.text, setting.of.domain, points, num(0), setting.deadline)
    for proof in strictly_monotone(question):
        yield {**given, "proof": proof}
    for parameter in sorted(setting.of.names()):
        split = _monotone_by_sign(question, name(parameter))
        if split is not None:
            yield {**given, "proof": split}
    yield given


def _monotone_by_sign(question: Question, on: Term) -> Entry | None:
    """Strictly monotone for every sign of a parameter, in one direction or the other."""
    if len(question.sequent.region.signs(on)) == 1:
        return None
    node: Entry = {"step": "split", "on": written(on)}
    for field, known in (("negative", NEGATIVE), ("zero", ZERO), ("positive", POSITIVE)):
        region = question.sequent.region.copy()
        region.restrict(on, known)
        case = replace(question, sequent=question.sequent.extended(region))
        empty: Entry | None = {"step": "empty"} if region.is_empty() else None
        proof = empty or next(strictly_monotone(case), None)
        if proof is None:
            return None
        node[field] = proof
    return node


def _range(setting: Setting) -> Iterator[Entry]:
    image = setting.of.image or Domain()
    inside: list[Entry] = [{} for _ in image_relations(setting.of.body, image)]
    for part in _parts(setting):
        found = setting.pieces_on(part)
        fields = {"inside": inside, **ends(part), **cover(found, setting.deadline)}
        lower, upper = (list(_reached(setting, part, side)) for side in (0, 1))
        for both in product(lower[:MAX_ENDS], upper[:MAX_ENDS]):
            yield {**fields, "ends": list(both)}


def _parts(setting: Setting) -> Iterator[Domain]:
    """The domain, then what lies between its cuts."""
    domain = setting.of.domain
    yield domain
    bounds = [domain.lower, *setting.pieces.cuts, domain.upper]
    for left, right in pairwise(bounds):
        if (left, right) != (domain.lower, domain.upper):
            yield Domain(left, right, lower_open=True, upper_open=True)


def _reached(setting: Setting, part: Domain, side: int) -> Iterator[Entry]:
    """How the function may attain the end of the range, or approach it."""
    image = setting.of.image or Domain()
    end = (image.lower, image.upper)[side]
    if end is None:
        sign = 1 if side else -1
        for toward, growth in growths(setting, part):
            if growth["sign"] == sign:
                yield {"toward": toward, "growth": growth}
        return
    wanted = constant(end)
    for point in _special(setting, part):
        value = _value_at(setting, point)
        if wanted is None or (value is not None and abs(value - wanted) < NEAR):
            yield {"at": written(point), "proof": {}}
    if (image.lower_open, image.upper_open)[side]:
        for toward, envelope in limits_toward(setting, part, end):
            yield {"toward": toward, "limit": envelope}


def _value_at(setting: Setting, point: Term) -> float | None:
    """The value at a point, roughly; None where it is not known."""
    try:
        value = setting.pieces.pieces.value(point)
    except (Rejected, CannotJudge):
        return None
    return None if value is None else constant(value)


def _special(setting: Setting, part: Domain) -> Iterator[Term]:
    """Points at which a function is likely to attain its ends: kinks, ends, flat points, 0, ±1."""
    found = setting.pieces
    yield from found.cuts
    if part.lower is not None and not part.lower_open:
        yield part.lower
    if part.upper is not None and not part.upper_open:
        yield part.upper
    variable, form = setting.of.variable, setting.sequent.region.normal_form
    for piece in found.pieces.pieces:
        if piece.germ is not None:
            yield from zeros_in(form, derivative(piece.germ, variable), variable)
    for value in (0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2)):
        yield num(value)
    if any(t.op == "call" and t.value[0] in ("sin", "cos") for t in postorder(setting.of.body)):
        for turn in (Fraction(1, 2), Fraction(-1, 2), 1, Fraction(1, 4), Fraction(-1, 4)):
            yield mul(num(turn), const("pi"))


def _polynomial(setting: Setting) -> Iterator[Entry]:
    germs = [germ for _, germ in setting.pieces.pieces.germs()]
    found = coefficients(setting.sequent.region.normal_form, germs[0], setting.of.variable)
    if found is not None:
        yield {"polynomial": [written(c) for c in found], "proof": {}}


def _universal(setting: Setting) -> Iterator[Entry]:
    for because in reasons(setting):
        yield {**setting.pieces.fields(), "because": because}


PROOFS: dict[str, Callable[[Setting], Iterator[Entry]]] = {
    "continuous": _covered,
    "smooth": _covered,
    "bounded": _bounded,
    "injective": _injective,
    "range": _range,
    "polynomial": _polynomial,
    "universal": _universal,
}
