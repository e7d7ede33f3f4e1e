"""Core terms in mpmath, point by point: exact while rational, to 50 digits else; only branches taken.

The value is None where the term is undefined. Where summands cancel so far that few digits are left, the
point is evaluated again with many more; a sum that cancels even then counts as 0.

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
MORE_DIGITS: Final = 800
"""Enough to see 1 - tanh(800) beside 1."""
GOOD_BITS: Final = 110
"""Bits that cancellation must leave; with fewer the point is evaluated with more digits."""
CANCELLED: Final = 20
"""A sum smaller than its largest summand by all but this many bits counts as 0."""
SPARE_BITS: Final = 30
"""What mpmath.diff adds to the precision that its quotients need."""
MAX_EXACT_BITS: Final = 4_000
"""Numerator and denominator of a number kept exact."""
MAX_EXP_BITS: Final = 64
"""Bits before the point of an argument of exp: more would need an exponent of unbounded size."""
MAX_ANGLE_BITS: Final = 1_000
"""Bits before the point of an argument of sin and cos: the reduction modulo pi needs as many digits."""
MAX_POWER: Final = 10_000_000
MAX_NESTED: Final = 2
"""Derivatives inside derivatives; each level multiplies the work and the digits."""

Point = Mapping[str, Any]  # name -> Fraction or mpf


class OutOfRange(Exception):
    """A value that is defined but too expensive to work out here."""


class _Undefined(Exception):
    """Carries an undefined value through mpmath.diff."""


class Evaluator:
    """Evaluates core terms in an mpmath context of its own: the global precision is left alone.

    patience  how many points may be evaluated with more digits
    """

    def __init__(self, patience: int = 1_000) -> None:
        from mpmath import MPContext

        self.context: Any = MPContext()
        self.context.dps = DIGITS
        self.patience = patience
        self._lost = 0
        self._numbers: dict[tuple[Fraction, int], Any] = {}
        self._nested = 0

    def value(self, root: Term, point: Point) -> Any:
        """The value of the term at the point, None where it is undefined. Fails as `values` does."""
        return self.values((root,), point)[0]

    def values(self, roots: Sequence[Term], point: Point) -> list[Any]:
        """The values of several terms; what they share is evaluated once.

        Fails with OutOfRange, and with KeyError when the point lacks a name.
        """
        self._lost = 0
        found = self._evaluated(roots, point)
        if self._lost > self.context.prec - GOOD_BITS:
            if self.patience <= 0:
                raise OutOfRange
            self.patience -= 1
            with self.context.workdps(MORE_DIGITS):
                found = self._evaluated(roots, point)
        return [self.number(value) if isinstance(value, Fraction) else value for value in found]

    def _evaluated(self, roots: Sequence[Term], point: Point) -> list[Any]:
        """The values at the present precision: Fraction, mpf or None."""
        values: dict[Term, Any] = {}
        stack = list(roots)
        while stack:
            current = stack[-1]
            missing = [] if current in values else self._missing(current, values)
            if missing:
                stack.extend(missing)
                continue
            if current not in values:
                values[current] = self._step(current, values, point)
            stack.pop()
        return [values[root] for root in roots]

    def number(self, value: Fraction) -> Any:
        """The rational number at the present precision. Never fails."""
        key = (value, self.context.prec)
        if key not in self._numbers:
            self._numbers[key] = self.context.mpf(value.numerator) / value.denominator
        return self._numbers[key]

    def _floats(self, args: Iterable[Any]) -> list[Any]:
        return [self.number(arg) if isinstance(arg, Fraction) else arg for arg in args]

    def _missing(self, current: Term, values: Mapping[Term, Any]) -> list[Term]:
        """What must be known before the term: of a case split the guard, then the branch taken."""
        if current.op == "ite":
            guard, then, otherwise = current.args
            if guard not in values:
                return [guard]
            if values[guard] is None:
                return []
            needed = [then if _taken(current.value, values[guard]) else otherwise]
        else:
            needed = [current.args[2]] if current.op == "diff" else list(current.args)
        return [part for part in needed if part not in values]

    def _step(self, current: Term, values: Mapping[Term, Any], point: Point) -> Any:
        """The value of a term from those of its parts."""
        if current.op == "num":
            return current.value
        if current.op == "name":
            return point[current.value]
        if current.op == "ite":
            return self._branch(current, values)
        if current.op == "diff":
            at = values[current.args[2]]
            return None if at is None else self._derivative(current, at, point)
        args = [values[part] for part in current.args]
        if any(arg is None for arg in args):
            return None
        return _RULES[current.op](self, current, args)

    def _branch(self, current: Term, values: Mapping[Term, Any]) -> Any:
        guard, then, otherwise = current.args
        known = values[guard]
        if known is None:
            return None
        return values[then if _taken(current.value, known) else otherwise]

    def _derivative(self, current: Term, at: Any, point: Point) -> Any:
        """mpmath.diff from the right and from the left; undefined where they disagree."""
        body, binder, _ = current.args
        (start,) = self._floats([at])
        if self._nested >= MAX_NESTED:
            raise OutOfRange

        def function(x: Any) -> Any:
            (value,) = self._evaluated((body,), {**point, binder.value: x})
            if value is None:
                raise _Undefined
            return self._floats([value])[0]

        self._nested += 1
        try:
            sides = [
                self.context.diff(function, start, current.value, direction=side)
                for side in (1, -1)
            ]
        except _Undefined:
            return None
        finally:
            self._nested -= 1
        return self._agreed(*sides)

    def _agreed(self, right: Any, left: Any) -> Any:
        scale = max(abs(right), abs(left), self.context.one)
        tolerance = self.context.ldexp(scale, -self.context.prec // 2)
        return (right + left) / 2 if abs(right - left) <= tolerance else None

    # -- rules: the value from defined values of the arguments --------------------------------------
    def _const(self, current: Term, args: list[Any]) -> Any:
        return +self.context.pi

    def _add(self, current: Term, args: list[Any]) -> Any:
        if all(isinstance(arg, Fraction) for arg in args):
            return self._kept(sum(args, Fraction(0)))
        floats, mag = self._floats(args), self.context.mag
        total = floats[0]
        for arg in floats[1:]:
            total = total + arg
        largest = max(map(mag, floats))
        lost = int(largest - mag(total)) if total else self.context.prec
        if lost < self.context.prec - CANCELLED:
            self._lose(lost)
            return total
        self._lose(self.context.prec)
        return self.context.zero

    def _lose(self, bits: int) -> None:
        """Notes how many bits a sum has lost."""
        self._lost = max(self._lost, bits - (SPARE_BITS if self._nested else 0))

    def _mul(self, current: Term, args: list[Any]) -> Any:
        exact = all(isinstance(arg, Fraction) for arg in args)
        factors = args if exact else self._floats(args)
        result = factors[0]
        for factor in factors[1:]:
            result = result * factor
        return self._kept(result) if exact else result

    def _pow(self, current: Term, args: list[Any]) -> Any:
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
        (x,) = args
        if current.value[0] == "floor" and isinstance(x, Fraction):
            return Fraction(math.floor(x))
        return _CALLS[current.value[0]](self.context, *self._floats(args))

    def _given(self, current: Term, args: list[Any]) -> Any:
        return args[0]


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _taken(relation: str, guard: Any) -> bool:
    """Whether `guard relation 0` holds."""
    return bool(_COMPARED[relation](guard))


_COMPARED: Final = MappingProxyType[str, Callable[[Any], Any]](
    {
        ">": lambda g: g > 0,
        ">=": lambda g: g >= 0,
        "==": lambda g: g == 0,
        "<": lambda g: g < 0,
        "<=": lambda g: g <= 0,
    }
)


def _exp(context: Any, x: Any) -> Any:
    if context.mag(x) > MAX_EXP_BITS:
        raise OutOfRange
    return context.exp(x)


def _turning(word: str) -> Callable[[Any, Any], Any]:
    def rule(context: Any, x: Any) -> Any:
        if context.mag(x) > MAX_ANGLE_BITS:
            raise OutOfRange
        return getattr(context, word)(x)

    return rule


def _floor(context: Any, x: Any) -> Any:
    """A number with more bits before the point than the precision holds is whole already."""
    return x if context.mag(x) > context.prec else context.floor(x)


_CALLS: Final = MappingProxyType[str, Callable[[Any, Any], Any]](
    {
        "exp": _exp,
        "log": lambda context, x: context.log(x) if x > 0 else None,
        "sqrt": lambda context, x: context.sqrt(x) if x >= 0 else None,
        "erf": lambda context, x: context.erf(x),
        "atan": lambda context, x: context.atan(x),
        "sin": _turning("sin"),
        "cos": _turning("cos"),
        "floor": _floor,
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
    }
)

OPERATORS: Final = frozenset({*_RULES, "num", "name", "ite", "diff"})
FUNCTIONS: Final = frozenset(_CALLS)
