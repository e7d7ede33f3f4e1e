"""One rule for each analytic operation: from the jets of f, g, … the jet of op(f, g, …).

Above: `jets`. Below: `enclosures`, `intervals`.

A jet is a list of ends of f_0, f_1, …, the Taylor coefficients of f at *every* x of some interval;
where it is shorter than asked for, all further coefficients are exactly 0, so the jet of a constant
has one entry. Ends are integers and stand for n / 2**bits, as in `intervals`; lower ends are
floored, upper ends are ceiled.

Each recurrence below is an equation between Taylor coefficients of analytic functions, solved for
the next one; so an enclosure of its right-hand side at each x encloses that one. Dividing by f_0
first makes it occur once in each coefficient, which keeps enclosures over wide intervals narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from symact.checker import enclosures
from symact.checker.enclosures import Ends
from symact.checker.failures import CannotJudge
from symact.checker.intervals import MAX_SIZE, TOO_LARGE, EnclosureError, Interval
from symact.language.terms import Term

Jet = list[Ends]

MAX_EXPONENT = 2_000  # largest |integer exponent| of a power
NOT_ANALYTIC = "jet: a square root of an interval that reaches 0 is not analytic"


def applied(node: Term, args: list[Jet], length: int, bits: int) -> Jet:
    """The jet of op(f, g, …) from those of f, g, …; checked for size, so that none eats memory."""
    if node.op == "num":
        result = [_ends(Interval.of(node.value, bits))]
    elif node.op == "const" and node.value == "pi":
        result = [_ends(enclosures.pi(bits))]
    elif node.op == "add":
        result = _sum(args)
    elif node.op == "mul":
        result = args[0]
        for factor in args[1:]:
            result = _product(result, factor, length, bits)
    elif node.op == "pow":
        result = _power(args[0], _integer(node.args[1]), length, bits)
    elif node.op in ("given", "regular"):
        result = args[0]  # the others have been enclosed too, so they are defined
    elif node.op == "call" and node.value[0] in CALLS and len(args) == 1:
        result = CALLS[node.value[0]](args[0], length, bits)
    else:
        raise CannotJudge("no jet for this term")
    return _bounded(result)


def _integer(exponent: Term) -> int:
    if exponent.op != "num" or exponent.value.denominator != 1:
        raise CannotJudge("an integer exponent is needed")
    if abs(exponent.value) > MAX_EXPONENT:
        raise CannotJudge("exponent too large")
    return int(exponent.value)


def _bounded(a: Jet) -> Jet:
    if any(max(-lo, hi).bit_length() > MAX_SIZE for lo, hi in a):
        raise EnclosureError(TOO_LARGE)
    return a


def _ends(a: Interval) -> Ends:
    return a.lo, a.hi


def _sum(jets: list[Jet]) -> Jet:
    """(f + g + …)_k = f_k + g_k + …, exactly; a coefficient that a jet lacks is 0."""
    total = [(0, 0)] * max(map(len, jets))
    for a in jets:
        for k, (lo, hi) in enumerate(a):
            total[k] = total[k][0] + lo, total[k][1] + hi
    return total


def _convolved(a: Jet, b: Jet, k: int, first: int, last: int) -> Ends:
    """Σ a_i b_(k-i) for first <= i <= last, not yet shifted: ends of numbers n / 2**(2 bits).

    A product of two intervals is extreme at corners. `a is b` means one function, so that a_i a_i
    is a square. Coefficients that a jet lacks are 0 and left out.
    """
    low = high = 0
    for i in range(max(first, k - len(b) + 1), min(last, len(a) - 1) + 1):
        p, q = a[i]
        r, s = b[k - i]
        corners = (p * r, p * s, q * r, q * s)
        high += max(corners)
        low += 0 if a is b and 2 * i == k and p <= 0 <= q else min(corners)
    return low, high


def _product(a: Jet, b: Jet, length: int, bits: int) -> Jet:
    """(f g)_k = Σ f_i g_(k-i)."""
    result = []
    for k in range(min(length, len(a) + len(b) - 1)):
        low, high = _convolved(a, b, k, 0, k)
        result.append((low >> bits, -(-high >> bits)))
    return _bounded(result)


def _power(a: Jet, exponent: int, length: int, bits: int) -> Jet:
    """f^n by squaring, with the exact range of the power for its value; f^0 = 1."""
    if exponent == 0:
        return [(1 << bits, 1 << bits)]
    base = result = a if exponent > 0 else _reciprocal(a, length, bits)
    for digit in bin(abs(exponent))[3:]:
        result = _product(result, result, length, bits)
        if digit == "1":
            result = _product(result, base, length, bits)
    if exponent > 2 and a[0][0] < 0 < a[0][1]:
        return [_ends(Interval(*a[0], bits).power(exponent)), *result[1:]]
    return result


def _over(a: Jet, value: Interval) -> Jet:
    """f_k / value for k >= 1, and 0 for k = 0. Fails when the value may be 0."""
    return [(0, 0), *(_ends(Interval(*a_k, value.bits) / value) for a_k in a[1:])]


def _scaled(value: Interval, a: Jet) -> Jet:
    """value · f_k."""
    return _product([_ends(value)], a, len(a), value.bits)


def _weighted(a: Jet) -> Jet:
    """k f_k: the coefficients of x f'."""
    return [(k * lo, k * hi) for k, (lo, hi) in enumerate(a)]


