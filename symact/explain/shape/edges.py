"""Kinks and jumps; limits and asymptotes; the least Lipschitz constant.

Above: `findings`. Below: `shapes`, `numbers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from symact.checker.derivatives import substitute
from symact.explain.shape.outline import Mark
from symact.explain.shape.shapes import SPARE, Finding, Range, Shape, simple
from symact.explain.shape.waves import extremes
from symact.language.printer import print_term
from symact.language.terms import Term, mul, name, num
from symact.prover.numeric.graph_samples import constant
from symact.prover.readable import readable

CLOSE = 1e-12
HUGE = 10**6  # a constant that a jump breaks as it breaks any other
SLACK = Fraction(1, 10**6)  # by how much a constant is made smaller to see it fail


# -- kinks ----------------------------------------------------------------------------------------
def kinks(shape: Shape) -> Iterator[Finding]:
    """Cuts at which the function or its derivative jumps, with the values on both sides."""
    subject, x = shape.subject, name(shape.subject.variable)
    for index, cut in enumerate(shape.base.pieces.cuts):
        at = shape.scale.place(print_term(readable(cut)))
        for kind, order, what in (("jump", 0, subject.text), ("kink", 1, shape.slope())):
            sides = [
                None if germ is None else substitute(germ, x, cut)
                for germ in shape.base.germs(order)[index : index + 2]
            ]
            shown = [shape.amount(t, order) for t in sides if t is not None]
            if len(shown) == len(sides) and _differ(sides):
                claims = tuple(
                    subject.claim(f'limit({what}, {x.value}, {at}, "{side}") == {text}')
                    for side, text in zip("-+", shown, strict=True)
                )
                yield Finding(kind, at, " | ".join(shown), claims, "left | right")
                break


def _differ(sides: list[Term | None]) -> bool:
    left, right = (None if t is None else constant(t) for t in sides)
    return left is not None and right is not None and abs(left - right) > CLOSE


# -- limits ---------------------------------------------------------------------------------------
def limits(shape: Shape) -> Iterator[Finding]:
    """The limits towards -oo and oo, or a line that the function approaches there."""
    subject, x = shape.subject, shape.subject.variable
    for toward in ("-oo", "oo"):
        far = shape.far(toward)
        if far is None:
            continue
        if far.value is not None:
            text = shape.amount(far.value)
            claim = subject.claim(f"limit({subject.text}, {x}, {toward}) == {text}")
            yield Finding("limit", toward, text, (claim,))
            continue
        on = "Interval.Ropen(0, oo)" if toward == "oo" else "Interval.Lopen(-oo, 0)"
        claim = f"not {subject.predicate('bounded', on=on)}"
        yield Finding("limit", toward, "oo" if far.sign > 0 else "-oo", (claim,))
        yield from _asymptote(shape, toward)


def _asymptote(shape: Shape, toward: str) -> Iterator[Finding]:
    """y = a x + b with f - a x → b."""
    subject, x = shape.subject, shape.subject.variable
    slope = shape.ratio(toward)
    if slope is None:
        return
    far = shape.far(toward, minus=mul(slope, name(x)))
    if far is None or far.value is None:
        return
    a, b = shape.amount(slope, 1), shape.amount(far.value)
    line = x if a == "1" else f"-{x}" if a == "-1" else f"({a})*{x}"
    claim = subject.claim(f"limit({subject.text} - {_grouped(line)}, {x}, {toward}) == {b}")
    yield Finding("asymptote", toward, line if b == "0" else f"{line} + ({b})", (claim,))


def _grouped(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


# -- Lipschitz constant ---------------------------------------------------------------------------
@dataclass(frozen=True)
class _Steep:
    """A steepness |f'| that is met or approached, and how to say so."""

    size: float
    finding: Callable[[], Finding]


