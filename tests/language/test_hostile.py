"""Hostile text costs milliseconds and ends in a claim or a ClaimError; nothing is ever run."""

from __future__ import annotations

import ast
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import symact.language
from symact.language import limits
from symact.language.errors import ClaimError
from symact.language.parser import parse_block, parse_claim, parse_term
from symact.language.printer import print_claim, print_term
from symact.language.terms import Term, add, mul, name, neg, num, power, term
from tests.language.strategies import VOCABULARY

BOUND = 1.0
"""Seconds of the processor that the reading of any text may take."""

HOSTILE = {
    "parentheses": "(" * 10_000 + ")" * 10_000,
    "parentheses that fit": "(" * 4_000 + ")" * 4_000,
    "parentheses around a claim": "(" * 90 + "x == x" + ")" * 90,
    "open parentheses": "(" * 9_000,
    "open calls": "(x(" * 1_000,
    "brackets": "[" * 900 + "]" * 900,
    "megabyte of digits": "9" * 1_000_000,
    "digits": "9" * 9_000 + " == x",
    "decimals": "0." + "9" * 9_000 + " == x",
    "digits of an exponent": "1e" + "9" * 9_000,
    "huge float": "x == 1e999999999",
    "tiny float": "x == 1e-999999999",
    "NUL": "\x00",
    "NUL within": "x == \x00y",
    "lone surrogate": "\ud800 == \udfff",
    "lone surrogate in a remark": "x == x # \udc80",
    "minus signs": "-" * 9_000 + "1 == x",
    "minus signs that fit": "-" * 1_900 + "1 == x",
    "nots": "not " * 2_000 + "x == x",
    "powers": "9**9**9**9 == x",
    "powers of powers": "((9**9999)**9999)**9999 == x",
    "negative powers": "9**-9**9**9 == x",
    "power tower": "x" + "**x" * 900 + " == x",
    "many powers": "*".join(["9**9999"] * 400) + " == x",
    "computed exponent": "x**(10**5*10**5) == x",
    "huge sum of powers": "+".join(["7**9999"] * 400) + " == x",
    "long sum": "+".join(["x"] * 990) + " == x",
    "long quotient": "1/" + "/".join(["9999991", "9999973"] * 480) + " == x",
    "quotient of decimals": "/".join(["3.14159"] * 990) + " == x",
    "long chain": "x" + " < x" * 999,
    "long composition": " >> ".join(["relu"] * 990) + " == relu",
    "long name": "x" * 9_000 + " == x",
    "unknown name": "x" * 64 + "(x) == x",
    "calls": "f" + "(1)" * 900,
    "indices": "x" + "[0]" * 900,
    "nested calls": "relu(" * 900 + "x" + ")" * 900,
    "nested calls that fit": "relu(" * 79 + "x" + ")" * 79 + " == x",
    "nested keywords": "elu(x, alpha=" * 79 + "1" + ")" * 79 + " == x",
    "nested lists": "sum([" * 39 + "x" + "])" * 39 + " == x",
    "nested lambdas": "lambda x: " * 900 + "x",
    "lambdas in parentheses": "odd(" + "(lambda x: " * 78 + "x" + ")" * 79,
    "nested stacks": "stack(2000, " * 79 + "relu" + ")" * 79 + " == relu",
    "nested cases": "piecewise((" * 39 + "x" + ", x > 0), (0, True))" * 39 + " == x",
    "many signs": "+".join(["(-x)", "2**-x", "exp(-x)", "-x"] * 90) + " == x",
    "signs in parentheses": "-(" * 39 + "x" + ")" * 39 + " == x",
    "conditions": "x == x where " + ", ".join(["x > 0"] * 490),
    "superscripts": "x²" * 3_000,
    "subscripts": "x" + "₁" * 9_000,
    "roots": "√" * 9_000,
    "Greek": "α" * 9_000,
    "remarks": "#\n" * 5_000,
    "lines": "\n" * 9_999,
    "remarks and lines": "x == x" + "# r\n" * 2_000,
    "carriage returns": "x\r==\rx",
    "quotes": '"' * 9_000,
    "signs in quotes": "'+'" * 600,
    "commas": "f(" + "," * 1_900 + ")",
    "equals": "=" * 9_000,
    "stars": "*" * 9_000,
    "dots": "." * 9_000,
    "f-string": "f'{__import__(\"os\")}' == x",
    "import": "__import__('os').system('true') == x",
    "dunder": "x.__class__.__mro__ == x",
    "walrus": "(x := 1) == x",
    "statement": "import os",
    "two statements": "x == x; import os",
    "indented": "  x == x",
    "form feed": "x ==\f x",
    "type comment": "x == x # type: ignore",
    "coding": "# -*- coding: rot13 -*-\nx == x",
    "byte order mark": "\ufeffx == x",
    "every letter of Unicode that normalises": "ª == º",
}


