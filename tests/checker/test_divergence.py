"""That a limit or an integral does not exist: hand-made certificates, true ones and forged ones."""

from __future__ import annotations

from typing import Any

import pytest

from symact.checker import check

HOLDS = {"step": "holds"}
GROWTH = {
    "side": 0,
    "name": "y",
    "from": "2",
    "scale": "1",
    "rate": ["power", 1],
    "sign": 1,
    "proof": HOLDS,
}
BOUND = {
    "name": "y",
    "from": "2",
    "scale": "1",
    "rate": ["power", 1],
    "below": HOLDS,
    "above": HOLDS,
}
NOWHERE = {"side": 0, "name": "y", "from": "2", "learn": {}}
PRIMITIVE = {"name": "z", "cuts": [], "pieces": [{}], "joins": [], "slopes": [HOLDS]}


def denial(because: dict[str, Any]) -> dict[str, Any]:
    """A certificate against the first relation of a claim without free names."""
    return {
        "format": 1,
        "kind": "denial",
        "body": {"values": {}, "laws": [], "because": {"relation": 0, **because}},
    }


def missing(because: dict[str, Any], of: int = 0) -> dict[str, Any]:
    """A certificate that the limit or integral of that number does not exist."""
    return denial({"missing": {"of": of, "because": because}})


def sides(left: str, right: str) -> dict[str, Any]:
    """Different limits from the left and the right."""
    return {"sides": {"values": [left, right], "sides": [BOUND, BOUND], "differ": HOLDS}}


def primitive(of: str, lower: Any, upper: Any, toward: str, **growth: Any) -> dict[str, Any]:
    """An antiderivative that grows toward an end of its interval."""
    because = {"growth": {**GROWTH, **growth}}
    ends = {"from": lower, "to": upper}
    return {**PRIMITIVE, **ends, "antiderivative": of, "toward": toward, "because": because}


TRUE = [
    ("limit(relu(x), x, oo) == 0", missing({"growth": GROWTH})),
    ("limit(1/x, x, 0) == 0", missing({"growth": {**GROWTH, "sign": -1}})),
    ("limit(1/x, x, 0) == 0", missing({"growth": {**GROWTH, "side": 1}})),
    ("1 + limit(relu(x), x, oo) > 0", missing({"growth": GROWTH})),
    ("limit(step(x), x, 0) == 0", missing(sides("0", "1"))),
    ("limit(log(x), x, 0) == 0", missing({"nowhere": NOWHERE})),
    (
        "integral(1/x**2, x, -1, 1) == -2",
        missing(primitive("-1/z", ["open", "0"], ["open", "1"], "lower", sign=-1)),
    ),
    (
        "integral(log(x), x, -1, 1) == -2",
        missing(
            {"nowhere": {"name": "z", "from": ["open", "-1"], "to": ["open", "0"], "learn": {}}}
        ),
    ),
]

FORGED = [
    ("limit(relu(x), x, oo) == 0", missing({"growth": GROWTH}, of=1)),
    ("limit(relu(x), x, oo) == 0", missing({"growth": {**GROWTH, "sign": 0}})),
    ("limit(relu(x), x, oo) == 0", missing({"growth": {**GROWTH, "scale": "0"}})),
    ("limit(tanh(x), x, oo) == 1", missing({"growth": GROWTH})),
    ("limit(step(x), x, 0) == 0", missing(sides("0", "0"))),
    ('limit(step(x), x, 0, "+") == 1', missing(sides("0", "1"))),
    ('limit(log(x), x, 0, "+") == 0', missing({"nowhere": NOWHERE})),
    ("piecewise((limit(relu(x), x, oo), 1 < 0), (2, True)) == 2", missing({"growth": GROWTH})),
    (
        "integral(1/x**2, x, 1, 2) == 1/2",
        missing(primitive("-1/z", ["open", "0"], ["open", "1"], "lower", sign=-1)),
    ),
    (
        "integral(log(x), x, 0, 1) == -1",
        missing(
            {"nowhere": {"name": "z", "from": ["open", "-1"], "to": ["open", "0"], "learn": {}}}
        ),
    ),
    (
        "integral(exp(-x**2), x, -oo, oo) == sqrt(pi)",
        missing({"nowhere": {"name": "z", "from": ["open", "z"], "to": None, "learn": {}}}),
    ),
]


@pytest.mark.parametrize(("claim", "certificate"), TRUE)
def test_reasons_are_accepted(claim: str, certificate: Any) -> None:
    """Each reason once, and the relation is refuted."""
    assert check(claim, certificate).verdict == "refuted"


@pytest.mark.parametrize(("claim", "certificate"), FORGED)
def test_forged_reasons_are_not(claim: str, certificate: Any) -> None:
    """A wrong side, sign, point or interval, and a limit that is not needed."""
    assert check(claim, certificate).outcome == "reject"


def test_a_point_may_not_be_the_name_that_runs_to_infinity() -> None:
    """y + 1/y grows with y, but the function x has a limit at each y."""
    growth = {**GROWTH, "toward": "+", "at": "y"}
    del growth["side"]
    certificate = {
        "format": 1,
        "kind": "denial",
        "body": {"values": {}, "laws": [], "because": {"growth": growth}},
    }
    assert check("continuous(lambda x: x)", certificate).outcome == "reject"


def test_an_antiderivative_has_a_value_at_each_cut() -> None:
    """-1/z is none of 1/z**2 across 0."""
    step = {
        **PRIMITIVE,
        "step": "integral",
        "antiderivative": "-1/z",
        "from": ["closed", "-1"],
        "to": ["closed", "1"],
        "cuts": ["0"],
        "pieces": [{}, {}],
        "joins": [{"right": HOLDS}, {}, {"left": HOLDS}],
        "slopes": [HOLDS, HOLDS],
        "ends": [None, None],
        "then": HOLDS,
    }
    body = {"relations": [step], "inhabitant": None}
    certificate = {"format": 1, "kind": "proof", "body": body}
    assert check("integral(1/x**2, x, -1, 1) == -2", certificate).outcome == "reject"
