"""Bounds on integrals by functions below and above: one that is right, and near misses."""

from __future__ import annotations

from typing import Any

import pytest

from symact.checker import check
from tools.certificate_parts import (
    HOLDS,
    cover,
    facts,
    integral_bounds,
    on_a_piece,
    product,
    proof,
)

# z (1 - z) > 0, and 1/z - 1 > 0, for 0 < z < 1
SQUARE = product("z - z**2", ">", "1", ["z", 1], ["1 - z", 1])
RECIPROCAL = product("1/z - 1", ">", "1", ["1 - z", 1], ["z", -1])
BELOW = [on_a_piece("z**2/2", facts(SQUARE))]


def test_a_square_lies_below_a_line() -> None:
    """z^2 <= z on [0, 1], so the integral is at most 1/2; also with a sum of pieces."""
    claim = "integral(x**2, x, 0, 1) <= 1/2"
    assert check(claim, proof(integral_bounds(upper=BELOW))).verdict == "proved"
    both = integral_bounds(**cover("1/2"), upper=[on_a_piece("z**2/2", facts(SQUARE))] * 2)
    assert check(claim, proof(both)).outcome == "reject"  # 1 - z > 0 is not known below 1/2


MISSES: list[tuple[str, Any]] = [
    # the wrong side
    ("integral(x**2, x, 0, 1) >= 1/2", integral_bounds(lower=BELOW)),
    # nothing is shown of the other side
    ("integral(x**2, x, 0, 1) >= 1/4", integral_bounds(upper=BELOW)),
    # the bounds the other way round
    ("integral(x**2, x, 1, 0) <= 1/2", integral_bounds(upper=BELOW)),
    # too much is concluded
    ("integral(x**2, x, 0, 1) < 1/2", integral_bounds(upper=BELOW)),
    # the integral does not exist
    ("integral(1/x, x, 0, 1) >= 1", integral_bounds(lower=[on_a_piece("z", facts(RECIPROCAL))])),
    # the bound has no value at an end
    ("integral(0, x, 0, 1) <= -1", integral_bounds(upper=[on_a_piece("-1/z")])),
    # a bound that jumps
    ("integral(0, x, 0, 2) <= -1", integral_bounds(upper=[on_a_piece("-floor(z)")])),
    # the value is taken for a constant
    (
        "integral(x, t, 0, 1) == 0",
        integral_bounds(
            lower=[on_a_piece("x*z")],
            upper=[on_a_piece("x*z")],
            then={"step": "derivative", "name": "x", "at": "0", "slope": HOLDS, "value": HOLDS},
        ),
    ),
]


@pytest.mark.parametrize(("claim", "step"), MISSES)
def test_near_misses(claim: str, step: Any) -> None:
    """Each is rejected, or beyond the checker."""
    assert check(claim, proof(step)).outcome != "accept"
