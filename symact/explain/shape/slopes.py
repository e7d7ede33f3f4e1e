"""Derivatives in the form that people read, as claims.

Above: `sheet`. Below: `shapes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symact.explain.shape.shapes import Shape
from symact.language.printer import print_term
from symact.prover.readable import readable

LONGEST = 4_000  # characters of a formula that anyone reads


def derivative_claims(order: int) -> Callable[[Shape], Iterator[str]]:
    """The derivative of this order equals its formula, piece by piece, away from the cuts."""

    def claims(shape: Shape) -> Iterator[str]:
        subject = shape.subject
        x, cuts = subject.variable, subject.pieces.cuts
        germs = subject.germs(order)
        if any(germ is None for germ in germs):
            return
        texts = [print_term(readable(germ)) for germ in germs if germ is not None]
        parts = [
            f"({text}, {x} < {print_term(readable(cut))})"
            for text, cut in zip(texts, cuts, strict=False)
        ]
        text = f"piecewise({', '.join(parts)}, ({texts[-1]}, True))" if parts else texts[-1]
        away = ", ".join(f"{x} != {print_term(readable(cut))}" for cut in cuts)
        if len(text) <= LONGEST:
            yield subject.claim(f"{shape.slope(order)} == {text}", away)

    return claims
