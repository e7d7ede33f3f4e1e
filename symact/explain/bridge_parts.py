"""What is read of a SymPy node: its arguments, less what is no term (a limit's direction, say).

Above: `from_sympy`, `bridge_symbols`. Below: `bridge_tables`, sympy.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

import sympy
from sympy.matrices.matrixbase import MatrixBase

from symact.explain.bridge_tables import BridgeError, shown


def parts_of(node: Any) -> tuple[Any, ...]:
    """The nodes to be read before a node. Fails with BridgeError on what is no SymPy object."""
    for kind, parts in _PARTS.items():
        if isinstance(node, kind):
            return parts(node)
    if not isinstance(node, sympy.Basic):
        raise BridgeError(f"this is no SymPy expression: {shown(node)}")
    return tuple(node.args)


def _signature(node: Any) -> tuple[Any, ...]:
    if any(not getattr(variable, "is_Symbol", False) for variable in node.signature):
        example = "Lambda((x, y), ...)"
        raise BridgeError(f"arguments in brackets: {shown(node)}", expected=example)
    return (*node.signature, node.expr)


_PARTS: Final = MappingProxyType[Any, Callable[[Any], tuple[Any, ...]]](
    {
        MatrixBase: lambda node: tuple(node.flat()),
        sympy.Symbol: lambda _: (),
        sympy.MatrixSymbol: lambda _: (),
        sympy.Lambda: _signature,
        sympy.Piecewise: lambda node: tuple(
            part for pair in node.args for part in (pair.expr, pair.cond)
        ),
        sympy.Subs: lambda node: (node.expr, *node.variables, *node.point),
        sympy.Derivative: lambda node: (node.expr, *(v for v, _ in node.variable_count)),
        sympy.Integral: lambda node: (
            node.function,
            *(part for limit in node.limits for part in limit),
        ),
        sympy.Limit: lambda node: tuple(node.args[:3]),
    }
)
"""The nodes that hold more than terms, by the first class that fits."""
