"""Strategies that a property fails: each yields the word and the fields of the checker's denial.

Above: `property_search`. Below: `setting`, `growth`, `jump_search`, `polynomial_reasons`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction

from symact.checker.derivatives import substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.limits import approach
from symact.checker.properties import image_relations
from symact.language.properties import Domain
from symact.language.terms import num
from symact.prover.builder import Entry, written
from symact.prover.numeric.graph_samples import constant
from symact.prover.shapes.growth import growth
from symact.prover.shapes.join_search import cover
from symact.prover.shapes.jump_search import jumps
from symact.prover.shapes.polynomial_parts import coefficients
from symact.prover.shapes.polynomial_reasons import reasons
from symact.prover.shapes.setting import Setting
from symact.prover.stuck import Stuck

Denial = tuple[str, Entry]
MAX_ORDER = 8
MAX_POINTS = 3
APART = 1e-12
PAIR = 2
WIDE = 1e-3  # how far the sides of a jump are apart for a value to be missed in between
STRIDE = 6  # samples from one point of a turn to the next


def _no_value(setting: Setting) -> Iterator[Denial]:
    missing = [s.at for s in setting.samples if s.value is None]
    for at in sorted(missing, key=lambda q: (max(abs(q.numerator), q.denominator), q))[:MAX_POINTS]:
        yield "no value", {"at": str(at)}
    for cut in setting.pieces.cuts:
        yield "no value", {"at": written(cut)}


def _poles(setting: Setting) -> Iterator[Denial]:
    """Growth beside a point at which the function has a value."""
    for cut in setting.pieces.cuts:
        for toward in ("+", "-"):
            for entry in growth(setting, approach(toward, cut)):
                yield "growth", {**entry, "toward": toward, "at": written(cut)}


def _unbounded(setting: Setting) -> Iterator[Denial]:
    """Growth towards an infinite end, or beside a cut or a finite end."""
    domain = setting.of.domain
    for toward, end in (("oo", domain.upper), ("-oo", domain.lower)):
        if end is None:
            for entry in growth(setting, approach(toward)):
                yield "growth", {**entry, "toward": toward, "at": None}
    if domain.lower is not None and domain.lower_open:
        for entry in growth(setting, approach("+", domain.lower)):
            yield "growth", {**entry, "toward": "+", "at": written(domain.lower)}
    if domain.upper is not None and domain.upper_open:
        for entry in growth(setting, approach("-", domain.upper)):
            yield "growth", {**entry, "toward": "-", "at": written(domain.upper)}
    yield from _poles(setting)


def _rough(setting: Setting) -> Iterator[Denial]:
    """A cut at which some derivative is missing."""
    for cut in setting.pieces.cuts:
        for order in range(1, MAX_ORDER + 1):
            yield "derivative", {"at": written(cut), "order": order}


def _outside(setting: Setting) -> Iterator[Denial]:
    """A value outside the set, or a value in the set that is missed."""
    image = setting.of.image or Domain()
    count = len(image_relations(setting.of.body, image))
    low, high = (None if end is None else constant(end) for end in (image.lower, image.upper))
    broken = []
    for sample in setting.samples:
        number = sample.number()
        if number is None:
            continue
        under = low is not None and (number < low or (image.lower_open and number == low))
        over = high is not None and (number > high or (image.upper_open and number == high))
        if under or over:
            broken.append((sample.at, 0 if under else count - 1))
    broken.sort(key=lambda b: max(abs(b[0].numerator), b[0].denominator))
    for at, relation in broken[:MAX_POINTS]:
        yield "outside", {"at": str(at), "relation": relation, "proof": {}}
    for cut in setting.pieces.cuts:
        for relation in range(count):
            yield "outside", {"at": written(cut), "relation": relation, "proof": {}}
    yield from _missed(setting, image)


def _missed(setting: Setting, image: Domain) -> Iterator[Denial]:
    values = [n for s in setting.samples if (n := s.number()) is not None]
    for left, right in _jumps_over(setting):
        yield "missed", {"value": _rounded((left + right) / 2), "proof": {}}
    for end, is_open in ((image.lower, image.lower_open), (image.upper, image.upper_open)):
        if end is not None and not is_open:
            yield "missed", {"value": written(end), "proof": {}}
    if not values:
        return
    low, high = (None if end is None else constant(end) for end in (image.lower, image.upper))
    bottom, top = min(values), max(values)
    if low is None or low < bottom - 0.01:
        between = bottom - 1 if low is None else (low + bottom) / 2
        yield "missed", {"value": _rounded(between), "proof": {}}
    if high is None or high > top + 0.01:
        between = top + 1 if high is None else (high + top) / 2
        yield "missed", {"value": _rounded(between), "proof": {}}


def _jumps_over(setting: Setting) -> Iterator[tuple[float, float]]:
    """Values on the two sides of a cut, where they differ."""
    variable = setting.of.variable
    pieces = setting.pieces.pieces.pieces
    for index, cut in enumerate(setting.pieces.cuts):
        germs = [piece.germ for piece in pieces[index : index + 2]]
        sides = [constant(substitute(g, variable, cut)) for g in germs if g is not None]
        low, high = (sides[0], sides[1]) if len(sides) == PAIR else (None, None)
        if low is not None and high is not None and abs(low - high) > WIDE:
            yield low, high


def _rounded(value: float) -> str:
    return str(Fraction(value).limit_denominator(64))


def _turns(setting: Setting) -> Iterator[Denial]:
    """Equal values at two samples, or three samples that go up and down again."""
    seen = [(s.at, n) for s in setting.samples if (n := s.number()) is not None]
    seen.sort(key=lambda pair: (max(abs(pair[0].numerator), pair[0].denominator), pair[0]))
    pairs = [
        (u, v)
        for i, (u, first) in enumerate(seen)
        for v, second in seen[:i]
        if abs(first - second) < APART
    ]
    for u, v in pairs[:MAX_POINTS]:
        yield "equal", {"at": [str(u), str(v)], "proof": {}}
    seen.sort()
    for sign in (1, -1):
        middle = _peak([(at, sign * n) for at, n in seen])
        for points in middle:
            lower, upper = (num(points[0]), num(points[2]))
            part = Domain(lower, upper, lower_open=False, upper_open=False)
            fields = cover(setting.pieces_on(part), setting.deadline)
            at = [str(p) for p in points]
            yield "turn", {"at": at, "sign": sign, **fields, "left": {}, "right": {}}


def _peak(seen: list[tuple[Fraction, float]]) -> Iterator[list[Fraction]]:
    """Points left of, at and right of a value that is larger than those beside it."""
    peaks = [
        (min(b[1] - a[1], b[1] - c[1]), [a[0], b[0], c[0]])
        for a, b, c in zip(seen, seen[STRIDE:], seen[2 * STRIDE :], strict=False)
        if b[1] > a[1] and b[1] > c[1]
    ]
    peaks.sort(key=lambda peak: -peak[0])
    yield from (points for _, points in peaks[:1])


def _no_polynomial(setting: Setting) -> Iterator[Denial]:
    for because in reasons(setting):
        yield "no polynomial", {**setting.pieces.fields(), "because": because}


def _is_polynomial(setting: Setting) -> Iterator[Denial]:
    germs = [germ for _, germ in setting.pieces.pieces.germs()]
    found = coefficients(setting.sequent.region.normal_form, germs[0], setting.of.variable)
    if found is not None:
        fields: Entry = {"polynomial": [written(c) for c in found]}
        yield "is polynomial", {**fields, "proof": {}}
        slots: list[Entry] = [{} for _ in germs]
        yield "nearly polynomial", {**fields, **setting.pieces.fields(), "proofs": slots}


def _each(*strategies: Callable[[Setting], Iterator[Denial]]) -> Callable[..., Iterator[Denial]]:
    """One strategy after another, as far as each comes."""

    def all_of(setting: Setting) -> Iterator[Denial]:
        for strategy in strategies:
            with suppress(Stuck, Rejected, CannotJudge):
                yield from strategy(setting)

    return all_of


DENIALS: dict[str, Callable[[Setting], Iterator[Denial]]] = {
    "continuous": _each(jumps, _poles),
    "smooth": _rough,
    "bounded": _each(_no_value, _unbounded),
    "injective": _each(_no_value, _turns),
    "range": _each(_no_value, _outside, _unbounded),
    "polynomial": _each(_no_value, _no_polynomial, _rough),
    "universal": _is_polynomial,
}
