"""How large constant arithmetic gets: found while a term is built, so that no number explodes.

Above: `reading`. Below: `terms`, `limits`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

from symact.language.limits import EXACT_BITS, MAX_CONSTANT_BITS, MAX_DIGITS, MAX_EXPONENT
from symact.language.terms import Term

_LARGEST: Final = 10**MAX_DIGITS


class Size(NamedTuple):
    """A rational constant: a bound on its bits (of both parts), and its value while small."""

    bits: int
    value: Fraction | None


class Sizes:
    """Remembers the size of every constant term it has admitted."""

    def __init__(self) -> None:
        self._known: dict[Term, Size] = {}

    def admit(self, made: Term) -> str:
        """What is too large about a term, or "" when it may stand. Its arguments came first.

        Never fails; the cost is that of a few operations on numbers of EXACT_BITS bits.
        """
        if made.op == "num":
            return self._number(made)
        known = self._known
        if made.op == "pow":
            exponent = known.get(made.args[1])
            if exponent is not None and not _small_exponent(exponent):
                return f"the exponent is too large (at most {MAX_EXPONENT})"
        parts = [known.get(argument) for argument in made.args]
        sizes = [part for part in parts if part is not None]
        if len(sizes) < len(parts):
            return ""
        size = _combined(made.op, sizes)
        if size is None:
            return ""
        if size.bits > MAX_CONSTANT_BITS:
            return f"the number is too large (at most {MAX_CONSTANT_BITS} bits)"
        known[made] = size
        return ""

    def _number(self, number: Term) -> str:
        """A literal, or what folding made of two."""
        value: Fraction = number.value
        if abs(value.numerator) >= _LARGEST or value.denominator >= _LARGEST:
            return f"the number is too long (at most {MAX_DIGITS} digits)"
        self._known[number] = Size(_bits(value), value)
        return ""


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _small_exponent(exponent: Size) -> bool:
    """Whether a power with this constant exponent may be formed."""
    value = exponent.value
    return value is not None and max(abs(value.numerator), value.denominator) <= MAX_EXPONENT


def _combined(op: str, sizes: list[Size]) -> Size | None:
    """The size of op applied to constants; None when the result is not rational or not defined."""
    if op == "pow":
        return _power(*sizes)
    bits = sum(size.bits for size in sizes) + len(sizes)
    if bits > EXACT_BITS:
        return Size(bits, None)
    return _exactly(op, [size.value for size in sizes if size.value is not None], len(sizes), bits)


def _exactly(op: str, values: list[Fraction], count: int, bits: int) -> Size | None:
    """The value of op on small constants."""
    if len(values) < count:
        return Size(bits, None)
    if op == "neg":
        return Size(bits, -values[0])
    if op == "add":
        return Size(bits, sum(values, Fraction(0)))
    if op == "div":
        return Size(bits, values[0] / values[1]) if values[1] else None
    if op == "mul":
        product = Fraction(1)
        for value in values:
            product *= value
        return Size(bits, product)
    return None


def _power(base: Size, exponent: Size) -> Size | None:
    """base ** exponent for a constant integer exponent."""
    power = exponent.value
    if power is None or power.denominator != 1:
        return None
    bits = base.bits * max(abs(power.numerator), 1)
    if bits > EXACT_BITS or base.value is None:
        return Size(bits, None)
    if base.value == 0 and power < 0:
        return None
    return Size(bits, Fraction(base.value**power.numerator))
