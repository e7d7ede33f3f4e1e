"""Sequents about y > M: the signs of terms of y alone, by the checker's tails.

Above: `limit_search`, `divergence_search`. Below: `builder`, `sign_search`, the checker's limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from fractions import Fraction

from symact.checker.failures import CannotJudge, Rejected
from symact.checker.intervals import EnclosureError
from symact.checker.limits import near_infinity
from symact.checker.obligations import obligations
from symact.checker.resolve import Unresolved, resolve
from symact.checker.sequents import Sequent
from symact.checker.tails import tail_sign
from symact.language.elementary import difference
from symact.language.predicates import Triple
from symact.language.terms import Term, num, postorder
from symact.prover.builder import Builder, Entry, written

ORDERS = (2, 4, 7)
BITS = 128
ONE = num(1)
MAX_GUARDS = 40
NAMES = ("y", "s", "w", "v", "m", "r", "y1", "y2", "y3", "y4", "y5", "y6", "y7", "y8")


class NotShown(Exception):
    """A sign beyond M was not found."""


def names_of(roots: Iterable[Term]) -> list[str]:
    """The names in terms, sorted."""
    return sorted({t.value for root in roots for t in postorder(root) if t.op == "name"})


def fresh_name(sequent: Sequent, others: Iterable[Term], choices: tuple[str, ...] = NAMES) -> str:
    """A name that occurs neither in the sequent nor in the other terms."""
    used = names_of(others)
    for candidate in choices:
        if candidate in used:
            continue
        try:
            sequent.fresh(candidate)
        except Rejected:
            continue
        return candidate
    raise NotShown


class Far:
    """The sequent of a limit beyond `start`: y is a new name that runs to infinity.

    scale  the C of a bound; y and C as the checker reads them
    """

    def __init__(
        self,
        sequent: Sequent,
        others: tuple[Term, ...],
        start: Fraction,
        deadline: float,
        scale: Term = ONE,
    ) -> None:
        self.name = fresh_name(sequent, (*others, scale))
        self.start, self.deadline = start, deadline
        self.entry = {"name": self.name, "from": written(num(start)), "scale": written(scale)}
        self.near, self.y, self.scale = near_infinity(sequent, self.entry, others, num(0))

    def germ(self, body: Term) -> Term:
        """The analytic term that the body is beyond `start`. Fails with NotShown."""
        return self.resolved(body)[1]

    def resolved(self, body: Term) -> tuple[Builder, Term]:
        """A builder beyond `start`, and what the body is there. Fails with NotShown."""
        builder = self._builder((body, "==", body))
        return builder, self._resolved(builder)[0]

    def learn_needs(self, builder: Builder, term: Term) -> None:
        """Adds the signs of what the term needs to be defined, as far as they are found."""
        for needed, relation in obligations(term):
            if not builder.region.holds(needed, relation):
                with suppress(NotShown):
                    self._learn(builder, needed)

    def proof(self, goal: Triple, show: Callable[[Builder, Term], None] | None = None) -> Entry:
        """A proof tree for the goal beyond `start`; `show` learns the sign of its difference, if
        that is not a term of y alone. Fails with NotShown.
        """
        builder = self._builder(goal)
        sides = self._resolved(builder)
        for side in sides:
            for term, relation in obligations(side):
                self.require(builder, term, relation)
        gap = difference(*sides)
        if show is not None and not builder.region.holds(gap, goal[1]):
            show(builder, gap)
        self.require(builder, gap, goal[1])
        return builder.wrapped({"step": "holds"})

    def _builder(self, goal: Triple) -> Builder:
        return Builder(self.near.on(self.near.region.copy(), goal), self.deadline)

    def _resolved(self, builder: Builder) -> list[Term]:
        """The sides of the goal, every guard decided."""
        left, _, right = builder.sequent.goal
        for _ in range(MAX_GUARDS):
            try:
                return [resolve(left, builder.region), resolve(right, builder.region)]
            except Unresolved as missing:
                before = builder.region.signs(missing.guard)
                self._learn(builder, missing.guard)
                if builder.region.signs(missing.guard) == before:
                    raise NotShown from missing
        raise NotShown

    def require(self, builder: Builder, term: Term, relation: str) -> None:
        """Learns the sign of a term of y. Fails with NotShown."""
        if not builder.region.holds(term, relation):
            self._learn(builder, term)
            if not builder.region.holds(term, relation):
                raise NotShown

    def _learn(self, builder: Builder, term: Term) -> None:
        """Adds the sign of a term of y, if the tail has one and its parts are defined."""
        if names_of([term]) != [self.name]:
            raise NotShown
        for needed, relation in obligations(term):
            if not builder.region.holds(needed, relation):
                self._learn(builder, needed)
        for order in ORDERS:
            try:
                sign = tail_sign(term, self.y, self.start, 1, order, BITS)
            except (Rejected, EnclosureError):
                continue
            except CannotJudge:
                return
            if sign:
                builder.learn(
                    term, ">" if sign > 0 else "<", {"cells": self._cells(term, order, sign)}
                )
            return

    def _cells(self, term: Term, order: int, sign: int) -> Entry:
        return {
            "name": self.name,
            "term": written(term),
            "of": self.name,
            "bits": BITS,
            "order": 1,
            "from": written(num(self.start)),
            "cells": [["T", None, sign, order]],
        }
