"""The range of a function: as a set where its ends have a closed form, else by decimals.

Above: `sheet`. Below: `shapes`, `roots`, `numbers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symact.explain.shape.guesses import likelier
from symact.explain.shape.outline import Mark
from symact.explain.shape.roots import continuous_at
from symact.explain.shape.shapes import SPARE, Shape
from symact.explain.shape.waves import extremes
from symact.language.terms import num
from symact.prover.numeric.graph_samples import constant


@dataclass(frozen=True)
class _End:
    """An end of the range: its closed form or a mark at which it is attained; or infinite."""

    value: float
    attained: bool
    text: str = ""
    mark: Mark | None = None


def bounded_claims(shape: Shape) -> Iterator[str]:
    """Bounded or not."""
    yield likelier(shape.subject.predicate("bounded"))


def range_claims(shape: Shape) -> Iterator[str]:
    """range(f) == set, or the tightest bounds to all digits."""
    subject = shape.subject
    wave = extremes(shape, 0)
    if wave is not None and shape.far("oo") is None:
        ends = ", ".join(shape.amount(num(end)) for end in wave)
        yield subject.claim(f"range({subject.function}) == Interval({ends})")
        return
    candidates = list(_candidates(shape))
    if not candidates:
        return
    connected = all(continuous_at(shape, mark) for mark in shape.outline(1).marks)
    low = min(candidates, key=lambda end: (end.value, not end.attained))
    high = max(candidates, key=lambda end: (end.value, end.attained))
    if low.text and high.text and connected:
        kind = {
            (True, True): "",
            (False, False): ".open",
            (False, True): ".Lopen",
            (True, False): ".Ropen",
        }
        which = kind[low.attained, high.attained]
        yield subject.claim(
            f"range({subject.function}) == Interval{which}({low.text}, {high.text})"
        )
        return
    yield from _by_decimals(shape, low, least=True)
    yield from _by_decimals(shape, high, least=False)


def _by_decimals(shape: Shape, end: _End, least: bool) -> Iterator[str]:
    subject = shape.subject
    op = (">=" if end.attained else ">") if least else ("<=" if end.attained else "<")
    if end.text in ("oo", "-oo"):
        on = "Interval.Ropen(0, oo)" if not least else "Interval.Lopen(-oo, 0)"
        yield likelier(subject.predicate("bounded", on=on))
    elif end.text:
        yield subject.claim(f"{subject.text} {op} {end.text}")
    elif end.mark is not None and (value := shape.value(end.mark)) is not None:
        first, second = shape.bounds(value)
        bound, other = (first, second) if least else (second, first)
        yield subject.claim(f"{subject.text} {op} {bound}")
        back = "<=" if least else ">="
        yield subject.claim(f"{shape.at(shape.below(end.mark, SPARE))} {back} {other}")


def _candidates(shape: Shape) -> Iterator[_End]:
    """Values at the marks of the derivative, and limits far out."""
    for mark in shape.outline(1).marks:
        for side in (-1, 1):
            value = shape.value(mark, side=side)
            if value is None:
                continue
            yield _End(float((value[0] + value[1]) / 2), True, shape.closed_value(mark, side), mark)
    for toward in ("-oo", "oo"):
        far = shape.far(toward)
        if far is None:
            continue
        if far.value is None:
            yield _End(float("inf") * far.sign, False, "oo" if far.sign > 0 else "-oo")
        elif (number := constant(far.value)) is not None:
            yield _End(number, _constant_there(shape, toward), shape.amount(far.value))


def _constant_there(shape: Shape, toward: str) -> bool:
    """Whether the function is constant on the piece that reaches there."""
    return shape.outline(1).signs[0 if toward == "-oo" else -1] == 0
