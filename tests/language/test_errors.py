"""Every mistake is told in our words, at the place where it was typed."""

from __future__ import annotations

import pytest

from symact.language.errors import ClaimError
from symact.language.parser import parse_claim, parse_term
from tests.language.strategies import BARE, VOCABULARY

# text, line, column, a part of the message
CLAIMS = [
    # nothing there, or only half
    ("", 1, 1, "nothing to read"),
    (" # remark", 1, 1, "nothing to read"),
    ("x", 1, 1, "'x' states nothing"),
    ("relu", 1, 1, "'relu' states nothing"),
    ("odd", 1, 1, "'odd' of what?"),
    ("x ==", 1, 5, "something is missing"),
    ("== x", 1, 1, "unexpected '=='"),
    ("x == y where", 1, 13, "something is missing"),
    ("where x > 0", 1, 1, "something is missing"),
    ("not", 1, 4, "something is missing"),
    ("x == y where x > 0,", 1, 20, "something is missing"),
    # names
    ("sigmod(x) == 1", 1, 1, "unknown function 'sigmod'; did you mean 'sigmoid'?"),
    ("1 + ReLU(x) == 1", 1, 5, "did you mean 'relu'?"),
    ("soft_plus(x) == 1", 1, 1, "did you mean 'softplus'?"),
    ("ln(x) == 1", 1, 1, "did you mean 'log'?"),
    ("arctan(x) == 1", 1, 1, "did you mean 'atan'?"),
    ("f(x) == 1", 1, 1, "unknown function 'f'"),
    ("od(relu)", 1, 1, "unknown function 'od'"),
    ("odd(rulu)", 1, 5, "did you mean 'relu'?"),
    ("__import__(os) == 1", 1, 1, "unknown function '__import__'"),
    ("inf > x", 1, 1, "'inf' is written oo"),
    ("PI > 3", 1, 1, "'PI' is written pi"),
    ("oo > x", 1, 1, "oo is no number"),
    ("x + oo == x", 1, 5, "oo is no number"),
    ("class == 1", 1, 1, "'class' is not part of the language"),
    ("None == 1", 1, 1, "'None' is not part of the language"),
    # functions and values
    ("relu + 1 == x", 1, 1, "'relu' is a function, not a number"),
    ("x == exp", 1, 6, "'exp' is a function, not a number"),
    ("elu(alpha=2) + 1 == x", 1, 1, "'elu(alpha=2)' is a function"),
    ("(relu >> tanh) + 1 == x", 1, 2, "is a function, not a number"),
    ("odd(sigmoid(x) - 1/2)", 1, 5, "is a value, not a function"),
    ("odd(3)", 1, 5, "'3' is a value, not a function"),
    ("relu >> x == relu", 1, 9, "unknown function 'x'"),
    ("relu >> tanh(x) == relu", 1, 9, "is a value, not a function"),
    ("relu == x", 1, 1, "is a function, not a number"),
    ("tanh <= relu", 1, 9, "functions are compared with =="),
    ("tanh != relu", 1, 9, "functions are compared with =="),
    ("odd(max)", 1, 5, "function of several arguments"),
    ("odd(prelu)", 1, 5, "no value for its parameter 'a'"),
    ("odd(odd)", 1, 5, "'odd' is not a function"),
    ("odd(pi)", 1, 5, "'pi' is not a function"),
    ("odd(dense)", 1, 5, "'dense' needs its arguments"),
    ("odd(lambda x, y: x)", 1, 5, "one argument"),
    ("odd(lambda relu: 1)", 1, 12, "'relu' is a word of the language"),
    ("odd(lambda x, x: 1)", 1, 15, "'x' is a parameter twice"),
    ("lambda x: x == relu", 1, 11, "a comparison is not the value of a function"),
    ("relu == lambda x: x", 1, 9, "a lambda stands in parentheses"),
    ("odd(lambda: 1)", 1, 5, "'lambda' needs names and a colon"),
    ("odd(lambda x=1: 1)", 1, 5, "'lambda' needs names and a colon"),
    ("odd(lambda *x: 1)", 1, 5, "'lambda' needs names and a colon"),
    ("odd(x) == 1", 1, 1, "'odd(…)' is a statement, not a number"),
    ("Reals == x", 1, 1, "is a word of the language"),
    # arguments
    ("exp(x, y) == 1", 1, 1, "'exp' with 2 arguments"),
    ("min(x) == 1", 1, 1, "'min' with 1 argument"),
    ("exp(x=1) == 1", 1, 5, "unexpected keyword 'x'"),
    ("relu(x, y) == 1", 1, 1, "too many arguments for 'relu'"),
    ("elu(x, beta=1) == 1", 1, 8, "'elu' has no parameter 'beta'"),
    ("elu(x, 1, alpha=1) == 1", 1, 11, "'alpha' is given twice"),
    ("elu(x, alpha=1, alpha=1) == 1", 1, 17, "given twice"),
    ("prelu(x) == 1", 1, 1, "no value for its parameter 'a'"),
    ("exp() == 1", 1, 5, "nothing stands between '(' and ')'"),
    ("exp(x,) == 1", 1, 7, "unexpected ')' after ','"),
    ("exp(*x) == 1", 1, 5, "unexpected '*' after '('"),
    ("exp(**x) == 1", 1, 5, "unexpected '**' after '('"),
    ("lipschitz(relu)", 1, 1, "'lipschitz' with 1 arguments"),
    ("bounded(tanh, 1)", 1, 1, "'bounded' with 2 arguments"),
    ("odd(relu, at=Reals)", 1, 11, "unexpected keyword 'at'"),
    ("odd(relu, on=1)", 1, 14, "'1' is not a set"),
    ("pi(x) == 1", 1, 1, "'pi' is a number, not a function"),
    ("3(x) == 1", 1, 2, "only functions are called"),
    ("(x + 1)(x - 1) == 1", 1, 1, "'x + 1' is not a function"),
    ("(relu >> tanh)(x, y) == 1", 1, 1, "2 arguments for a function of 1"),
    ("(lambda x, y: x)(1) == 1", 1, 1, "1 arguments for a function of 2"),
    ("(relu >> tanh)(x=1) == 1", 1, 16, "takes no keywords"),
    ("stack(1/2, relu) == relu", 1, 7, "whole number"),
    ("stack(-1, relu) == relu", 1, 7, "whole number"),
    ("stack(9999, relu) == relu", 1, 7, "whole number"),
    ("flatten(x) == 1", 1, 1, "'flatten(x)' is a function, not a number"),
    # calculus and cases
    ("diff(x**2, 3) == 1", 1, 12, "'3' is not a name"),
    ("diff(x**2, x, y) == 1", 1, 15, "whole number written out"),
    ("diff(x**2, x, 101) == 1", 1, 15, "whole number written out"),
    ("diff(x**2, sin) == 1", 1, 12, "'sin' is a word of the language"),
    ("diff(relu, x) == 1", 1, 6, "is a function, not a number"),
    ("limit(x, x, 0, 1) == 1", 1, 16, "the side of a limit is in quotes"),
    ('limit(x, x, oo, "+") == 1', 1, 17, "one side only"),
    ("series(x, x, 0, -1) == 1", 1, 17, "whole number written out"),
    ("integral(x, 1, 0, 1) == 1", 1, 13, "'1' is not a name"),
    ("piecewise((x, x > 0)) == 1", 1, 15, "the last condition of piecewise is True"),
    ("piecewise((x, True), (1, True)) == 1", 1, 15, "the last condition only"),
    ("piecewise((x, x), (1, True)) == 1", 1, 15, "'x' is not a condition"),
    ("piecewise(x, True) == 1", 1, 11, "piecewise is made of pairs"),
    ("piecewise((x, x in Reals), (0, True)) == 1", 1, 15, "'in' joins one name and one set"),
    ("x == True", 1, 6, "'True' stands only"),
    ('x == "+"', 1, 6, "text in quotes stands only"),
    # lists
    ("[1, [2]] == x", 1, 1, "the rows of a matrix have one length"),
    ("[[1], [2, 3]] == x", 1, 1, "the rows of a matrix have one length"),
    ("[[[1]]] == x", 1, 1, "lists nest at most twice"),
    ("[] == x", 1, 2, "nothing stands between"),
    ("v[-1] == x", 1, 3, "a whole number from 0"),
    ("v[1/2] == x", 1, 3, "a whole number from 0"),
    ("[x, y][2] == x", 1, 8, "the list has 2 entries"),
    ("v[0, 1] == x", 1, 4, "an index is one number"),
    ("v[0:1] == x", 1, 4, "unexpected ':'"),
    ("v[0][0][0] == x", 1, 1, "lists nest at most twice"),
    ("(x, y) == 1", 1, 1, "a comma does not belong"),
    # signs
    ("x = y", 1, 3, "equality is written =="),
    ("(x := 1) == 2", 1, 4, "unexpected ':'"),
    ("x === y", 1, 3, "equality is written =="),
    ("x == y; x == z", 1, 7, "separated by commas"),
    ("2x == y", 1, 2, "a sign is missing between '2' and 'x'"),
    ("0x10 == 16", 1, 2, "a sign is missing"),
    ("1_000 == x", 1, 2, "a sign is missing"),
    ("x y == z", 1, 3, "unexpected 'y' after 'x'"),
    ("x // 2 == 1", 1, 3, "'//' is not part"),
    ("x % 2 == 1", 1, 3, "'%' is not part"),
    ("x *** y == 1", 1, 3, "powers are written **"),
    ("|x| == x", 1, 1, "absolute values are written abs(x)"),
    ("f'(x) == 1", 1, 2, "derivatives are written diff"),
    ("x! == 1", 1, 2, "'!' is not part"),
    ("x <> y", 1, 4, "unexpected '>' after '<'"),
    ("x.real == 1", 1, 2, "a dot has no meaning here"),
    ("().__class__ == 1", 1, 2, "nothing stands between"),
    ("x.__class__ == 1", 1, 2, "a dot has no meaning here"),
    ("Interval.mro(0, 1) == 1", 1, 9, "a dot has no meaning here"),
    ("{x} == 1", 1, 1, "braces are not part"),
    ("f'{x}' == 1", 1, 2, "derivatives are written"),
    ("[x for x in y] == 1", 1, 4, "'for' is not part"),
    ("(yield) == 1", 1, 2, "'yield' is not part"),
    ("await x == 1", 1, 1, "'await' is not part"),
    ("x if y else z == 1", 1, 3, "'if' is not part"),
    ("x == y and y == z", 1, 8, "'and' is not part"),
    ("x, y == z", 1, 2, "a comma stands between arguments"),
    ("x == y, x == z", 1, 7, "a comma stands between arguments"),
    # brackets
    ("(x == y", 1, 1, "'(' is never closed"),
    ("x) == y", 1, 2, "')' closes nothing"),
    ("exp(x] == y", 1, 6, "'(' is closed by ']'"),
    # not, in, where
    ("not not x == y", 1, 5, "'not' can only begin a claim"),
    ("x == not y", 1, 6, "'not' can only begin a claim"),
    ("x not in Reals", 1, 3, "'not' can only begin a claim"),
    ("x in Reals", 1, 1, "'in' joins one name and one set"),
    ("x == y where x", 1, 14, "'x' is not a condition"),
    ("x == y where x + 1 in Reals", 1, 14, "'x + 1' is not a name"),
    ("x == y where x in Reals in Reals", 1, 14, "'in' joins one name and one set"),
    ("x == y where x in 1", 1, 19, "'1' is not a set"),
    ("x == y where x in Interval", 1, 19, "'Interval' is not a set"),
    ("x == y where x in Interval(1)", 1, 19, "an interval has two ends"),
    ("x == y where x < oo", 1, 18, "oo is no number"),
    ("x == y where x > 0 where x > 1", 1, 20, "'where' stands once"),
    ("x == y where sin in Reals", 1, 14, "'sin' is a word of the language"),
    ("x == y where odd(relu)", 1, 14, "'odd(relu)' is not a condition"),
    ("x == (y where z)", 1, 9, "'where' stands once"),
    ("range(tanh) <= Reals", 1, 1, "a range is compared with one set"),
    ("range(tanh) == 1", 1, 16, "'1' is not a set"),
    ("range(tanh, x) == Reals", 1, 1, "'range' takes one function"),
    ("1 == range(tanh)", 1, 6, "'range(…)' is a set, not a number"),
    ("x == (y == z)", 1, 7, "a comparison is not a number"),
    # lines
    ("x == y\nz == x", 2, 1, "a new line goes on with a comparison"),
    ("x == y\n- z", 2, 1, "a new line goes on with a comparison"),
    ("x == (y\n  + 2z)", 2, 6, "a sign is missing"),
    ("x == y\r\n  == sigmod(x)", 2, 6, "did you mean 'sigmoid'?"),
    # Unicode: the column is that of the text as typed
    ("σ(x) ≤ sigmod(x)", 1, 8, "did you mean 'sigmoid'?"),
    ("x² + y³ == 2z", 1, 13, "a sign is missing"),
    ("√(x) == √(√(2z))", 1, 14, "a sign is missing"),
]


