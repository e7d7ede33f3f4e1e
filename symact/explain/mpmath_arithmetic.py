"""Operations on Fractions and mpf numbers that note how much accuracy cancellation has taken.

Above: `mpmath_values`. Below: mpmath, imported on first use.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from symact.language.terms import Term

GOOD_BITS: Final = 130
"""Bits that cancellation must leave of a sum."""
AGREEING_BITS: Final = 120
LEAST: Final = 1e-10
"""Numbers agree to so many bits of the larger one, or of this."""
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


class OutOfRange(Exception):
    """A value that may be defined but is too expensive to work out here."""


class Arithmetic:
    """The operations of the core in an mpmath context of its own; the global precision stays.

    accurate  whether every sum so far has kept enough bits
    zeroed    whether a sum has cancelled altogether and was taken for 0
    disturbed whether a number as small as its rounding is put in the place of such a 0
    quiet     above 0 beside the point of a derivative, where cancellation does no harm
    nested    how many derivatives are being worked out
    """

    def __init__(self, digits: int) -> None:
        from mpmath import MPContext

        self.context: Any = MPContext()
        self.context.dps = digits
        self._numbers: dict[tuple[Fraction, int], Any] = {}
        self.nested = self.quiet = 0
        self.begin(disturbed=False)

    def begin(self, disturbed: bool) -> None:
        """Forgets what was noted, at the present precision. Never fails."""
        self.base = self.context.prec
        self.accurate, self.zeroed, self.disturbed = True, False, disturbed

    def number(self, value: Any) -> Any:
        """A Fraction at the present precision; an mpf as it is. Never fails."""
        if not isinstance(value, Fraction):
            return value
        key = (value, self.context.prec)
        if key not in self._numbers:
            self._numbers[key] = self.context.mpf(value.numerator) / value.denominator
        return self._numbers[key]

    def agree(self, left: Any, right: Any) -> bool:
        """Whether both are undefined, or as good as equal. Never fails."""
        if left is None or right is None:
            return left is right
        a, b = self.number(left), self.number(right)
        scale = max(abs(a), abs(b), LEAST)
        return bool(abs(a - b) <= self.context.ldexp(scale, -AGREEING_BITS))

    # -- the value of a term from defined values of its arguments -------------------------------
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
        return self._cancelled(largest)

    def _cancelled(self, largest: int) -> Any:
        """0, or a number in its place, where numbers below 2**largest have left only rounding."""
        if self.quiet:
            return self.context.zero
        self.zeroed = True
        rounding = self.context.ldexp(1, largest - self.context.prec)
        return rounding if self.disturbed else self.context.zero

    def _lose(self, bits: int) -> None:
        """Notes a loss of relative accuracy; beside the point of a derivative it does no harm."""
        spare = SPARE_BITS if self.nested else 0
        self.accurate &= bool(self.quiet) or self.base - bits + spare >= GOOD_BITS

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
            return self._cancelled(1)
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

_CALLS: Final = MappingProxyType[str, Callable[[Arithmetic, Any], Any]](
    {
        "exp": Arithmetic._exp,
        "log": Arithmetic._log,
        "sqrt": Arithmetic._sqrt,
        "erf": lambda arithmetic, x: arithmetic.context.erf(x),
        "atan": lambda arithmetic, x: arithmetic.context.atan(x),
        "sin": Arithmetic._sin,
        "cos": Arithmetic._cos,
        "floor": Arithmetic._floor,
    }
)

OPERATIONS: Final = MappingProxyType[str, Callable[[Arithmetic, Term, list[Any]], Any]](
    {
        "const": Arithmetic._const,
        "add": Arithmetic._add,
        "mul": Arithmetic._mul,
        "pow": Arithmetic._pow,
        "npow": Arithmetic._pow,
        "call": Arithmetic._call,
        "given": Arithmetic._given,
        "regular": Arithmetic._given,
    }
)

FUNCTIONS: Final = frozenset(_CALLS)
