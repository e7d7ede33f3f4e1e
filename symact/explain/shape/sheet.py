"""Fact sheets: everything that is claimed of a function, topic by topic.

A fact is a claim; which of two opposite claims is put down is decided by a numerical look, and
what it is worth by the verdict.

Above: targets, api. Below: `findings`, `pieces_of_line`, `subject`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from symact.checker.failures import CannotJudge, Rejected
from symact.explain.shape.edges import kinks, limits, lipschitz
from symact.explain.shape.guesses import likelier
from symact.explain.shape.lines import bend_claims, direction_claims, sign_claims
from symact.explain.shape.outline import NoOutline
from symact.explain.shape.roots import extrema, fixed_points, inflections, zeros
from symact.explain.shape.shapes import Finding, Shape
from symact.explain.shape.slopes import derivative_claims
from symact.explain.shape.spread import bounded_claims, range_claims
from symact.explain.shape.subject import Subject
from symact.language.unfold import Unsupported
from symact.prover.stuck import Stuck

Claims = Callable[[Shape], Iterator[str]]
MAX_SMOOTH = 4  # derivatives of a function with cuts that are asked about


@dataclass(frozen=True)
class Fact:
    """One claim of a fact sheet, under its topic."""

    topic: str
    claim: str


def facts(subject: Subject) -> Iterator[Fact]:
    """The facts about a subject, topics in the order of a sheet; a topic about which nothing could
    be found has the claim "" and says so. Never fails.
    """
    shape = Shape(subject)
    for topic, claims in TOPICS.items():
        found = 0
        with suppress(NoOutline, Stuck, Rejected, CannotJudge, Unsupported):
            for claim in claims(shape):
                found += 1
                yield Fact(topic, claim)
            if found or topic in MAY_BE_EMPTY:
                continue
        if not found:
            yield Fact(topic, "")


def _definition(shape: Shape) -> Iterator[str]:
    subject = shape.subject
    if subject.definition:
        yield subject.claim(f"{subject.text} == {subject.definition}")


def _domain(shape: Shape) -> Iterator[str]:
    """Defined everywhere: equal to itself."""
    text = shape.subject.text
    yield likelier(shape.subject.claim(f"{text} == {text}"))


def _predicates(*words: str) -> Claims:
    def claims(shape: Shape) -> Iterator[str]:
        for word in words:
            yield likelier(shape.subject.predicate(word))

    return claims


def _found(search: Callable[[Shape], Iterator[Finding]]) -> Claims:
    def claims(shape: Shape) -> Iterator[str]:
        for finding in search(shape):
            yield from finding.claims

    return claims


def _smoothness(shape: Shape) -> Iterator[str]:
    """Smooth, or how often differentiable."""
    subject = shape.subject
    yield likelier(subject.predicate("continuous"))
    smooth = likelier(subject.predicate("smooth"))
    yield smooth
    if not smooth.startswith("not "):
        return
    for order in range(1, MAX_SMOOTH + 1):
        claim = likelier(subject.predicate("differentiable", str(order)))
        yield claim
        if claim.startswith("not "):
            return


TOPICS: dict[str, Claims] = {
    "definition": _definition,
    "domain": _domain,
    "range": range_claims,
    "bounded": bounded_claims,
    "parity": _predicates("odd", "even"),
    "zeros": _found(zeros),
    "sign": sign_claims,
    "monotone pieces": direction_claims,
    "extrema": _found(extrema),
    "convex pieces": bend_claims,
    "inflections": _found(inflections),
    "kinks": _found(kinks),
    "smoothness": _smoothness,
    "first derivative": derivative_claims(1),
    "second derivative": derivative_claims(2),
    "Lipschitz constant": _found(lipschitz),
    "limits and asymptotes": _found(limits),
    "fixed points": _found(fixed_points),
    "linearity": _predicates("additive", "homogeneous", "affine"),
    "positive homogeneity": _predicates("positively_homogeneous"),
    "polynomial": _predicates("polynomial"),
    "universality": _predicates("universal"),
    "invertibility": _predicates("injective"),
}
MAY_BE_EMPTY = ("definition", "zeros", "extrema", "inflections", "kinks", "fixed points")
