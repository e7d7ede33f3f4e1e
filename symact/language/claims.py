"""Claims: what the parser returns and everything else is about. All frozen, all comparable.

Above: `predicates` and `unfold` (meaning). Below: `terms`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from symact.language.terms import Term

COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")


@dataclass(frozen=True)
class Relation:
    """side0 op0 side1 op1 …: a chain means "and" of its adjacent pairs."""

    sides: tuple[Term, ...]
    ops: tuple[str, ...]

    def pairs(self) -> tuple[tuple[Term, str, Term], ...]:
        """The adjacent pairs (left, op, right), in order."""
        return tuple(zip(self.sides, self.ops, self.sides[1:], strict=False))


@dataclass(frozen=True)
class RealSet:
    """Reals, Naturals, Integers, or an interval with its ends (±oo allowed) open or closed."""

    kind: str  # "Reals" | "Naturals" | "Integers" | "Interval"
    lower: Term | None = None
    upper: Term | None = None
    lower_open: bool = False
    upper_open: bool = False


@dataclass(frozen=True)
class Membership:
    """name in set."""

    name: str
    set: RealSet


@dataclass(frozen=True)
class Predicate:
    """predicate(args, on=set); for `range(f) == set` the set is stored in `on`."""

    name: str
    args: tuple[Term, ...]
    on: RealSet | None = None


@dataclass(frozen=True)
class Claim:
    """["not"] statement ["where" conditions]  # remark."""

    statement: Relation | Predicate
    conditions: tuple[Relation | Membership, ...] = ()
    negated: bool = False
    remark: str = field(default="", compare=False)
