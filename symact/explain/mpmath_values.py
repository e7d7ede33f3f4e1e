"""Core terms in mpmath, point by point: exact while rational, else to 50 digits and more if needed.

Only branches taken are evaluated. The value is None where the term is undefined. Where summands
cancel so far that few digits are left, the point is evaluated again with more of them.

Above: `crosscheck`, `sample_points`. Below: `mpmath_arithmetic`, `language.terms`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from symact.explain.mpmath_arithmetic import OPERATIONS, SPARE_BITS, Arithmetic, OutOfRange
from symact.language.terms import Term

DIGITS: Final = 50
LEVELS: Final = ((DIGITS, 1), (120, 4), (400, 30))
"""Digits, and how much longer an evaluation takes with them. 400 show 1 - sigmoid(800) beside 1."""
MAX_NESTED: Final = 2
"""Derivatives inside derivatives; each level multiplies the work and the digits."""

Point = Mapping[str, Any]  # name -> Fraction, mpf, or Term for a constant


class _Undefined(Exception):
    """Carries an undefined value through mpmath.diff."""


class Evaluator(Arithmetic):
    """Evaluates core terms, with more digits where they are needed.

    credit  how much may be spent on points that need more digits, in evaluations with 50 digits
    """

    def __init__(self, credit: int = 10_000) -> None:
        super().__init__(DIGITS)
        self.credit = credit

    def value(self, root: Term, point: Point) -> Any:
        """The value at the point, None where it is undefined. Fails as `values` does."""
        return self.values((root,), point)[0]

    def values(self, roots: Sequence[Term], point: Point) -> list[Any]:
        """The values of several terms: Fraction, mpf or None; what they share is done once.

        Fails with OutOfRange, and with KeyError when the point lacks a name.
        """
        for digits, effort in LEVELS:
            if effort > 1:
                self._pay(effort)
            with self.context.workdps(digits):
                found = self._settled(roots, point)
            if found is not None:
                return found
        raise OutOfRange

    def _settled(self, roots: Sequence[Term], point: Point) -> list[Any] | None:
        """The values at the present precision; None when cancellation has left too little of them.

        A sum that cancels altogether is taken for 0. Whether that matters shows when the evaluation
        is done again with a number as small as its rounding in its place.
        """
        self.begin(disturbed=False)
        found = self._evaluated(roots, point)
        if self.accurate and self.zeroed:
            if any(value is None for value in found):
                return None
            self.begin(disturbed=True)
            other = self._evaluated(roots, point)
            self.accurate &= all(map(self.agree, found, other))
        return found if self.accurate else None

    def _pay(self, effort: int) -> None:
        if self.credit < effort:
            raise OutOfRange
        self.credit -= effort

    def _evaluated(self, roots: Sequence[Term], point: Point) -> list[Any]:
        """The values at the present precision."""
        values: dict[Term, Any] = {}
        stack = list(roots)
        while stack:
            current = stack[-1]
            missing = [] if current in values else _missing(current, values)
            if missing:
                stack.extend(missing)
                continue
            if current not in values:
                values[current] = self._step(current, values, point)
            stack.pop()
        return [values[root] for root in roots]

    def _step(self, current: Term, values: Mapping[Term, Any], point: Point) -> Any:
        """The value of a term from those of its parts."""
        if current.op == "num":
            return current.value
        if current.op == "name":
            given = point[current.value]
            return self._evaluated((given,), {})[0] if isinstance(given, Term) else given
        if current.op == "ite":
            branch = _branch(current, values[current.args[0]])
            return None if branch is None else values[branch]
        if current.op == "diff":
            at = values[current.args[2]]
            return None if at is None else self._derivative(current, at, point)
        args = [values[part] for part in current.args]
        undefined = any(arg is None for arg in args)
        if undefined and current.op == "regular":
            raise OutOfRange  # nothing is known of its value there
        return None if undefined else OPERATIONS[current.op](self, current, args)

    # -- derivatives ----------------------------------------------------------------------------
    def _derivative(self, current: Term, at: Any, point: Point) -> Any:
        """mpmath.diff from right and left; undefined where they disagree, at any order up to it."""
        if self.nested >= MAX_NESTED:
            raise OutOfRange
        function, start = self._body(current, at, point), self.number(at)
        before = self.quiet
        self.nested += 1
        try:
            found = None
            for order in range(1, current.value + 1):
                found = self._two_sided(function, start, order)
        except _Undefined:
            return None
        finally:
            self.nested -= 1
            self.quiet = before
        return found

    def _body(self, current: Term, at: Any, point: Point) -> Callable[[Any], Any]:
        """What is differentiated, as a function: exact near a fraction, each place done once."""
        body, binder, _ = current.args
        start = self.number(at)
        offset = at - self._fraction(start) if isinstance(at, Fraction) else None
        known: dict[Any, Any] = {}
        bits = (self.context.prec + SPARE_BITS) * (current.value + 1)

        def function(x: Any) -> Any:
            if x not in known:
                self.quiet += x != start
                with self.context.workprec(bits):
                    shifted = x if offset is None else self._fraction(x) + offset
                    (value,) = self._evaluated((body,), {**point, binder.value: shifted})
                    known[x] = None if value is None else self.number(value)
                self.quiet -= x != start
            if known[x] is None:
                raise _Undefined
            return known[x]

        return function

    def _two_sided(self, function: Callable[[Any], Any], at: Any, order: int) -> Any:
        right, left = (self.context.diff(function, at, order, direction=side) for side in (1, -1))
        scale = max(abs(right), abs(left), self.context.one)
        if abs(right - left) > self.context.ldexp(scale, -self.context.prec // 2):
            raise _Undefined
        return (right + left) / 2

    def _fraction(self, value: Any) -> Fraction:
        """The very number that an mpf is."""
        mantissa, exponent = value.man_exp
        size = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
        return size if value > 0 else -size


def _missing(current: Term, values: Mapping[Term, Any]) -> list[Term]:
    """What must be known before the term: of a case split the guard, then the branch taken."""
    needed: Iterable[Term] = current.args
    if current.op == "diff":
        needed = current.args[2:]
    elif current.op == "ite":
        guard = current.args[0]
        if guard not in values:
            return [guard]
        branch = _branch(current, values[guard])
        needed = () if branch is None else (branch,)
    return [part for part in needed if part not in values]


def _branch(current: Term, guard: Any) -> Term | None:
    """The branch of a case split that is taken; None when its guard is undefined."""
    if guard is None:
        return None
    return current.args[1 if _HOLDS[current.value](guard) else 2]


_HOLDS: Final = MappingProxyType[str, Callable[[Any], Any]](
    {
        ">": lambda guard: guard > 0,
        ">=": lambda guard: guard >= 0,
        "==": lambda guard: guard == 0,
        "<": lambda guard: guard < 0,
        "<=": lambda guard: guard <= 0,
    }
)

OPERATORS: Final = frozenset({*OPERATIONS, "num", "name", "ite", "diff"})
