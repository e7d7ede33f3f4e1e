"""Core terms in mpmath, point by point: exact while rational, else to 50 digits and more if needed.

Only branches taken are evaluated. The value is None where the term is undefined. Where summands
cancel so far that few digits are left, the point is evaluated again with more of them.

Above: `crosscheck`, `sample_points`. Below: `language.terms`; mpmath, imported on first use.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from symact.language.terms import Term

DIGITS: Final = 50
LEVELS: Final = ((DIGITS, 1), (120, 4), (400, 30))
"""Digits, and how much longer an evaluation takes with them. 400 show 1 - sigmoid(800) beside 1."""
GOOD_BITS: Final = 130
"""Bits that cancellation must leave of a sum."""
NOISE_BITS: Final = 200
"""A sum that cancels altogether counts as 0 when its rounding is below 2 to the minus this."""
CANCELLED: Final = 20
"""Bits of a sum, above its rounding, below which it has cancelled altogether."""
SPARE_BITS: Final = 30
"""What mpmath.diff adds to the precision that its quotients need."""
MAX_EXACT_BITS: Final = 4_000
"""Numerator and denominator of a number kept exact."""
MAX_EXP_BITS: Final = 64
"""Bits before the point of an argument of exp: more would need an exponent of unbounded size."""
MAX_ANGLE_BITS: Final = 1_000
"""Bits before the point of an argument of sin and cos: reduction modulo pi needs as many digits."""
MAX_POWER: Final = 10_000_000
MAX_NESTED: Final = 2
"""Derivatives inside derivatives; each level multiplies the work and the digits."""

Point = Mapping[str, Any]  # name -> Fraction, mpf, or Term for a constant


class OutOfRange(Exception):
    """A value that may be defined but is too expensive to work out here."""


class _Undefined(Exception):
    """Carries an undefined value through mpmath.diff."""


class Evaluator:
    """Evaluates core terms in an mpmath context of its own: the global precision is left alone.

    credit  how much may be spent on points that need more digits, in evaluations with 50 digits
    """

    def __init__(self, credit: int = 10_000) -> None:
        from mpmath import MPContext

        self.context: Any = MPContext()
        self.context.dps = DIGITS
        self.credit = credit
        self._numbers: dict[tuple[Fraction, int], Any] = {}
        self._base = self.context.prec
        self._nested = self._quiet = 0
        self._accurate = True
        self._zeroed = False

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
                self._base = self.context.prec
                self._accurate, self._zeroed = True, False
                found = self._evaluated(roots, point)
            doubtful = self._zeroed and any(value is None for value in found)
            if self._accurate and not doubtful:
                return found
        raise OutOfRange

    def _pay(self, effort: int) -> None:
        if self.credit < effort:
            raise OutOfRange
        self.credit -= effort

    def number(self, value: Any) -> Any:
        """A Fraction at the present precision; an mpf as it is. Never fails."""
        if not isinstance(value, Fraction):
            return value
        key = (value, self.context.prec)
        if key not in self._numbers:
            self._numbers[key] = self.context.mpf(value.numerator) / value.denominator
        return self._numbers[key]

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
        return None if undefined else _RULES[current.op](self, current, args)

    # -- derivatives ----------------------------------------------------------------------------
    def _derivative(self, current: Term, at: Any, point: Point) -> Any:
        """mpmath.diff from right and left; undefined where they disagree, at any order up to it."""
        if self._nested >= MAX_NESTED:
            raise OutOfRange
        function, start = self._body(current, at, point), self.number(at)
        before = self._quiet
        self._nested += 1
        try:
            found = None
            for order in range(1, current.value + 1):
                found = self._two_sided(function, start, order)
        except _Undefined:
            return None
        finally:
            self._nested -= 1
            self._quiet = before
        return found

    def _body(self, current: Term, at: Any, point: Point) -> Callable[[Any], Any]:
        """What is differentiated, as a function: exact near a fraction, each place done once."""
        body, binder, _ = current.args
        exact, start = isinstance(at, Fraction), self.number(at)
        known: dict[Any, Any] = {}
        bits = (self.context.prec + SPARE_BITS) * (current.value + 1)

        def function(x: Any) -> Any:
            if x not in known:
                self._quiet += x != start
                with self.context.workprec(bits):
                    shifted = self._fraction(x) if exact else x
                    (value,) = self._evaluated((body,), {**point, binder.value: shifted})
                    known[x] = None if value is None else self.number(value)
                self._quiet -= x != start
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

    # -- rules: the value from defined values of the arguments ----------------------------------
    def _const(self, _: Term, __: list[Any]) -> Any:
        return +self.context.pi

    def _add(self, _: Term, args: list[Any]) -> Any:
        if all(isinstance(arg, Fraction) for arg in args):
            return self._kept(sum(args, Fraction(0)))
        floats, mag = [self.number(arg) for arg in args], self.context.mag
        total = floats[0]
        for arg in floats[1:]:
            total = total + arg
        if not any(floats):
            return total
        largest = max(map(mag, floats))
        if total and mag(total) > largest - self.context.prec + CANCELLED:
            self._lose(largest - mag(total))
            return total
        self._cancel(largest)
        return Fraction(0)

    def _cancel(self, largest: int) -> None:
        """Notes that numbers below 2**largest have left nothing but rounding, taken for 0."""
        if not self._quiet:
            self._zeroed = True
            self._accurate &= largest - self._base <= -NOISE_BITS

    def _lose(self, bits: int) -> None:
        """Notes a loss of relative accuracy; beside the point of a derivative it does no harm."""
        spare = SPARE_BITS if self._nested else 0
        self._accurate &= bool(self._quiet) or self._base - bits + spare >= GOOD_BITS

    def _mul(self, _: Term, args: list[Any]) -> Any:
        exact = all(isinstance(arg, Fraction) for arg in args)
        factors = args if exact else [self.number(arg) for arg in args]
        result = factors[0]
        for factor in factors[1:]:
            result = result * factor
        return self._kept(result) if exact else result

    def _pow(self, _: Term, args: list[Any]) -> Any:
        base, exponent = args[0], int(args[1])
        if exponent != args[1] or abs(exponent) > MAX_POWER:
            raise OutOfRange
        if base == 0 and exponent < 0:
            return None
        if isinstance(base, Fraction) and _bits(base) * abs(exponent) > MAX_EXACT_BITS:
            base = self.number(base)
        return base**exponent

    def _kept(self, value: Fraction) -> Any:
        """The number itself, or near it when it has become long."""
        return value if _bits(value) <= MAX_EXACT_BITS else self.number(value)

    def _call(self, current: Term, args: list[Any]) -> Any:
        function, (x,) = current.value[0], args
        if isinstance(x, Fraction):
            exact = _EXACT.get((function, x))
            if exact is not None:
                return exact
            if function == "floor":
                return Fraction(math.floor(x))
        return _CALLS[function](self, self.number(x))

    def _given(self, _: Term, args: list[Any]) -> Any:
        return args[0]

    # -- functions of an mpf --------------------------------------------------------------------
    def _exp(self, x: Any) -> Any:
        size = self.context.mag(x)
        if size > MAX_EXP_BITS:
            raise OutOfRange
        self._lose(max(size, 0))
        return self.context.exp(x)

    def _log(self, x: Any) -> Any:
        """log(x): near 1 it loses the digits in which x agrees with 1."""
        if x <= 0:
            return None
        if x == 1:
            self._cancel(1)
        else:
            self._lose(max(-self.context.mag(x - 1), 0))
        return self.context.log(x)

    def _sin(self, x: Any) -> Any:
        return self._turned(self.context.sin, x)

    def _cos(self, x: Any) -> Any:
        return self._turned(self.context.cos, x)

    def _turned(self, function: Callable[[Any], Any], x: Any) -> Any:
        size = self.context.mag(x)
        if size > MAX_ANGLE_BITS:
            raise OutOfRange
        self._lose(max(size, 0))
        return function(x)

    def _sqrt(self, x: Any) -> Any:
        return self.context.sqrt(x) if x >= 0 else None

    def _floor(self, x: Any) -> Any:
        """A number with more bits before the point than the precision holds is whole already."""
        return x if self.context.mag(x) > self.context.prec else self.context.floor(x)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


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

_EXACT: Final = MappingProxyType(
    {
        ("exp", Fraction(0)): Fraction(1),
        ("log", Fraction(1)): Fraction(0),
        ("sqrt", Fraction(0)): Fraction(0),
        ("sqrt", Fraction(1)): Fraction(1),
        ("erf", Fraction(0)): Fraction(0),
        ("atan", Fraction(0)): Fraction(0),
        ("sin", Fraction(0)): Fraction(0),
        ("cos", Fraction(0)): Fraction(1),
    }
)

_CALLS: Final = MappingProxyType[str, Callable[[Evaluator, Any], Any]](
    {
        "exp": Evaluator._exp,
        "log": Evaluator._log,
        "sqrt": Evaluator._sqrt,
        "erf": lambda evaluator, x: evaluator.context.erf(x),
        "atan": lambda evaluator, x: evaluator.context.atan(x),
        "sin": Evaluator._sin,
        "cos": Evaluator._cos,
        "floor": Evaluator._floor,
    }
)

_RULES: Final = MappingProxyType[str, Callable[[Evaluator, Term, list[Any]], Any]](
    {
        "const": Evaluator._const,
        "add": Evaluator._add,
        "mul": Evaluator._mul,
        "pow": Evaluator._pow,
        "npow": Evaluator._pow,
        "call": Evaluator._call,
        "given": Evaluator._given,
        "regular": Evaluator._given,
    }
)

OPERATORS: Final = frozenset({*_RULES, "num", "name", "ite", "diff"})
FUNCTIONS: Final = frozenset(_CALLS)
