"""Near misses of the steps about two points, limits and integrals: what a prover might try next,
and why it is wrong.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tools.certificate_parts import (
    HOLDS,
    Node,
    apart,
    at,
    convexity,
    cover,
    denial,
    envelope,
    facts,
    floor_law,
    growth,
    integral,
    join,
    laws,
    limit,
    mean_value,
    missing,
    on,
    period,
    primitive,
    product,
    proof,
)

EMPTY: Node = {"step": "empty"}
XY = at(x="1", y="2")
CHORD = at(x="1", y="2", t="1/2")
UP = {"lower": "0", "slopes": [{"lower": HOLDS}]}
KINK: Node = {**cover("0"), "joins": [join()]}
ABOVE_0 = ["open", "0"]
FROM_0 = ["closed", "0"]
SQUARE_POSITIVE = facts(product("1/z**2", ">", "1", ["z", -2]))


class Miss(NamedTuple):
    """A claim, a certificate that must not show or deny it, and the message of the rejection."""

    claim: str
    certificate: Node
    message: str


NOT_SO = "the relation does not follow"
NO_VALUE = "the function has no value at a cut or end"
OUTSIDE = "a new name is used outside"
NOT_NEW = "the name is not new"
OUT_OF_PLACE = "a point is not shown to lie in the domain"
NO_SIGN = "the law's sign condition is not shown"
BEYOND = "a new name beyond 2 is needed for a limit"


def _shape(step: Node, **point: str) -> Node:
    return proof(step, inhabitant=at(**(point or {"x": "1", "y": "2"})))


def _chord(step: Node) -> Node:
    return proof(step, inhabitant=CHORD)


def _step_cut(function: str, **fields: Any) -> Node:
    """The step for a function with a kink at 0 and slopes >= 0."""
    return mean_value(
        function, **{**KINK, "lower": "0", "slopes": [{"lower": HOLDS}] * 2, **fields}
    )


BOTH_SIGNS = "lambda x: piecewise((-x, x < 0), (x, True))"
LINE_AND_CUBE = "lambda x: piecewise((x, x < 0), (x**3, True))"
TWO_LINES = "piecewise((0, z < 0), (1, True))"

# reason -> a near miss
OF_STEPS: dict[str, Miss] = {
    # two points: the slope
    "it jumps down between pieces that do not fall": Miss(
        "increasing(lambda x: piecewise((1, x < 0), (0, True)))",
        _shape(_step_cut("lambda x: piecewise((1, x < 0), (0, True))")),
        NOT_SO,
    ),
    "it has a pole between pieces that fall": Miss(
        "strictly_decreasing(lambda x: 1/x)",
        _shape(
            mean_value(
                "lambda x: 1/x",
                **cover("0"),
                joins=[{}],
                upper="0",
                strict=1,
                slopes=[{"upper": SQUARE_POSITIVE}] * 2,
            )
        ),
        NO_VALUE,
    ),
    "it has no value at the end of the domain": Miss(
        "increasing(log, on=Interval(0, 5))",
        _shape(mean_value("log", **on(FROM_0), joins=[{}], **UP)),
        NO_VALUE,
    ),
    "it is constant on a piece, so not strictly increasing": Miss(
        "strictly_increasing(relu)", _shape(_step_cut("relu", strict=1)), NOT_SO
    ),
    "a bound that is not strict proves nothing strict": Miss(
        "strictly_increasing(relu)", _shape(_step_cut("relu")), NOT_SO
    ),
    "the slope is zero all along a piece": Miss(
        "strictly_increasing(relu)", _shape(_step_cut("relu", strict=apart("-1", "1"))), NOT_SO
    ),
    "the slope is zero at the point": Miss(
        f"strictly_increasing({LINE_AND_CUBE})",
        _shape(_step_cut(LINE_AND_CUBE, strict=apart("-1", "0"))),
        OUT_OF_PLACE,
    ),
    "the point inside a piece is in the other": Miss(
        f"strictly_increasing({LINE_AND_CUBE})",
        _shape(_step_cut(LINE_AND_CUBE, strict=apart("1", "1"))),
        OUT_OF_PLACE,
    ),
    "the point inside a piece moves along": Miss(
        "strictly_increasing(lambda x: x**3)",
        _shape(mean_value("lambda x: x**3", **UP, strict=apart("z"))),
        OUTSIDE,
    ),
    "the slope falls below the bound beside the point": Miss(
        "strictly_increasing(lambda x: x**3 - x)",
        _shape(mean_value("lambda x: x**3 - x", **UP, strict=apart("1"))),
        NOT_SO,
    ),
    "a bound that is met only at the point": Miss(
        "strictly_convex(lambda x: x)",
        _chord(convexity("lambda x: x", strict=apart("1"))),
        NOT_SO,
    ),
    "it is constant between the jumps": Miss(
        "strictly_increasing(lambda x: floor(x))",
        _shape(
            facts(
                {
                    "term": "floor(y) - floor(x)",
                    "sign": ">",
                    "by": {"monotone": {"function": "floor", "less": "x", "greater": "y"}},
                }
            )
        ),
        "the sign does not follow",
    ),
    "the next number is reached": Miss(
        "floor(x) == 0 where 0 <= x <= 1", _shape(laws(floor_law("x", 0)), x="1"), NO_SIGN
    ),
    "the slope is wrong on one piece": Miss(
        f"increasing({BOTH_SIGNS})", _shape(_step_cut(BOTH_SIGNS)), NOT_SO
    ),
    "the kink lies inside a piece": Miss(
        "increasing(relu)", _shape(mean_value("relu", **UP)), "sign of a guard not known"
    ),
    "another function has the slope": Miss(
        "increasing(sin)", _shape(mean_value("sigmoid", **UP)), NOT_SO
    ),
    "the points are the other way round": Miss(
        "decreasing(sigmoid)",
        _shape(mean_value("sigmoid", **UP, points=["y", "x"])),
        "the points are not in order",
    ),
    "the points may lie outside the domain of the bound": Miss(
        "increasing(lambda x: x**2)",
        _shape(mean_value("lambda x: x**2", **on(FROM_0), joins=[{"right": HOLDS}], **UP)),
        "a point is not shown to lie in the domain",
    ),
    "the variable is a name of the claim": Miss(
        "increasing(sigmoid)", _shape(mean_value("sigmoid", **UP, name="x")), NOT_NEW
    ),
    "a name of a value is a name of the claim": Miss(
        "increasing(sigmoid)", _shape(mean_value("sigmoid", **UP, values=["x", "fy"])), NOT_NEW
    ),
    "one name stands for both values": Miss(
        "sin(x) == sin(y) where x < y",
        _shape(mean_value("sin", slopes=[{}], values=["fx", "fx"])),
        "a new name for the variable and for each value is needed",
    ),
    "the bound is the change itself": Miss(
        "sin(x) <= sin(y) where x < y",
        _shape(mean_value("sin", lower="fy - fx", slopes=[{"lower": HOLDS}])),
        OUTSIDE,
    ),
    "the function hangs on the variable by another way": Miss(
        "x + q == y + q where x < y",
        _shape(
            mean_value("lambda w: w + z", lower="2", upper="2", slopes=[{"lower": HOLDS}]),
            x="1",
            y="2",
            q="0",
        ),
        OUTSIDE,
    ),
    "a value is no variable to differentiate by others": Miss(
        "sin(x) == sin(y) where x < y",
        _shape(
            mean_value(
                "sin",
                slopes=[{}],
                then={"step": "derivative", "name": "x", "at": "y", "slope": HOLDS, "value": HOLDS},
            )
        ),
        "the derivative rule does not apply",
    ),
    # two points: the curvature
    "slopes turn the wrong way at a cut": Miss(
        "convex(lambda x: -abs(x))",
        _chord(convexity("lambda x: -abs(x)", **KINK, curvatures=[HOLDS, HOLDS], corners=[HOLDS])),
        NOT_SO,
    ),
    "a straight piece is not strictly convex": Miss(
        "strictly_convex(abs)",
        _chord(convexity("abs", **KINK, curvatures=[HOLDS] * 2, corners=[HOLDS], strict=1)),
        NOT_SO,
    ),
    "a value above both pieces": Miss(
        "concave(lambda x: piecewise((1, x == 0), (0, True)))",
        _chord(
            convexity(
                "lambda x: piecewise((1, x == 0), (0, True))",
                **KINK,
                sign=-1,
                curvatures=[HOLDS] * 2,
                corners=[HOLDS],
            )
        ),
        NOT_SO,
    ),
    "the third point lies elsewhere": Miss(
        "convex(exp)",
        _chord(convexity("exp", between="t*y + (1 - t)*x")),
        "the third point is not between the other two",
    ),
    # limits
    "the limit is another number": Miss(
        "limit(1/x, x, oo) == 1/10", proof(limit("1/10", envelope())), NOT_SO
    ),
    "only one side has the limit": Miss(
        "limit(relu(x)/x, x, 0) == 1", proof(limit("1", envelope(), envelope())), NOT_SO
    ),
    "one side is left out": Miss(
        "limit(relu(x)/x, x, 0) == 1",
        proof(limit("1", envelope())),
        "one proof for each side of a limit is needed",
    ),
    "the width does not vanish": Miss(
        "limit(1 + 1/x, x, oo) == 0", proof(limit("0", envelope(scale="y + 1"))), BEYOND
    ),
    "the value moves along": Miss("limit(x, x, oo) == 2", proof(limit("y", envelope())), BEYOND),
    "the point moves along": Miss(
        "continuous(lambda x: x)",
        denial("growth", {"toward": "+", "at": "q", **growth(name="q")}),
        BEYOND,
    ),
    "the name far out is one of the claim": Miss(
        "limit(a/x, x, oo) == 1", proof(limit("1", envelope(name="a"))), NOT_NEW
    ),
    # limits that exist after all
    "it grows toward a number only": Miss(
        "limit(tanh(x), x, oo) == 1", missing({"growth": {"side": 0, **growth()}}), NOT_SO
    ),
    "a scale below 0 is no growth": Miss(
        "limit(1/x, x, oo) == 0",
        missing({"growth": {"side": 0, **growth(scale="-1")}}),
        "a sign and a positive scale are needed",
    ),
    "both sides agree": Miss(
        "limit(x, x, 0) == 0",
        missing(
            {
                "sides": {
                    "values": ["0", "0"],
                    "sides": [envelope(), envelope()],
                    "differ": HOLDS,
                }
            }
        ),
        NOT_SO,
    ),
    "it repeats because it is constant": Miss(
        "limit(x - x, x, oo) == 0",
        missing(period(0, ("2*pi", "3*pi"), HOLDS, HOLDS)),
        NOT_SO,
    ),
    "the branch is not taken": Miss(
        "piecewise((limit(1/x, x, 0), x < 0), (1, True)) == 1 where x == 1",
        {
            **missing({"growth": {"side": 1, **growth()}}),
            "body": {
                "values": {"x": "1"},
                "laws": [],
                "because": {
                    "relation": 0,
                    "missing": {"of": 0, "because": {"growth": {"side": 1, **growth()}}},
                },
            },
        },
        "no limit and no integral that the relation needs",
    ),
    # integrals
    "the antiderivative has a pole between the bounds": Miss(
        "integral(1/x**2, x, -1, 1) == -2",
        proof(integral("-1/z", None, None, **cover("0"), joins=[{}], slopes=[HOLDS, HOLDS])),
        NO_VALUE,
    ),
    "the antiderivative jumps": Miss(
        "integral(0, x, -1, 1) == 1",
        proof(integral(TWO_LINES, None, None, **KINK, slopes=[HOLDS, HOLDS])),
        NOT_SO,
    ),
    "the slope is another function": Miss(
        "integral(x, x, 0, 1) == 1", proof(integral("z**2", None, None)), NOT_SO
    ),
    "the bounds are the other way round": Miss(
        "integral(x, x, 1, 0) == 1/2", proof(integral("z**2/2", None, None)), NOT_SO
    ),
    "a bound lies beyond the antiderivative": Miss(
        "integral(1/x, x, -1, 1) == 0",
        proof(integral("log(z)", ABOVE_0, None)),
        "a point is not shown to lie in the domain",
    ),
    "an end inside counts for a bound": Miss(
        "integral(1/x**2, x, 1, oo) == 2",
        proof(
            integral(
                "-1/z",
                ABOVE_0,
                None,
                ends=[{"value": "-2", "limit": envelope()}, {"value": "0", "limit": envelope()}],
            )
        ),
        "a bound is not the end of the interval",
    ),
    "the growth is beyond the bounds": Miss(
        "integral(1/x**2, x, 1, 2) == 1/2",
        missing(
            {
                **primitive("-1/z", ABOVE_0, ["open", "1"]),
                "toward": "lower",
                "because": {"growth": {"side": 0, **growth(-1)}},
            }
        ),
        "the interval is not shown to lie between the bounds",
    ),
}
