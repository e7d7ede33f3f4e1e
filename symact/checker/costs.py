"""About how many microseconds operations take, so that no certificate keeps the checker busy.

Above: `jets`, `constants`, `tail_numbers`. Below: `intervals`.

A product of two numbers of s bits takes about s^(3/2) / 4096 of them. How large the numbers become
is estimated from the arguments, and once more from the result.
"""

from __future__ import annotations

from math import isqrt

from symact.checker.enclosures import MAX_TURN_SIZE, Ends
from symact.checker.intervals import MAX_SIZE
from symact.language.terms import Term

UNIT = 4  # microseconds for one of the units in which the work of a check is counted
ENCLOSURE = 40  # microseconds for one at least
IN_A_RULE = 3  # products of jets for one of a function, or a reciprocal
OVERHEAD = 4  # products that one more coefficient of a product takes as long as


def free(_microseconds: int) -> None:
    """Counts nothing."""


def units(microseconds: int) -> int:
    """How many units of work that time is, at least 1."""
    return 1 + microseconds // UNIT


def before(node: Term, args: list[list[Ends]], length: int, bits: int) -> int:
    """The time that the operation on jets may take with these arguments."""
    if node.op == "mul":
        size = bits + sum(_excess(a, bits) for a in args)
        return sum(len(a) // 2 + OVERHEAD for a in args[1:]) * length * _product(size)
    if node.op == "pow" and node.args[1].op == "num":
        exponent = abs(int(node.args[1].value))
        size = bits + min(exponent * _excess(args[0], bits), MAX_SIZE)
        return 2 * exponent.bit_length() * _pairs(args[0], length) * _product(size)
    if node.op == "call" and args:
        products = IN_A_RULE * _pairs(args[0], length)
        size = bits + _excess(args[0], bits)
        return function(node.value[0], args[0][0], bits) + products * _product(size)
    return sum(len(a) for a in args)


def after(node: Term, args: list[list[Ends]], result: list[Ends], bits: int) -> int:
    """The time that the operation may have taken, as its result is larger than its arguments."""
    if node.op not in ("pow", "call") or not _excess(result, bits):
        return 0
    products = IN_A_RULE * _pairs(args[0], len(result))
    return products * _product(bits + _excess(result, bits))


def function(name: str, at: Ends, bits: int) -> int:
    """The time for both ends of an enclosure: products or square roots in some sqrt(bits) steps;
    for erf a series of as many terms as its largest has bits.
    """
    if name == "exp" and at[1] <= -bits << bits:
        return ENCLOSURE
    growth, terms = min(_excess([at], bits), MAX_TURN_SIZE), 0
    if name == "exp":
        growth = min(max(0, at[1] >> bits) * 3 // 2, MAX_SIZE)
    elif name == "erf":  # 3/2 x^2, for the larger x of those at which there is a series
        roots = (1 + (abs(end) >> bits) for end in at)
        growth = terms = max((3 * x * x // 2 for x in roots if (x - 1) ** 2 <= bits), default=0)
    wide = bits + growth
    return ENCLOSURE + wide * isqrt(wide) // 20 + terms * _product(wide)


def _pairs(a: list[Ends], length: int) -> int:
    """The products of one jet with itself; a jet of one entry is that of a constant."""
    return length * (length + 1) // 2 if len(a) > 1 else 1


def _product(size: int) -> int:
    size = min(size, 2 * MAX_SIZE)
    return 1 + (size * isqrt(size) >> 12)


def _excess(a: list[Ends], bits: int) -> int:
    """How many bits the numbers have before the point."""
    return max(0, max(max(abs(lo), abs(hi)).bit_length() for lo, hi in a) - bits)