def _rounded(low: int, high: int, divisor: int) -> Ends:
    return low // divisor, -(-high // divisor)


def _reciprocal(a: Jet, length: int, bits: int) -> Jet:
    """1/f = s / f_0 with s u = 1, u = f / f_0:  s_k = - Σ u_j s_(k-j), j from 1."""
    value = Interval(*a[0], bits)
    u, s = _over(a, value), [(1 << bits, 1 << bits)]
    for k in range(1, length if len(a) > 1 else 1):
        low, high = _convolved(u, s, k, 1, k)
        s.append(_rounded(-high, -low, 1 << bits))
    return _scaled(value.reciprocal(), _bounded(s))


def _exp(a: Jet, length: int, bits: int) -> Jet:
    """exp f = exp(f_0) s with s' = f' s:  k s_k = Σ j f_j s_(k-j), j from 1."""
    weighted, s = _weighted(a), [(1 << bits, 1 << bits)]
    for k in range(1, length if len(a) > 1 else 1):
        s.append(_rounded(*_convolved(weighted, s, k, 1, k), k << bits))
    return _scaled(enclosures.exp(Interval(*a[0], bits)), _bounded(s))


def _sqrt(a: Jet, length: int, bits: int) -> Jet:
    """sqrt f = sqrt(f_0) s with s s = u = f / f_0:  2 s_k = u_k - Σ s_j s_(k-j), 0 < j < k."""
    value = Interval(*a[0], bits)
    if value.lo <= 0:
        raise EnclosureError(NOT_ANALYTIC)
    u, s = _over(a, value), [(1 << bits, 1 << bits)]
    for k in range(1, length if len(a) > 1 else 1):
        low, high = _convolved(s, s, k, 1, k - 1)
        lo, hi = u[k] if k < len(u) else (0, 0)
        s.append(_rounded((lo << bits) - high, (hi << bits) - low, 2 << bits))
    return _scaled(value.sqrt(), _bounded(s))


def _turned(a: Jet, length: int, bits: int) -> tuple[Jet, Jet]:
    """(c, s) = (cos, sin)(f - f_0):  k s_k = Σ j f_j c_(k-j),  k c_k = - Σ j f_j s_(k-j)."""
    weighted = _weighted(a)
    cosine, sine = [(1 << bits, 1 << bits)], [(0, 0)]
    for k in range(1, length if len(a) > 1 else 1):
        low, high = _convolved(weighted, sine, k, 1, k)
        sine.append(_rounded(*_convolved(weighted, cosine, k, 1, k), k << bits))
        cosine.append(_rounded(-high, -low, k << bits))
    return _bounded(cosine), _bounded(sine)


def _sin(a: Jet, length: int, bits: int) -> Jet:
    """sin f = sin(f_0) c + cos(f_0) s, with c and s as in `_turned`."""
    value, (cosine, sine) = Interval(*a[0], bits), _turned(a, length, bits)
    both = _scaled(enclosures.sin(value), cosine), _scaled(enclosures.cos(value), sine)
    return _sum(list(both))


def _cos(a: Jet, length: int, bits: int) -> Jet:
    """cos f = cos(f_0) c - sin(f_0) s, with c and s as in `_turned`."""
    value, (cosine, sine) = Interval(*a[0], bits), _turned(a, length, bits)
    both = _scaled(enclosures.cos(value), cosine), _scaled(-enclosures.sin(value), sine)
    return _sum(list(both))


def _integral(value: Interval, slope: Jet, a: Jet, length: int) -> Jet:
    """g(f) from g(f_0) and the jet of g'(f):  k g(f)_k = Σ j f_j g'(f)_(k-j), j from 1."""
    weighted, result = _weighted(a), [_ends(value)]
    for k in range(1, length if len(a) > 1 else 1):
        result.append(_rounded(*_convolved(weighted, slope, k, 1, k), k << value.bits))
    return result


def _log(a: Jet, length: int, bits: int) -> Jet:
    """log' f = 1 / f."""
    value = enclosures.log(Interval(*a[0], bits))  # fails unless f_0 > 0
    return _integral(value, _reciprocal(a, length, bits), a, length)


def _atan(a: Jet, length: int, bits: int) -> Jet:
    """atan' f = 1 / (1 + f^2)."""
    below = _sum([[(1 << bits, 1 << bits)], _product(a, a, length, bits)])
    value = enclosures.atan(Interval(*a[0], bits))
    return _integral(value, _reciprocal(below, length, bits), a, length)


def _erf(a: Jet, length: int, bits: int) -> Jet:
    """erf' f = 2 / sqrt(pi) exp(-f^2)."""
    square = [(-hi, -lo) for lo, hi in _product(a, a, length, bits)]
    scale = Interval.of(2, bits) / enclosures.pi(bits).sqrt()
    slope = _scaled(scale, _exp(square, length, bits))
    return _integral(enclosures.erf(Interval(*a[0], bits)), slope, a, length)


CALLS: Mapping[str, Callable[[Jet, int, int], Jet]] = MappingProxyType(
    {
        "exp": _exp,
        "log": _log,
        "sqrt": _sqrt,
        "erf": _erf,
        "atan": _atan,
        "sin": _sin,
        "cos": _cos,
    }
)
