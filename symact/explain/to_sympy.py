"""Terms to SymPy expressions, node by node, nothing evaluated: x/x stays x/x.

Kept: every operation with its domain, the order of summands, factors and branches, bound names.
Not kept, as SymPy has one form for both: a - b is a + (-1)*b; a/b is a * b**(-1); sqrt(x) is
x**(1/2); keyword parameters become positional; the arguments of min and max have SymPy's order.

Above: `sympy_claims`. Below: `bridge_tables`, `definitions`, `language`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

import sympy
from sympy.functions.elementary.piecewise import ExprCondPair
from sympy.matrices.matrixbase import MatrixBase

from symact.explain.bridge_tables import CONSTANTS, FUNCTIONS, RELATIONS, BridgeError, marker, shown
from symact.explain.definitions import expand as expand_definitions
from symact.explain.definitions import named_derivatives, positional
from symact.language.terms import Term, fold, is_num, postorder
from symact.language.vocabulary import VECTOR_FUNCTIONS, Vocabulary

Assumptions = Mapping[str, Mapping[str, bool]]
REAL: Final[Mapping[str, bool]] = MappingProxyType({"real": True})
NOTHING: Final[Assumptions] = MappingProxyType({})


def term_to_sympy(
    root: Term, vocabulary: Vocabulary, assumptions: Assumptions = NOTHING, expand: bool = False
) -> Any:
    """The SymPy expression of a term.

    assumptions  of the symbols, by name, where they are not just real
    expand       whether activations are written out by their definitions

    Fails with BridgeError on an operator without a SymPy form.
    """
    if expand:
        root = expand_definitions(root, vocabulary)
    root = named_derivatives(root)
    assumptions = {**list_names([root]), **assumptions}
    return fold(root, _Writer(root, vocabulary, assumptions).write)


def relation_to_sympy(left: Any, op: str, right: Any) -> Any:
    """left op right as a SymPy relation that stays a relation, even for numbers. Never fails."""
    return RELATIONS[op](left, right, evaluate=False)


def chain_to_sympy(relations: list[Any]) -> Any:
    """The conjunction of the relations, in their order; unlike SymPy's And it stays one."""
    return relations[0] if len(relations) == 1 else sympy.Basic.__new__(sympy.And, *relations)


class _Writer:
    """One term being written."""

    def __init__(self, root: Term, vocabulary: Vocabulary, assumptions: Assumptions) -> None:
        self.vocabulary = vocabulary
        self.assumptions = assumptions
        self.names = {t.value for t in postorder(root) if t.op == "name"}

    def write(self, current: Term, args: list[Any]) -> Any:
        rule = _RULES.get(current.op)
        if rule is None:
            raise BridgeError(f"the operator {current.op} has no form in SymPy")
        if current.op in _ARITHMETIC and any(isinstance(arg, MatrixBase) for arg in args):
            return marker(current.op, tuple(args))
        result = rule(self, current, args)
        hash(
            result
        )  # SymPy keeps it: the hash of a deep expression is never computed in one descent
        return result

    def symbol(self, name: str) -> Any:
        """The symbol of a name: real, unless `assumptions` say otherwise."""
        word = self.typed(name)
        return sympy.Symbol(word, **self.assumptions.get(word, REAL))

    def typed(self, name: str) -> str:
        """The name itself, or a fresh one for a binder of the core, whose name no one can type."""
        if not name.startswith("'"):
            return name
        candidate = f"t{name[1:]}"
        while candidate in self.names:
            candidate += "_"
        return candidate

    def call(self, current: Term, args: list[Any]) -> Any:
        function, keywords = current.value
        if function == "sqrt" and not isinstance(args[0], MatrixBase):
            return sympy.Pow(args[0], sympy.Rational(1, 2), evaluate=False)
        if function in FUNCTIONS and not any(isinstance(arg, MatrixBase) for arg in args):
            return FUNCTIONS[function](*args, evaluate=False)
        return sympy.Function(function)(args[0], *self.parameters(function, args[1:], keywords))

    def parameters(self, function: str, values: list[Any], keywords: tuple[str, ...]) -> list[Any]:
        """The values in the order of the definition."""
        if not keywords:
            return values
        definition = self.vocabulary.lookup(function)
        if definition is None:
            raise BridgeError(f"unknown activation {function}")
        return [_leaf(v) for v in positional(definition, values, keywords)]

    def function(self, current: Term, args: list[Any]) -> Any:
        """relu as x -> relu(x), elu(alpha=2) as x -> elu(x, 2)."""
        variable = self.symbol(_fresh(self.names))
        applied = self.call(current, [variable, *args])
        return sympy.Lambda(variable, applied)


def list_names(roots: Iterable[Term]) -> Assumptions:
    """The names of lists and matrices and those beside them, whose symbols assume nothing."""
    found: set[str] = set()
    for root in roots:
        everything = list(postorder(root))
        if any(map(_takes_lists, everything)):
            fold(root, lambda t, below: _note_names(t, below, found))
    return dict.fromkeys(found, MappingProxyType({}))


def _note_names(current: Term, below: list[frozenset[str]], found: set[str]) -> frozenset[str]:
    """The names in a term; those in the arguments of an operation on lists are noted."""
    names = frozenset({current.value} if current.op == "name" else ()).union(*below)
    if _takes_lists(current):
        found |= names
    return names


