"""Exact linear programs: solutions are checked by putting them in, infeasibility by hand."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from symact.prover.algebra.linear_programs import solve

SMALL = st.integers(-4, 4).map(Fraction)


def _combined(columns: list[list[Fraction]], amounts: list[Fraction]) -> list[Fraction]:
    height = len(columns[0])
    return [
        sum((a * c[i] for a, c in zip(amounts, columns, strict=True)), Fraction(0))
        for i in range(height)
    ]


def test_a_preferred_unknown_is_made_positive() -> None:
    """(2, 3) = 2·(1, 1) + 1·(0, 1) uses the rewarded column."""
    columns = [[Fraction(1), Fraction(0)], [Fraction(0), Fraction(1)], [Fraction(1), Fraction(1)]]
    amounts = solve(columns, [Fraction(2), Fraction(3)], [2])
    assert amounts is not None
    assert amounts[2] > 0
    assert _combined(columns, amounts) == [2, 3]


def test_unbounded_programs_give_a_positive_amount() -> None:
    """1·λ - 1·μ = 0 has solutions with λ as large as one likes."""
    amounts = solve([[Fraction(1)], [Fraction(-1)]], [Fraction(0)], [0])
    assert amounts is not None
    assert amounts[0] > 0
    assert amounts[0] == amounts[1]


def test_no_nonnegative_combination() -> None:
    """-1 is no nonnegative multiple of 1."""
    assert solve([[Fraction(1)]], [Fraction(-1)], [0]) is None


@given(st.lists(st.lists(SMALL, min_size=3, max_size=3), min_size=1, max_size=5), st.data())
def test_solutions_solve(columns: list[list[Fraction]], data: st.DataObject) -> None:
    """A target made of the columns is found again, by nonnegative amounts that give it exactly."""
    hidden = data.draw(
        st.lists(st.integers(0, 3).map(Fraction), min_size=len(columns), max_size=len(columns))
    )
    target = _combined(columns, hidden)
    amounts = solve(columns, target, [0])
    assert amounts is not None
    assert all(a >= 0 for a in amounts)
    assert _combined(columns, amounts) == target