def outcome(text: str) -> str:
    """`claim`, or `error` when the text is refused; any other exception goes through."""
    result = "error"
    for read in (parse_claim, parse_term, parse_block):
        try:
            read(text, VOCABULARY)
            result = "claim"
        except ClaimError as error:
            check_position(text, error)
    return result


def check_position(text: str, error: ClaimError) -> None:
    """The error points into the text, and can be shown."""
    lines = text.split("\n")
    assert 1 <= error.line <= len(lines)
    assert 1 <= error.column <= len(lines[error.line - 1]) + 1
    assert str(error).encode("utf-8")


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_text(label: str) -> None:
    """A claim or a clear error, within the bound (the best of five)."""
    text, best = HOSTILE[label], BOUND
    for _ in range(5):
        start = time.process_time()
        with suppress(ClaimError):
            parse_claim(text, VOCABULARY)
        best = min(best, time.process_time() - start)
    assert best < BOUND
    outcome(text)


ACCEPTED = [
    "nested calls that fit",
    "nested keywords",
    "nested lists",
    "nested stacks",
    "nested cases",
    "long sum",
    "long composition",
    "many signs",
    "signs in parentheses",
    "carriage returns",
    "indented",
    "type comment",
    "coding",
]


@pytest.mark.parametrize("label", ACCEPTED)
def test_what_fits_is_read(label: str) -> None:
    """The limits leave room: these are claims, and come back from their print."""
    claim = parse_claim(HOSTILE[label], VOCABULARY)
    assert parse_claim(print_claim(claim), VOCABULARY) == claim


@pytest.mark.parametrize("label", sorted(HOSTILE.keys() - set(ACCEPTED)))
def test_the_rest_is_refused(label: str) -> None:
    """All other hostile texts are errors, except those that only look so."""
    harmless = {"long chain", "remarks and lines"}
    assert outcome(HOSTILE[label]) == ("claim" if label in harmless else "error")


@given(st.text(max_size=200))
@settings(max_examples=500, deadline=None)
def test_any_text(text: str) -> None:
    """Random Unicode text is a claim or a ClaimError with a position inside the text."""
    outcome(text)


FRAGMENTS = st.sampled_from(
    """
    x relu ( ) [ ] , = == < Reals lambda x: ** >> @ - + / 1 0.5 1e9 ² √ π σ # "+" . diff( limit(
    piecewise(( True oo stack( dense( Interval .open( odd(
    """.split()
) | st.sampled_from(["not ", " where ", " in ", "lambda ", "\n"])


@given(st.lists(FRAGMENTS, max_size=30).map("".join))
@settings(max_examples=800, deadline=None)
def test_fragments_of_claims(text: str) -> None:
    """So are fragments of claims thrown together."""
    outcome(text)


def test_an_exhausted_stack_is_an_error_of_the_claim() -> None:
    """Near the end of Python's stack, deep text is a ClaimError too."""
    text = HOSTILE["nested calls that fit"]

    def deeper() -> str:
        try:
            return deeper()
        except RecursionError:
            return outcome(text)

    assert deeper() in ("error", "claim")


