"""Python's syntax tree to terms: a closed list of node types; anything else is an error.

Nothing is evaluated: `ast.parse` reads a text in which every number is the digit 0 (its value is
looked up by its place), after `grammar` has passed every token.
Above: `statements`. Below: `forms`, `grammar`, `tokens`, `sizes`, `vocabulary`, `terms`.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from symact.language.callables import function, is_function
from symact.language.errors import ClaimError
from symact.language.forms import VALUE_FORMS, plain_call
from symact.language.grammar import check
from symact.language.limits import MAX_LIST
from symact.language.sizes import Sizes
from symact.language.spelling import Spelled
from symact.language.terms import Term, add, const, div, mul, name, neg, num, power, term
from symact.language.tokens import Token, exact
from symact.language.vocabulary import (
    CONSTANTS,
    FUNCTIONS,
    LOOKALIKES,
    PREDICATES,
    SETS,
    VECTOR_FUNCTIONS,
    Vocabulary,
    is_reserved,
    nearest,
)

_CHAIN: Final = MappingProxyType(
    {ast.Add: "add", ast.Sub: "add", ast.Mult: "mul", ast.Div: "div", ast.MatMult: "matmul"}
)
_READER_FAILURES = (SyntaxError, ValueError, MemoryError, RecursionError)


class Reader:
    """One text being read: its tokens, the catalogue, and the sizes of its constants."""

    def __init__(self, spelled: Spelled, tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
        self.spelled = spelled
        self.vocabulary = vocabulary
        self.sizes = Sizes()
        self.literals: dict[int, Fraction] = {}
        skeleton = [" "] * len(spelled.text)
        for token in tokens:
            text = token.text
            if token.kind == "number":
                self.literals[token.start] = exact(spelled, token)
                text = "0"
            skeleton[token.start : token.start + len(text)] = text
        self.skeleton = "".join(skeleton)

    def tree(self, tokens: Sequence[Token], end: int) -> ast.expr:
        """Python's tree of one expression; column offsets are places of the text plus 1."""
        check(self.spelled, tokens, end)
        first, last = tokens[0].start, tokens[-1].end
        try:
            return ast.parse(f"({' ' * first}{self.skeleton[first:last]})", mode="eval").body
        except SyntaxError as problem:
            place = min(max((problem.offset or 1) - 2, first), last)
            raise self.spelled.error(place, "this cannot be read", "an expression") from None
        except _READER_FAILURES:
            raise self.spelled.error(
                first, "this is too large to be read", "a shorter text"
            ) from None

    def fail(
        self, node: ast.AST, message: str, expected: str = "", example: str = ""
    ) -> ClaimError:
        """The error that points at a node."""
        return self.spelled.error(_start(node), message, expected, example)

    def typed(self, node: ast.AST) -> str:
        """What was typed for a node, shortened for a message."""
        text = self.spelled.excerpt(_start(node), getattr(node, "end_col_offset", 1) - 1)
        return text if len(text) <= 60 else text[:57] + "..."

    def made(self, node: ast.AST, result: Term) -> Term:
        """The arithmetic term, unless it is a number too large to handle."""
        if problem := self.sizes.admit(result):
            raise self.fail(node, problem)
        return result

    # values

    def value(self, node: ast.expr) -> Term:
        """The number, vector or matrix that an expression stands for. Fails with ClaimError."""
        if isinstance(node, ast.Name):
            return self.named_value(node)
        if isinstance(node, ast.Constant):
            return self.literal(node)
        if is_function(node, self.vocabulary):
            raise self.function_as_value(node)
        if isinstance(node, ast.BinOp):
            return self.power(node) if isinstance(node.op, ast.Pow) else self.chain(node)
        if isinstance(node, ast.UnaryOp):
            operand = self.value(node.operand)
            return operand if isinstance(node.op, ast.UAdd) else self.made(node, neg(operand))
        if isinstance(node, ast.Call):
            return self.call_value(node)
        if isinstance(node, ast.Subscript):
            return self.index(node)
        if isinstance(node, ast.List):
            return self.list(node)
        raise self.no_value(node)

    def no_value(self, node: ast.expr) -> ClaimError:
        """The error for an expression that is not a value."""
        if isinstance(node, ast.Compare):
            return self.fail(
                node, "a comparison is not a number", "a value", "piecewise((1, x > 0), (0, True))"
            )
        if isinstance(node, ast.Tuple):
            return self.fail(
                node,
                "a comma does not belong in these parentheses",
                "one value, or a list",
                "[x, y]",
            )
        if isinstance(node, ast.Attribute):
            return self.fail(
                node, "a set is not a number", "a value", "x > 0 where x in Interval(0, 1)"
            )
        return self.fail(node, "this is not part of the language", "a value")

    def literal(self, node: ast.Constant) -> Term:
        """A number, at its exact value."""
        value = self.literals.get(_start(node))
        if value is not None and type(node.value) is int:
            return self.made(node, num(value))
        if node.value is True:
            raise self.fail(
                node,
                "'True' stands only as the last condition of piecewise",
                "a value",
                "piecewise((x, x > 0), (0, True))",
            )
        raise self.fail(
            node,
            "text in quotes stands only in a one-sided limit",
            "a value",
            'limit(sign(x), x, 0, "+")',
        )

    def named_value(self, node: ast.Name) -> Term:
        """A free or bound name, or a constant."""
        text = node.id
        if text in CONSTANTS:
            if text == "oo":
                raise self.fail(
                    node,
                    "oo is no number: it is for limits, bounds of integrals and ends of intervals",
                    "a value",
                    "limit(tanh(x), x, oo) == 1",
                )
            return const(text)
        if is_function(node, self.vocabulary):
            raise self.function_as_value(node)
        return name(self.free(node, text))

    def free(self, node: ast.AST, text: str) -> str:
        """The word as the name of a number. Fails with ClaimError when it has another meaning."""
        if text in LOOKALIKES:
            raise self.fail(node, f"'{text}' is written {LOOKALIKES[text]} here", LOOKALIKES[text])
        if is_reserved(text) or self.vocabulary.knows(text):
            raise self.fail(
                node, f"'{text}' is a word of the language, not a number", "a name of your own"
            )
        return text

    def function_as_value(self, node: ast.expr) -> ClaimError:
        """The error for a function where a number is due."""
        typed = self.typed(node)
        call = f"{typed}(x)" if isinstance(node, ast.Name | ast.Call) else f"({typed})(x)"
        return self.fail(
            node, f"'{typed}' is a function, not a number", "its value at a point", call
        )

    def power(self, node: ast.BinOp) -> Term:
        """a ** b."""
        return self.made(node, power(self.value(node.left), self.value(node.right)))

    def chain(self, root: ast.BinOp) -> Term:
        """a + b - c and a * b / c: left to right, n-ary as far as no parentheses say otherwise."""
        spine: list[ast.BinOp] = []
        node: ast.expr = root
        while isinstance(node, ast.BinOp) and type(node.op) in _CHAIN:
            spine.append(node)
            node = node.left
        pending, group = "", [self.value(node)]
        for outer in reversed(spine):
            op = _CHAIN[type(outer.op)]
            right = self.value(outer.right)
            if isinstance(outer.op, ast.Sub):
                right = self.made(outer.right, neg(right))
            if op != pending or op == "div" or outer.left.col_offset > outer.col_offset:
                group = [self.close(outer, pending, group)]
            group.append(right)
            pending = op
        return self.close(root, pending, group)

    def close(self, node: ast.BinOp, op: str, group: list[Term]) -> Term:
        """The term of a run of one operator."""
        if len(group) == 1:
            return group[0]
        if op == "matmul":
            return term("matmul", tuple(group))
        made = add(*group) if op == "add" else mul(*group) if op == "mul" else div(*group)
        return self.made(node, made)

    def index(self, node: ast.Subscript) -> Term:
        """v[i], i counted from 0."""
        vector, place = self.value(node.value), self.value(node.slice)
        if vector.op == "num":
            raise self.fail(node, "a number has no entries", "a list or a vector", "[x, y][0]")
        if vector.op == "index" and vector.args[0].op == "index":
            raise self.fail(node, "lists nest at most twice", "two indices at most", "A[0][1]")
        if place.op == "num":
            if place.value < 0 or place.value.denominator != 1:
                raise self.fail(
                    node.slice, "an index is a whole number from 0", "0, 1, 2, …", "v[0]"
                )
            if vector.op == "list" and place.value >= len(vector.args):
                raise self.fail(
                    node.slice, f"the list has {len(vector.args)} entries", "an index below that"
                )
        return term("index", (vector, place))

    def list(self, node: ast.List) -> Term:
        """[x, y, z]; rows of one length make a matrix."""
        if len(node.elts) > MAX_LIST:
            raise self.fail(node, "the list is too long", f"at most {MAX_LIST} entries")
        entries = tuple(self.value(entry) for entry in node.elts)
        widths = {len(entry.args) if entry.op == "list" else 0 for entry in entries}
        if len(widths) > 1:
            raise self.fail(
                node, "the rows of a matrix have one length", "rows alike", "[[1, 2], [3, 4]]"
            )
        if any(
            inner.op == "list" for entry in entries if entry.op == "list" for inner in entry.args
        ):
            raise self.fail(
                node, "lists nest at most twice", "a vector or a matrix", "[[1, 2], [3, 4]]"
            )
        return term("list", entries)

    def call_value(self, node: ast.Call) -> Term:
        """f(args) for a function of the language or catalogue, or a function value applied."""
        callee = node.func
        if not isinstance(callee, ast.Name):
            return self.apply(node)
        if form := VALUE_FORMS.get(callee.id):
            return form(self, node)
        if (
            callee.id in FUNCTIONS
            or callee.id in VECTOR_FUNCTIONS
            or self.vocabulary.knows(callee.id)
        ):
            return plain_call(self, node, callee.id)
        raise self.no_function(callee)

    def apply(self, node: ast.Call) -> Term:
        """(f >> g)(x), (lambda x: x**2)(3), dense(W, b)(x)."""
        if not is_function(node.func, self.vocabulary):
            raise self.fail(
                node,
                f"'{self.typed(node.func)}' is not a function",
                "a sign, as *",
                f"{self.typed(node.func)}*(x + 1)",
            )
        applied = function(self, node.func)
        if node.keywords:
            raise self.fail(node.keywords[0], "a function value takes no keywords", "its argument")
        wanted = len(applied.value) if applied.op == "lambda" else 1
        if len(node.args) != wanted:
            raise self.fail(
                node,
                f"{len(node.args)} arguments for a function of {wanted}",
                f"{wanted} arguments",
            )
        return term("apply", (applied, *(self.value(argument) for argument in node.args)))

    def no_function(self, callee: ast.Name) -> ClaimError:
        """The error for a call of something that is no function, or whose result is no number."""
        text = callee.id
        if text in PREDICATES:
            return self.fail(
                callee, f"'{text}(…)' is a statement, not a number", "a value", f"not {text}(relu)"
            )
        if text in SETS or text == "range":
            return self.fail(
                callee,
                f"'{text}(…)' is a set, not a number",
                "a value",
                "range(tanh) == Interval.open(-1, 1)",
            )
        if text in CONSTANTS:
            return self.fail(
                callee, f"'{text}' is a number, not a function", "a sign, as *", f"{text}*(x + 1)"
            )
        return self.unknown(callee, text)

    def unknown(self, node: ast.AST, text: str) -> ClaimError:
        """The error for a name that no function has, with the nearest that one has."""
        close = nearest(text, self.vocabulary)
        hint = f"; did you mean '{close}'?" if close and close != text else ""
        kind = "a function of the language or the catalogue"
        return self.fail(
            node, f"unknown function '{text}'{hint}", kind, "" if hint else "(lambda x: x**2)(3)"
        )


def _start(node: ast.AST) -> int:
    """The place in the ASCII text where a node begins."""
    return int(getattr(node, "col_offset", 1)) - 1