def lipschitz(shape: Shape) -> Iterator[Finding]:
    """The least L with |f(x) - f(y)| <= L |x - y|: the supremum of |f'|."""
    if any(finding.kind == "jump" for finding in kinks(shape)):
        claim = f"not {shape.subject.predicate('lipschitz', str(HUGE))}"
        yield Finding("Lipschitz constant", "", "none", (claim,), "the function jumps")
        return
    wave = extremes(shape, 1)
    if wave is not None and shape.far("oo", order=1) is None:
        yield _of_wave(shape, max(map(abs, wave)))
        return
    steepest = max(_steep(shape), key=lambda steep: steep.size, default=None)
    if steepest is not None:
        yield steepest.finding()


def _steep(shape: Shape) -> Iterator[_Steep]:
    """The steepness at the marks of the second derivative, and towards ±oo."""
    for toward in ("-oo", "oo"):
        far = shape.far(toward, order=1)
        if far is not None and far.value is not None:
            size = constant(far.value)
            if size is not None:
                yield _Steep(abs(size), _Approached(shape, toward, far.value).finding)
        elif far is not None:
            yield _Steep(float("inf"), partial(_unbounded_slope, shape))
    for mark in shape.outline(2).marks:
        for side in (-1, 1):
            value = shape.value(mark, order=1, side=side)
            if value is not None:
                size = max(abs(float(value[0])), abs(float(value[1])))
                yield _Steep(size, _Attained(shape, mark, value).finding)


def _of_wave(shape: Shape, steepness: Fraction) -> Finding:
    """A steepness that is met again and again."""
    bound, less = (shape.amount(num(size), 1) for size in (steepness, steepness - SLACK))
    subject = shape.subject
    claims = (
        subject.predicate("lipschitz", bound),
        f"not {subject.predicate('lipschitz', less)}",
    )
    return Finding("Lipschitz constant", "", bound, claims, "met again and again")


def _unbounded_slope(shape: Shape) -> Finding:
    """No constant is enough."""
    slope = f"lambda {shape.subject.variable}: {shape.slope()}"
    claim = f"not {shape.subject.claim(f'bounded({slope})')}"
    return Finding("Lipschitz constant", "", "none", (claim,), "the slope is unbounded")


@dataclass(frozen=True)
class _Attained:
    shape: Shape
    mark: Mark
    value: Range

    def finding(self) -> Finding:
        """The steepness of the function at a mark, met there or beside it."""
        shape, subject = self.shape, self.shape.subject
        lower, upper = sorted((abs(self.value[0]), abs(self.value[1])))
        guess = ((lower + upper) / 2).limit_denominator(1000)
        rational = guess if lower <= guess <= upper else None
        smaller, bound = shape.bounds((lower, upper), 1)
        shown = shape.shown((lower, upper), 1)
        if rational is not None:
            shown = bound = shape.amount(num(rational), 1)
        if self.mark.function is None or rational is not None:
            less = shape.amount(num((rational or guess) - SLACK), 1)
            sharp = f"not {subject.predicate('lipschitz', less)}"
        else:
            at = f"{subject.variable} == {shape.below(self.mark, SPARE)}"
            sharp = subject.claim(f"abs({shape.slope()}) >= {smaller}", at)
        claims = (subject.predicate("lipschitz", bound), sharp)
        where = shape.about(self.mark)
        return Finding("Lipschitz constant", where, shown, claims, "steepest there")


@dataclass(frozen=True)
class _Approached:
    shape: Shape
    toward: str
    value: Term

    def finding(self) -> Finding:
        """The steepness of the function far out."""
        subject, x = self.shape.subject, self.shape.subject.variable
        negative = (constant(self.value) or 0) < 0
        size = simple(mul(num(-1), self.value) if negative else self.value)
        there = f"limit({self.shape.slope()}, {x}, {self.toward})"
        claims = (
            subject.predicate("lipschitz", self.shape.amount(size, 1)),
            subject.claim(f"{there} == {self.shape.amount(self.value, 1)}"),
        )
        note = "the slope tends to it"
        return Finding("Lipschitz constant", self.toward, self.shape.amount(size, 1), claims, note)