@pytest.mark.parametrize(("text", "line", "column", "part"), CLAIMS, ids=[row[0] for row in CLAIMS])
def test_claims(text: str, line: int, column: int, part: str) -> None:
    """The error stands at its line and column and says what the table says."""
    with pytest.raises(ClaimError) as caught:
        parse_claim(text, VOCABULARY)
    error = caught.value
    assert (error.line, error.column) == (line, column)
    assert part in error.message


def test_the_text_of_an_error_has_all_parts() -> None:
    """Position, message, what was expected and an example."""
    with pytest.raises(ClaimError) as caught:
        parse_claim("odd(sigmoid(x) - 1/2)", VOCABULARY)
    assert str(caught.value) == (
        "line 1, column 5: 'sigmoid(x) - 1/2' is a value, not a function; "
        "expected a function; for example: lambda x: sigmoid(x) - 1/2"
    )


def test_the_example_of_a_value_names_its_variable() -> None:
    """lambda is suggested over the name that is free in the value."""
    with pytest.raises(ClaimError) as caught:
        parse_claim("odd(tanh(t) + E)", VOCABULARY)
    assert caught.value.example == "lambda t: tanh(t) + E"


@pytest.mark.parametrize(
    "text", ["", "x == y", "x where x > 0", "not x", "x in Reals", "oo", "True"]
)
def test_what_is_no_term(text: str) -> None:
    """parse_term reads terms, not claims."""
    with pytest.raises(ClaimError):
        parse_term(text, VOCABULARY)


def test_a_name_of_no_catalogue_is_free() -> None:
    """Without a catalogue, relu is a name like any other, and no function."""
    assert parse_term("relu", BARE).op == "name"
    with pytest.raises(ClaimError, match="unknown function 'relu'"):
        parse_term("relu(x)", BARE)
