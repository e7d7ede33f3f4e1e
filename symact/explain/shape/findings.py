"""The kinds of things that are found about a function, by the words a person asks with.

Above: `sheet`, `find`. Below: `roots`, `edges`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symact.explain.shape.edges import kinks, limits, lipschitz
from symact.explain.shape.roots import extrema, fixed_points, inflections, zeros
from symact.explain.shape.shapes import Finding, Shape

KINDS: dict[str, Callable[[Shape], Iterator[Finding]]] = {
    "zeros": zeros,
    "extrema": extrema,
    "inflections": inflections,
    "kinks": kinks,
    "limits": limits,
    "fixed-points": fixed_points,
    "lipschitz": lipschitz,
}


def find(shape: Shape, kind: str) -> list[Finding]:
    """The findings of one kind. Fails with NoOutline where the roots could not be isolated."""
    return list(KINDS[kind](shape))