def _takes_lists(current: Term) -> bool:
    """Whether its arguments are lists or matrices."""
    if current.op == "call":
        return current.value[0] in VECTOR_FUNCTIONS
    return current.op in ("matmul", "layer", "index")


def _leaf(value: Any) -> Any:
    """A parameter's value as SymPy has it: a default comes as a fraction."""
    return (
        sympy.Rational(value.numerator, value.denominator) if isinstance(value, Fraction) else value
    )


def _number(current: Term) -> Any:
    return sympy.Rational(current.value.numerator, current.value.denominator)


def _fresh(taken: set[str]) -> str:
    candidate = "x"
    while candidate in taken:
        candidate += "_"
    return candidate


def _negative(_: _Writer, __: Term, args: list[Any]) -> Any:
    if args[0] is sympy.oo:
        return sympy.S.NegativeInfinity
    return sympy.Mul(-1, args[0], evaluate=False)


def _quotient(_: _Writer, current: Term, args: list[Any]) -> Any:
    inverse = sympy.Pow(args[1], -1, evaluate=False)
    return inverse if is_num(current.args[0], 1) else sympy.Mul(args[0], inverse, evaluate=False)


def _derivative(body: Any, variable: Any, order: int) -> Any:
    """Built as SymPy builds it in the end, without its shortcut to 0, which loses the domain."""
    if not variable.is_Symbol:
        raise BridgeError(f"a derivative by {shown(variable)}")
    return sympy.Expr.__new__(sympy.Derivative, body, sympy.Tuple(variable, order))


def _diff(_: _Writer, current: Term, args: list[Any]) -> Any:
    """diff(e, x), or the core's derivative of e for its binder at a point."""
    if len(args) == 2:
        return _derivative(args[0], args[1], current.value)
    body, binder, point = args
    derivative = sympy.Lambda(binder, _derivative(body, binder, current.value))
    return marker("apply", (derivative, point))


def _limit(_: _Writer, current: Term, args: list[Any]) -> Any:
    body, variable, point = args
    if point.has(variable):
        raise BridgeError(f"SymPy has no limit at a point that contains {variable} itself")
    return sympy.Limit(body, variable, point, current.value or "+-")


def _integral(_: _Writer, __: Term, args: list[Any]) -> Any:
    """Built as SymPy builds it in the end, without folding cases in the body."""
    body, *limits = args
    integral = sympy.Expr.__new__(sympy.Integral, body, sympy.Tuple(*limits))
    integral.is_commutative = body.is_commutative
    return integral


def _piecewise(_: _Writer, __: Term, args: list[Any]) -> Any:
    """Built as SymPy builds it in the end, without folding nested cases, which is exponential."""
    pairs = zip(args[::2], args[1::2], strict=True)
    branches = (sympy.Tuple.__new__(ExprCondPair, value, condition) for value, condition in pairs)
    return sympy.Basic.__new__(sympy.Piecewise, *branches)


def _ite(writer: _Writer, current: Term, args: list[Any]) -> Any:
    guard, then, otherwise = args
    condition = relation_to_sympy(guard, current.value, sympy.S.Zero)
    return _piecewise(writer, current, [then, condition, otherwise, sympy.true])


def _cmp(_: _Writer, current: Term, args: list[Any]) -> Any:
    pairs = zip(args, current.value, args[1:], strict=False)
    return chain_to_sympy([relation_to_sympy(*pair) for pair in pairs])


def _lambda(writer: _Writer, current: Term, args: list[Any]) -> Any:
    return sympy.Lambda(tuple(writer.symbol(name) for name in current.value), args[0])


def _list(_: _Writer, __: Term, args: list[Any]) -> Any:
    """A column for a list, a matrix for a list of rows of two or more; other lists are marked."""
    if not args or any(isinstance(arg, MatrixBase) and len(arg) < 2 for arg in args):
        return marker("list", tuple(args))
    if isinstance(args[0], MatrixBase):
        return sympy.ImmutableMatrix([list(row) for row in args])
    return sympy.ImmutableMatrix(args)


def _marked(_: _Writer, current: Term, args: list[Any]) -> Any:
    return marker(current.op, tuple(args), current.value)


_ARITHMETIC: Final = frozenset({"add", "mul", "neg", "div", "pow"})

_RULES: Final = MappingProxyType[str, Callable[[_Writer, Term, list[Any]], Any]](
    {
        "num": lambda _, current, __: _number(current),
        "name": lambda writer, current, _: writer.symbol(current.value),
        "const": lambda _, current, __: CONSTANTS[current.value],
        "add": lambda _, __, args: sympy.Add(*args, evaluate=False),
        "neg": _negative,
        "mul": lambda _, __, args: sympy.Mul(*args, evaluate=False),
        "div": _quotient,
        "pow": lambda _, __, args: sympy.Pow(*args, evaluate=False),
        "npow": lambda _, __, args: sympy.Pow(*args, evaluate=False),
        "call": _Writer.call,
        "function": _Writer.function,
        "lambda": _lambda,
        "diff": _diff,
        "limit": _limit,
        "integral": _integral,
        "piecewise": _piecewise,
        "cmp": _cmp,
        "true": lambda *_: sympy.true,
        "ite": _ite,
        "list": _list,
        **dict.fromkeys(
            "given regular compose apply stack layer index matmul series".split(), _marked
        ),
    }
)
