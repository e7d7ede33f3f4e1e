"""Zeros, fixed points, crossings; extrema and inflections with their values.

Above: `findings`. Below: `shapes`, `numbers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from symact.checker.derivatives import substitute
from symact.explain.shape.outline import Mark, Outline
from symact.explain.shape.shapes import SPARE, Finding, Range, Shape
from symact.explain.shape.subject import Subject
from symact.language.terms import name, num
from symact.prover.numeric.graph_samples import constant

CLOSE = 1e-12  # values of two pieces at a cut that count as one
EVEN = 1e-25  # how far an extremum must lie beyond another to be the only global one


# -- zeros ----------------------------------------------------------------------------------------
def zeros(shape: Shape) -> Iterator[Finding]:
    """Where the function is 0."""
    yield from _meetings(shape, "zero", (shape.base, shape.outline(0)), "0")


def fixed_points(shape: Shape) -> Iterator[Finding]:
    """Where the function is its argument."""
    variable = shape.subject.variable
    identity = Subject(variable, f"lambda {variable}: {variable}", variable)
    yield from _meetings(shape, "fixed point", shape.outline_beside(identity), variable)


def crossings(shape: Shape, other: Subject) -> Iterator[Finding]:
    """Where the function meets another one of the same variable."""
    yield from _meetings(shape, "crossing", shape.outline_beside(other), other.text)


def _meetings(
    shape: Shape, kind: str, gap: tuple[Subject, Outline], right: str
) -> Iterator[Finding]:
    """Single points at which the function equals what is on the right: zeros of the gap."""
    subject, found = gap

    def vanishes(mark: Mark) -> bool:
        value = substitute(subject.core, name(subject.variable), mark.exact or num(0))
        rough = constant(value)
        return rough is not None and abs(rough) < CLOSE

    for mark, (before, after) in zip(found.marks, pairwise(found.signs), strict=True):
        between = None not in (before, after) and 0 not in (before, after)
        if mark.function is not None or (between and vanishes(mark)):
            yield _meeting(shape, kind, mark, right)


def _meeting(shape: Shape, kind: str, mark: Mark, right: str) -> Finding:
    subject, x = shape.subject, shape.subject.variable
    where = shape.about(mark)
    if mark.exact is not None:
        claim = subject.claim(f"{subject.text} == {right}", f"{x} == {shape.exact(mark)}")
        return Finding(kind, where, "", (claim,))
    low, high = shape.below(mark), shape.above(mark)
    inside = f"{low} <= {x}, {x} <= {high}"
    claims = (
        f"not {subject.claim(f'{subject.text} >= {right}', inside)}",
        f"not {subject.claim(f'{subject.text} <= {right}', inside)}",
        subject.claim(f"diff(({subject.text}) - ({right}), {x}) != 0", inside),
    )
    return Finding(kind, where, "", claims)


# -- extrema --------------------------------------------------------------------------------------
def extrema(shape: Shape) -> Iterator[Finding]:
    """Local minima and maxima with their values; the note says which are global."""
    found = shape.outline(1)
    for mark, (before, after) in zip(found.marks, pairwise(found.signs), strict=True):
        if {before, after} == {-1, 1} and continuous_at(shape, mark):
            yield _extremum(shape, mark, least=before == -1)


def continuous_at(shape: Shape, mark: Mark) -> bool:
    """Whether the pieces on both sides of a mark have the same value there, as far as seen."""
    if mark.function is not None or mark.exact is None:
        return True
    germs = [shape.base.germs(0)[shape.piece(mark.place, side)] for side in (-1, 1)]
    variable = name(shape.subject.variable)
    values = [None if g is None else constant(substitute(g, variable, mark.exact)) for g in germs]
    left, right = values
    return left is not None and right is not None and abs(left - right) < CLOSE


def _extremum(shape: Shape, mark: Mark, least: bool) -> Finding:
    subject = shape.subject
    kind, op = ("minimum", ">=") if least else ("maximum", "<=")
    value = shape.value(mark)
    every = is_global(shape, value, least)
    where = "" if every else _neighbourhood(shape, mark)
    note = "global" if every else "local"
    shown = shape.shown(value)
    if mark.exact is not None or value is None:
        there, closed = shape.at(shape.exact(mark)), shape.closed_value(mark)
        named = [subject.claim(f"{subject.text} {op} {there}", where)] if mark.exact else []
        named += [subject.claim(f"{there} == {closed}")] if closed else []
        return Finding(kind, shape.about(mark), closed or shown, tuple(named), note)
    lower, upper = shape.bounds(value)
    first, second = (lower, upper) if least else (upper, lower)
    other = "<=" if least else ">="
    claims = (
        subject.claim(f"{subject.text} {op} {first}", where),
        subject.claim(f"{shape.at(shape.below(mark, SPARE))} {other} {second}"),
        *_turn(shape, mark, 1, rising=least),
    )
    return Finding(kind, shape.about(mark), shown, claims, note)


def _turn(shape: Shape, mark: Mark, order: int, rising: bool) -> tuple[str, str]:
    """The derivative of this order changes its sign between the decimals around the mark."""
    subject, x, slope = shape.subject, shape.subject.variable, shape.slope(order)
    first, second = ("<", ">") if rising else (">", "<")
    return (
        subject.claim(f"{slope} {first} 0", f"{x} == {shape.below(mark)}"),
        subject.claim(f"{slope} {second} 0", f"{x} == {shape.above(mark)}"),
    )


def _neighbourhood(shape: Shape, mark: Mark) -> str:
    """Between the neighbouring marks of the derivative."""
    marks, x = shape.outline(1).marks, shape.subject.variable
    index = marks.index(mark)
    parts = []
    if index > 0:
        parts.append(f"{x} >= {shape.above(marks[index - 1])}")
    if index + 1 < len(marks):
        parts.append(f"{x} <= {shape.below(marks[index + 1])}")
    return ", ".join(parts)


def is_global(shape: Shape, value: Range | None, least: bool) -> bool:
    """Whether no other extremum and no end lies beyond the value, as far as seen."""
    if value is None:
        return False
    sign, here = (1 if least else -1), value[0]
    others = [shape.value(m, side=s) for m in shape.outline(1).marks for s in (-1, 1)]
    if any(other is not None and sign * (other[0] - here) < -Fraction(EVEN) for other in others):
        return False
    for toward in ("oo", "-oo"):
        far = shape.far(toward)
        limit = None if far is None or far.value is None else constant(far.value)
        if far is None or (far.value is None and far.sign * sign < 0):
            return False
        if limit is not None and sign * (limit - float(here)) < 0:
            return False
    return True


def inflections(shape: Shape) -> Iterator[Finding]:
    """Where a smooth function changes between convex and concave."""
    found = shape.outline(2)
    for mark, (before, after) in zip(found.marks, pairwise(found.signs), strict=True):
        if {before, after} != {-1, 1} or mark.function is None:
            continue
        subject, x = shape.subject, shape.subject.variable
        claims: tuple[str, ...] = _turn(shape, mark, 2, rising=before == -1)
        if mark.exact is not None:
            claims = (subject.claim(f"{shape.slope(2)} == 0", f"{x} == {shape.exact(mark)}"),)
        value = shape.value(mark)
        shown = shape.shown(value)
        yield Finding("inflection", shape.about(mark), shown, claims)
