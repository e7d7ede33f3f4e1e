"""Core terms in NumPy's float64, at many points at once: nan where a term is undefined.

Overflow is inf or nan as well. Derivatives are central differences: some ten digits, fewer for
higher orders.

Above: `crosscheck`, `sample_points`. Below: `language.terms`; numpy, imported on first use.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from symact.language.terms import Term, fold

Points = Mapping[str, Any]  # name -> array of float64, all of one length
EPSILON: Final = 2.0**-52


def rounded(value: Fraction) -> float:
    """The nearest float64; ±inf beyond its range. Never fails."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def values(root: Term, points: Points, length: int) -> Any:
    """The values of a core term at the points, an array of that length.

    Fails with KeyError on an operator that is not of the core or a name that has no values.
    """
    import numpy

    with numpy.errstate(all="ignore"):
        return _Evaluator(points, length).value(root)


class _Evaluator:
    """Evaluates at one set of points."""

    def __init__(self, points: Points, length: int) -> None:
        import numpy

        self.np: Any = numpy
        self.points = points
        self.length = length

    def value(self, root: Term) -> Any:
        return fold(root, self._step, _below)

    def constant(self, value: float) -> Any:
        return self.np.full(self.length, value)

    def _step(self, current: Term, args: list[Any]) -> Any:
        if current.op == "num":
            return self.constant(rounded(current.value))
        if current.op == "name":
            return self.points[current.value]
        return _RULES[current.op](self, current, args)

    def _add(self, _: Term, args: list[Any]) -> Any:
        return self._reduce(self.np.add, args)

    def _mul(self, _: Term, args: list[Any]) -> Any:
        return self._reduce(self.np.multiply, args)

    def _reduce(self, operation: Any, args: list[Any]) -> Any:
        result = args[0]
        for arg in args[1:]:
            result = operation(result, arg)
        return result

    def _pow(self, _: Term, args: list[Any]) -> Any:
        base, exponent = args
        undefined = (base == 0) & (exponent < 0)
        return self.np.where(undefined, math.nan, self.np.power(base, exponent))

    def _call(self, current: Term, args: list[Any]) -> Any:
        function = current.value[0]
        (x,) = args
        if function == "erf":
            return self.np.array([math.erf(entry) for entry in x])
        if function == "log":
            x = self.np.where(x > 0, x, math.nan)
        return getattr(self.np, _NUMPY[function])(x)

    def _ite(self, current: Term, args: list[Any]) -> Any:
        """Both branches are computed; what the branch not taken yields (nan, say) goes nowhere."""
        guard, then, otherwise = args
        chosen = self.np.where(_COMPARED[current.value](guard), then, otherwise)
        return self.np.where(self.np.isnan(guard), math.nan, chosen)

    def _given(self, _: Term, args: list[Any]) -> Any:
        """The first of them, where all are defined."""
        return self.np.where(self.np.isnan(self._reduce(self.np.add, args)), math.nan, args[0])

    def _diff(self, current: Term, args: list[Any]) -> Any:
        """Σ (-1)^k C(n, k) f(p + (n/2 - k) h) / h^n, h balanced between rounding and truncation."""
        (at,), order = args, current.value
        body, binder, _ = current.args
        step = 2.0 ** round(math.log2(EPSILON) / (order + 2)) * self.np.maximum(1.0, abs(at))
        total = self.constant(0.0)
        for k in range(order + 1):
            shifted = {**self.points, binder.value: at + (order / 2 - k) * step}
            part = _Evaluator(shifted, self.length).value(body)
            total = total + (-1) ** k * math.comb(order, k) * part
        return total / step**order


def _below(current: Term) -> tuple[Term, ...]:
    """What is evaluated before a term: of a derivative only the point."""
    return current.args[2:] if current.op == "diff" else current.args


_COMPARED: Final = MappingProxyType[str, Callable[[Any], Any]](
    {
        ">": lambda g: g > 0,
        ">=": lambda g: g >= 0,
        "==": lambda g: g == 0,
        "<": lambda g: g < 0,
        "<=": lambda g: g <= 0,
    }
)

_NUMPY: Final = MappingProxyType(
    {
        "exp": "exp",
        "log": "log",
        "sqrt": "sqrt",
        "atan": "arctan",
        "sin": "sin",
        "cos": "cos",
        "floor": "floor",
    }
)

_RULES: Final = MappingProxyType[str, Callable[[_Evaluator, Term, list[Any]], Any]](
    {
        "const": lambda evaluator, _, __: evaluator.constant(math.pi),
        "add": _Evaluator._add,
        "mul": _Evaluator._mul,
        "pow": _Evaluator._pow,
        "npow": _Evaluator._pow,
        "call": _Evaluator._call,
        "given": _Evaluator._given,
        "regular": _Evaluator._given,
        "ite": _Evaluator._ite,
        "diff": _Evaluator._diff,
    }
)
