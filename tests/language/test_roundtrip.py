"""What is printed reads back as the same term or claim; arithmetic means what Python's does."""

from __future__ import annotations

import ast
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symact.language.claims import Claim
from symact.language.errors import ClaimError
from symact.language.parser import parse_block, parse_claim, parse_term
from symact.language.printer import print_claim, print_term
from symact.language.terms import Term, fold
from tests.language import strategies as gen
from tests.language.strategies import VOCABULARY


@given(gen.values)
@settings(max_examples=400, deadline=None)
def test_values_come_back(value: Term) -> None:
    """A printed value reads back as the same object."""
    assert parse_term(print_term(value), VOCABULARY) is value


@given(gen.functions)
@settings(max_examples=200, deadline=None)
def test_functions_come_back(function: Term) -> None:
    """A printed function reads back as the same object."""
    assert parse_term(print_term(function), VOCABULARY) is function


@given(gen.claims)
@settings(max_examples=200, deadline=None)
def test_claims_come_back(claim: Claim) -> None:
    """A printed claim reads back as an equal claim, also as a block of one."""
    text = print_claim(claim)
    assert parse_claim(text, VOCABULARY) == claim
    assert parse_block(text, VOCABULARY) == [(0, text, claim)]


PIECES = st.sampled_from(
    """
    x y a b 0 1 2 3 1/2 0.5 + - * / @ ( ) [ ] , ** ** >> -x == < relu (x) relu( dense( diff( v[0]
    elu(alpha= stack(2, where [x,y]
    """.split()
)


@given(st.lists(PIECES | st.just("lambda x:"), min_size=1, max_size=14))
@settings(max_examples=500, deadline=None)
def test_whatever_is_read_comes_back(pieces: list[str]) -> None:
    """A text that happens to be a term prints as a text of the same term."""
    try:
        read = parse_term(" ".join(pieces), VOCABULARY)
    except ClaimError:
        return
    assert parse_term(print_term(read), VOCABULARY) is read


POINT = {
    name: Fraction(k + 2, k + 1) for k, name in enumerate("x y z a b n W1 alpha lambda_".split())
}


def _of_term(root: Term) -> Fraction:
    """The value of a term of arithmetic, by our operators."""

    def combine(current: Term, parts: list[Fraction]) -> Fraction:
        match current.op:
            case "num":
                return Fraction(current.value)
            case "name":
                return POINT.get(current.value, Fraction(7, 3))
            case "add":
                return sum(parts, Fraction(0))
            case "mul":
                product = Fraction(1)
                for part in parts:
                    product *= part
                return product
            case "neg":
                return -parts[0]
            case "div":
                return parts[0] / parts[1]
            case "pow":
                return Fraction(parts[0] ** parts[1])
        raise AssertionError(current.op)

    return fold(root, combine)


def _of_tree(node: ast.expr) -> Fraction:
    """The value of Python's tree of the same text: an independent reading."""
    match node:
        case ast.Constant(value=int(value)):
            return Fraction(value)
        case ast.Name(id=word):
            return POINT.get(word, Fraction(7, 3))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_of_tree(operand)
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _of_tree(left), _of_tree(right)
            match op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
                case ast.Pow():
                    return Fraction(a**b)
    raise AssertionError(ast.dump(node))


@given(gen.arithmetic)
@settings(max_examples=300, deadline=None)
def test_arithmetic_means_what_python_means(value: Term) -> None:
    """The printed text, read by Python's grammar and worked out exactly, has the term's value."""
    try:
        expected = _of_term(value)
    except (ZeroDivisionError, OverflowError):
        return
    assert _of_tree(ast.parse(print_term(value), mode="eval").body) == expected


SIGNED = st.lists(st.sampled_from([*"xya23", *"+-*/+-*/", "**", "(", ")"]), min_size=1, max_size=16)


@given(SIGNED)
@settings(max_examples=500, deadline=None)
def test_texts_of_arithmetic_mean_what_python_means(pieces: list[str]) -> None:
    """Random text that is a term has the value that Python's own reading of the text has."""
    text = "".join(pieces)
    try:
        read = parse_term(text, VOCABULARY)
        ours = _of_term(read)
        theirs = _of_tree(ast.parse(text, mode="eval").body)
    except (ClaimError, ZeroDivisionError, AssertionError, TypeError):
        return
    assert ours == theirs


SIZES = [0, 7, -7, 10**599, 10**600 - 1, 10**600, -(10**5000), 3**20000]


@pytest.mark.parametrize("value", SIZES, ids=range(len(SIZES)))
def test_integers_of_any_size_are_printed(value: int) -> None:
    """Digits are right beyond every limit on conversions."""
    from symact.language.printer import digits

    text = digits(value)
    total = 0
    for digit in text.lstrip("-"):
        total = 10 * total + "0123456789".index(digit)
    assert (-total if text[0] == "-" else total) == value
