"""The search for witnesses: which points come first, and what balls can tell."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import pytest

from symact.catalog import catalogue
from symact.checker.certificate import TermReader
from symact.language.parser import parse_claim
from symact.language.predicates import Goal, goal_of
from symact.language.printer import print_term
from symact.prover.algebra.irrational import zeros
from symact.prover.numeric.evaluate import UNKNOWN, Program, precision
from symact.prover.witnesses import Search, generic, heights, tuples

READER = TermReader(catalogue())


def goal(text: str) -> Goal:
    """The meaning of a claim."""
    return goal_of(parse_claim(text, catalogue()), catalogue())


def test_rationals_come_by_height_and_once() -> None:
    """0, ±1, then everything with numerator and denominator up to 2, and so on."""
    first = list(islice(heights(), 200))
    assert len(set(first)) == 200
    sizes = [max(abs(q.numerator), q.denominator) for q in first[1:]]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("width", [1, 2, 3])
def test_tuples_cover_small_values(width: int) -> None:
    """Every tuple over 0, 1, -1 is among the first thousand."""
    found = set(islice(tuples(width, []), 1000))
    values = (Fraction(0), Fraction(1), Fraction(-1))
    assert all((v,) * width in found for v in values)


def test_generic_tuples_have_different_entries() -> None:
    """No two coordinates of a generic pair are equal or opposite."""
    assert all(a not in (b, -b) for a, b in generic(2))


@pytest.mark.parametrize(
    ("text", "value"),
    [("1/0", None), ("log(0)", None), ("log(-1)", None), ("sqrt(-1)", None), ("0**0", 1)],
)
def test_undefined_values_are_told_apart(text: str, value: int | None) -> None:
    """None stands for no value, never for a guess."""
    with precision(128):
        (found,) = Program([READER.term(text)]).run({})
    assert (found is None) if value is None else (found == value)


def test_a_guard_that_balls_cannot_decide_is_unknown() -> None:
    """sqrt(2)^2 - 2 is 0, which no enclosure can show."""
    with precision(128):
        (found,) = Program([READER.term("relu(sqrt(2)**2 - 2 + 0*x)")]).run({"x": Fraction(0)})
    assert found is UNKNOWN


def test_points_satisfy_the_conditions() -> None:
    """A point inside `where` is found also when an equation fixes a name."""
    search = Search(goal("x == x where x + 0 > 3, y == 2*x"))
    point = search.inside(1.0)
    assert point is not None
    assert point["x"] > 3
    assert point["y"] == 2 * point["x"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x**2 - 2", {"sqrt(2)", "-1*sqrt(2)", "(-1)*sqrt(2)"}),
        ("exp(x) - 3", {"log(3)"}),
        ("2*x - 3", {"3/2"}),
        ("exp(2*x) - 5", {"1/2*log(5)"}),
        ("x**2 + 1", set()),
    ],
)
def test_zeros_in_closed_form(text: str, expected: set[str]) -> None:
    """Zeros of factors that are linear or quadratic in x or in an exponential."""
    found = {print_term(z) for z in zeros(READER.term(text))}
    assert found <= expected
    assert bool(found) == bool(expected)