FORBIDDEN = {"eval", "exec", "compile", "open", "__import__", "setattr", "globals", "vars"}
FORBIDDEN_METHODS = {
    "eval",
    "exec",
    "literal_eval",
    "import_module",
    "system",
    "loads",
    "__import__",
}


def test_nothing_in_the_language_can_run_text() -> None:
    """No module calls what could evaluate text, import or open files."""
    modules = sorted(Path(symact.language.__file__).parent.glob("*.py"))
    assert len(modules) > 10
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=word)):
                    assert word not in FORBIDDEN, f"{module.name}:{node.lineno}"
                case ast.Call(func=ast.Attribute(attr=word)):
                    assert word not in FORBIDDEN_METHODS, f"{module.name}:{node.lineno}"


def _deep(depth: int) -> Term:
    """f(-(f(… x + 1 …))), `depth` levels."""
    deep = name("x")
    for level in range(depth):
        deep = neg(add(power(mul(num(-1), deep), num(2)), num(level)))
    return deep


def test_deep_terms_are_printed() -> None:
    """A term far deeper than Python's stack prints."""
    text = print_term(_deep(2_000))
    assert text.count("(") == text.count(")") > 2_000
    assert sys.getrecursionlimit() <= 2_000


def test_terms_that_repeat_themselves_are_refused() -> None:
    """A small term that is a huge tree is a ClaimError, not a huge text."""
    shared = name("x")
    for _ in range(200):
        shared = add(shared, shared)
    with pytest.raises(ClaimError, match="too large to print"):
        print_term(shared)


def test_an_unknown_operator_is_refused() -> None:
    """The printer's table has no default."""
    with pytest.raises(ClaimError, match="no spelling for the operator 'new'"):
        print_term(term("new", (num(1),)))


LIMITS = [
    ("x" * limits.MAX_NAME, "x" * (limits.MAX_NAME + 1)),
    ("9" * limits.MAX_DIGITS, "9" * (limits.MAX_DIGITS + 1)),
    (f"x**{limits.MAX_EXPONENT}", f"x**{limits.MAX_EXPONENT + 1}"),
    (f"x**(1/{limits.MAX_EXPONENT})", f"x**(1/{limits.MAX_EXPONENT + 1})"),
    (f"x**-{limits.MAX_EXPONENT}", f"x**-{limits.MAX_EXPONENT + 1}"),
    (f"1e{limits.MAX_DIGITS - 1}", f"1e{limits.MAX_DIGITS}"),
    (f"2**{limits.MAX_EXPONENT}", f"4**{limits.MAX_EXPONENT}**1*2**{limits.MAX_EXPONENT + 1}"),
    (f"diff(x, x, {limits.MAX_ORDER})", f"diff(x, x, {limits.MAX_ORDER + 1})"),
    (f"stack({limits.MAX_STACK}, relu)", f"stack({limits.MAX_STACK + 1}, relu)"),
    (f"[{', '.join(['x'] * 999)}]", f"[{', '.join(['x'] * 1001)}]"),
    ("(" * limits.MAX_NESTING + "x" + ")" * limits.MAX_NESTING, "(" * 81 + "x" + ")" * 81),
    ("-" * limits.MAX_NESTING + "x", "-" * (limits.MAX_NESTING + 1) + "x"),
    ("+".join(["x"] * (limits.MAX_TOKENS // 2)), "+".join(["x"] * (limits.MAX_TOKENS // 2 + 1))),
    ("x" + " " * (limits.MAX_LENGTH - 1), "x" + " " * limits.MAX_LENGTH),
]


@pytest.mark.parametrize(("most", "more"), LIMITS, ids=range(len(LIMITS)))
def test_limits(most: str, more: str) -> None:
    """The limit itself is read; one more is refused."""
    parse_term(most, VOCABULARY)
    with pytest.raises(ClaimError):
        parse_term(more, VOCABULARY)
