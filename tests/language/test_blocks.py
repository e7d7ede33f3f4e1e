"""Blocks: one claim, or a derivation with its steps, lines and reasons."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symact.language.errors import ClaimError
from symact.language.parser import parse_block, parse_claim
from tests.language.strategies import VOCABULARY

DERIVATION = """
sigmoid(x)  # by definition
  == 1/(1 + exp(-x))   # multiply by
     # e^x above and below
  == exp(x)/(
       exp(x) + 1      # a remark inside
     )
  <
  1
  where x > 0, # only for
        y in Reals
"""

# Of each block: the line, the text and the remark of every step.
BLOCKS = [
    ("x == x", [(0, "x == x", "")]),
    ("\n\n  not x == x  # why\n\n", [(2, "not x == x", "why")]),
    ("# title\nx == x", [(1, "x == x", "title")]),
    ("0 < sigmoid(x) < 1", [(0, "0 < sigmoid(x) < 1", "")]),
    ("(0 < sigmoid(x)\n < 1)", [(0, "(0 < sigmoid(x) < 1)", "")]),
    ("x\n == x", [(0, "x == x", "")]),
    ("0 < x < 1 where x > 0,\n x < 1", [(0, "0 < x < 1 where x > 0, x < 1", "")]),
    ("σ(x)\n ==\n√2", [(0, "σ(x) == √2", "")]),
    ("x == x # a\n == x # b", [(0, "x == x", "a"), (1, "x == x", "b")]),
    ("x # a\n == x < y # b", [(1, "x == x", "a b"), (1, "x < y", "b")]),
    ("x ==\n x ==\n x", [(1, "x == x", ""), (2, "x == x", "")]),
    ("relu\n == relu\n == tanh", [(1, "relu == relu", ""), (2, "relu == tanh", "")]),
    (
        DERIVATION,
        [
            (
                2,
                "sigmoid(x) == 1/(1 + exp(-x)) where x > 0, y in Reals",
                "by definition multiply by",
            ),
            (
                4,
                "1/(1 + exp(-x)) == exp(x)/( exp(x) + 1 ) where x > 0, y in Reals",
                "e^x above and below a remark inside",
            ),
            (8, "exp(x)/( exp(x) + 1 ) < 1 where x > 0, y in Reals", "only for"),
        ],
    ),
]


@pytest.mark.parametrize(("block", "steps"), BLOCKS, ids=range(len(BLOCKS)))
def test_steps(block: str, steps: list[tuple[int, str, str]]) -> None:
    """Lines, texts and remarks of the steps; each text by itself is the step's claim."""
    found = parse_block(block, VOCABULARY)
    assert [(line, text, claim.remark) for line, text, claim in found] == steps
    for _, text, claim in found:
        assert parse_claim(text, VOCABULARY) == claim


@pytest.mark.parametrize(
    ("block", "line", "part"),
    [
        ("x == x\nx == y", 2, "a new line goes on"),
        ("x == x\n\n\ny", 4, "a new line goes on"),
        ("not x\n == x\n == y", 1, "a derivation is not negated"),
        ("x\n == x\n == relu", 3, "is a function, not a number"),
        ("x\n == x\n == ", 3, "something is missing"),
        ("", 1, "nothing to read"),
        ("range(relu)\n == Reals\n == Reals", 1, "is a set, not a number"),
        ("x == (y\n == z\n == a)", 1, "a comparison is not a number"),
    ],
)
def test_what_is_no_block(block: str, line: int, part: str) -> None:
    """The error names its line."""
    with pytest.raises(ClaimError) as caught:
        parse_block(block, VOCABULARY)
    assert caught.value.line == line
    assert part in caught.value.message


SIDES = st.sampled_from(["x", "(x +\n  1)", "σ(x)", "exp(-x²) # inside\n", "[x,\n y][0]"])


@given(st.lists(SIDES, min_size=3, max_size=6), st.sampled_from(["", "\nwhere x > 0, y ∈ ℕ"]))
@settings(max_examples=100, deadline=None)
def test_a_derivation_is_its_chain_in_pairs(sides: list[str], where: str) -> None:
    """The steps are the adjacent pairs of the one claim that the whole text states."""
    text = "\n == ".join(sides) + where
    whole, steps = parse_claim(text, VOCABULARY), parse_block(text, VOCABULARY)
    pairs = [(claim.statement.sides, claim.conditions) for _, _, claim in steps]
    assert pairs == [((a, b), whole.conditions) for a, _, b in whole.statement.pairs()]
    assert [parse_claim(text, VOCABULARY) for _, text, _ in steps] == [c for _, _, c in steps]
