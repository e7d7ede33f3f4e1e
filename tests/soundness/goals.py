"""What a claim says at a point, as checks, and the functions whose smallest values decide it.

    Statement: for all values of the names, the conditions imply every check.

Above: `statements`, `points`, `search`. Below: `settings`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from flint import ctx, fmpq

from tests.soundness.balls import Number, Value
from tests.soundness.lists import Unreadable
from tests.soundness.reading import Compiled, Env
from tests.soundness.settings import Check

PRECISIONS = (200, 1000)


@dataclass(frozen=True)
class Margin:
    """`sign` times the derivative of this order of a function of one name is to be at least 0.

    strict  whether 0 is too little
    """

    name: str
    function: Callable[[Value], Value]
    order: int
    sign: int = 1
    strict: bool = False


@dataclass
class Statement:
    """A claim without its `not`.

    negated     whether the claim says that the statement fails
    names       the free names; a predicate adds those of its definition
    kinds       "Naturals" or "Integers" for names declared so
    conditions  what is presupposed; a list of checks
    checks      what is claimed
    margins     functions of one name whose smallest values decide
    gaps        functions of several names that are to be at least 0
    equalities  functions of the names that the conditions set to 0
    turns       whether derivatives of both signs break the statement
    bounds      (lowest, highest) value of a name, where the conditions say so; None is unbounded
    marks       numbers beside which something may happen
    """

    negated: bool
    names: list[str] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    conditions: list[Check] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    margins: list[Margin] = field(default_factory=list)
    gaps: list[Compiled] = field(default_factory=list)
    equalities: list[Compiled] = field(default_factory=list)
    turns: bool = False
    bounds: dict[str, list[Number | None]] = field(default_factory=dict)
    marks: list[fmpq] = field(default_factory=list)

    def applies(self, env: Env) -> bool | None:
        """Whether the conditions hold at the point."""
        return all_of(condition(env) for condition in self.conditions)

    def holds(self, env: Env) -> bool | None:
        """Whether every check holds at the point."""
        return all_of(check(env) for check in self.checks)

    def broken(self, env: Env, bits: int) -> bool | None:
        """True: the conditions certainly hold and a check certainly fails. None: unknown."""
        with ctx.workprec(bits), readable():
            inside = self.applies(env)
            if inside is False:
                return False
            good = self.holds(env)
        if good is False and inside:
            return True
        return False if good else None


def all_of(found: Iterator[bool | None]) -> bool | None:
    """False when one is False, else None when one is None, else True."""
    unknown = False
    for value in found:
        if value is False:
            return False
        unknown |= value is None
    return None if unknown else True


@contextlib.contextmanager
def readable() -> Iterator[None]:
    """Turns what Python says of a text that means nothing into Unreadable."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as problem:
        raise Unreadable(repr(problem)) from problem
