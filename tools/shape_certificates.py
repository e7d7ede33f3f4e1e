"""Certificates made by hand: steps about two points, limits and integrals, and their absence.

Each is the shortest that shows its rule.

Above: `make_certificates`. Below: `certificate_parts`.
"""

from __future__ import annotations

from tools.certificate_parts import (
    HOLDS,
    Node,
    apart,
    at,
    convexity,
    cover,
    envelope,
    facts,
    false_relation,
    growth,
    integral,
    integral_bounds,
    join,
    laws,
    limit,
    mean_value,
    missing,
    on,
    on_a_piece,
    period,
    primitive,
    product,
    proof,
    tail,
    tends,
    total,
    values_of,
)

POSITIVE = ["open", "0"]
ORDER = at(x="1", y="2")
CHORD = at(x="1", y="2", t="1/2")
RECIPROCAL = product("1/y", ">", "1", ["y", -1])
NEAR_ONE = facts(RECIPROCAL)
ROOTS = laws(
    {"law": "sqrt", "of": "sqrt(1)", "outer": "1", "inner": []},
    {"law": "sqrt", "of": "sqrt(0)", "outer": "0", "inner": []},
)
# log(y) > 0 for y > 2
LOG_GROWS = {
    "step": "laws",
    "laws": [{"law": "log", "of": "log(1)", "exp": "0", "factors": []}],
    "then": facts(
        total("y - 1", ">", "y - 2", "1"),
        {
            "term": "log(y)",
            "sign": ">",
            "by": {"monotone": {"function": "log", "less": "1", "greater": "y"}},
        },
    ),
}
# z (1 - z) > 0 for 0 < z < 1, and z^2 >= 0
BELOW_ITSELF = product("z - z**2", ">", "1", ["z", 1], ["1 - z", 1])
SQUARE = product("z**2", ">=", "1", ["z", 2])
FULL_TURN = values_of(("sin(2*pi)", 24), ("cos(2*pi)", 24))


def _sum_law(function: str) -> Node:
    return {"law": "sum", "of": f"{function}(y + 2*pi)", "left": "y", "right": "2*pi"}


# name -> (claim, certificate)
SHAPES: dict[str, tuple[str, Node]] = {
    # two points: the slope
    "slope-of-sigmoid": (
        "strictly_increasing(sigmoid)",
        proof(
            mean_value("sigmoid", lower="0", strict=1, slopes=[{"lower": HOLDS}]), inhabitant=ORDER
        ),
    ),
    "slope-of-relu": (
        "increasing(relu)",
        proof(
            mean_value(
                "relu", **cover("0"), joins=[join()], lower="0", slopes=[{"lower": HOLDS}] * 2
            ),
            inhabitant=ORDER,
        ),
    ),
    "slope-of-log": (
        "strictly_increasing(log, on=Interval.open(0, oo))",
        proof(
            mean_value("log", **on(POSITIVE), lower="0", strict=1, slopes=[{"lower": HOLDS}]),
            inhabitant=ORDER,
        ),
    ),
    "slope-from-an-end": (
        "increasing(sqrt, on=Interval(0, oo))",
        proof(
            mean_value(
                "sqrt",
                **on(["closed", "0"]),
                joins=[{"right": HOLDS}],
                lower="0",
                slopes=[{"lower": HOLDS}],
            ),
            inhabitant=ORDER,
        ),
    ),
    "slope-between-bounds": (
        "relu(y) - relu(x) == y - x where x > 2, y > x",
        proof(
            facts(
                total("y - 2", ">", "y - x", "x - 2"),
                then=mean_value(
                    "relu",
                    **on(["open", "2"]),
                    pieces=[{"facts": [total("z", ">", "z - 2", "2")]}],
                    lower="1",
                    upper="1",
                    slopes=[{"lower": HOLDS, "upper": HOLDS}],
                ),
            ),
            inhabitant=at(x="3", y="4"),
        ),
    ),
    "slope-zero-at-a-point": (
        "strictly_increasing(lambda x: x**3)",
        proof(
            mean_value("lambda x: x**3", lower="0", strict=apart("1"), slopes=[{"lower": HOLDS}]),
            inhabitant=ORDER,
        ),
    ),
    "slope-zero-beside-a-line": (
        "strictly_decreasing(lambda x: piecewise((-x, x < 0), (-x**3, True)))",
        proof(
            mean_value(
                "lambda x: piecewise((-x, x < 0), (-x**3, True))",
                **cover("0"),
                joins=[join()],
                upper="0",
                strict=apart("-1", "1"),
                slopes=[{"upper": HOLDS}] * 2,
            ),
            inhabitant=ORDER,
        ),
    ),
    "slope-beside-a-limit": (
        "increasing(lambda x: piecewise((0, x == 0), (x**2/x, True)))",
        proof(
            mean_value(
                "lambda x: piecewise((0, x == 0), (x**2/x, True))",
                **cover("0"),
                joins=[tends("w")],
                lower="0",
                slopes=[{"lower": HOLDS}] * 2,
            ),
            inhabitant=ORDER,
        ),
    ),
    # two points: the curvature
    "curvature-zero-at-a-point": (
        "strictly_convex(lambda x: x**4)",
        proof(convexity("lambda x: x**4", strict=apart("1")), inhabitant=CHORD),
    ),
    "curvature-of-exp": ("convex(exp)", proof(convexity("exp"), inhabitant=CHORD)),
    "curvature-of-exp-strictly": (
        "strictly_convex(exp)",
        proof(convexity("exp", strict=1), inhabitant=CHORD),
    ),
    "curvature-of-log": (
        "concave(log, on=Interval.open(0, oo))",
        proof(
            facts(
                product("t*x", ">", "1", ["t", 1], ["x", 1]),
                product("(1 - t)*y", ">", "1", ["1 - t", 1], ["y", 1]),
                total("t*x + (1 - t)*y", ">", "t*x", "(1 - t)*y"),
                then=convexity("log", **on(POSITIVE), sign=-1),
            ),
            inhabitant=CHORD,
        ),
    ),
    "curvature-of-relu": (
        "convex(relu)",
        proof(
            convexity(
                "relu",
                **cover("0"),
                joins=[join()],
                curvatures=[HOLDS, HOLDS],
                corners=[HOLDS],
            ),
            inhabitant=CHORD,
        ),
    ),
    # limits
    "limit-at-infinity": ("limit(1/x, x, oo) == 0", proof(limit("0", envelope()))),
    "limit-from-both-sides": ("limit(x + 2, x, 1) == 3", proof(limit("3", envelope(), envelope()))),
    "limit-from-the-right": (
        'limit(sign(x), x, 0, "+") == 1',
        proof(limit("1", envelope(NEAR_ONE, NEAR_ONE))),
    ),
    "limit-of-exp": (
        "limit(exp(x), x, -oo) == 0",
        proof(limit("0", envelope(above=facts(tail("exp(-y) - 1/y", "<", "2", -1))))),
    ),
    "limit-like-a-root": (
        "limit(1/sqrt(x), x, oo) == 0",
        proof(limit("0", envelope(rate=["root"]))),
    ),
    "limit-like-a-logarithm": (
        "limit(1/log(x), x, oo) == 0",
        proof(limit("0", envelope(LOG_GROWS, LOG_GROWS, rate=["log"]))),
    ),
    "limit-with-a-parameter": (
        "limit((a*x + 1)/x, x, oo) == a",
        proof(limit("a", envelope())),
    ),
    "limit-of-a-limit": (
        "limit(y + limit(1/x, x, oo), y, 2) == 2",
        proof(limit("0", envelope(), then=limit("2", envelope(), envelope()))),
    ),
    "limit-is-not-one": (
        "limit(1/x, x, oo) == 1",
        false_relation(proof=limit("0", envelope())),
    ),
    # limits that do not exist
    "no-limit-by-growth": (
        "limit(1/x, x, 0) == 0",
        missing({"growth": {"side": 1, **growth()}}),
    ),
    "no-limit-by-sides": (
        "1 + limit(sign(x), x, 0) == 1",
        missing(
            {
                "sides": {
                    "values": ["-1", "1"],
                    "sides": [envelope(NEAR_ONE, NEAR_ONE)] * 2,
                    "differ": HOLDS,
                }
            }
        ),
    ),
    "no-limit-by-period": (
        "limit(sin(x), x, oo) == 0",
        missing(
            period(
                0,
                ("5/2*pi", "3*pi"),
                laws(*FULL_TURN, _sum_law("sin")),
                laws(*values_of(("sin(5/2*pi)", 30), ("sin(3*pi)", 36))),
            )
        ),
    ),
    "no-limit-of-nothing": (
        "limit(log(x), x, -oo) == 0",
        missing({"nowhere": {"side": 0, "name": "y", "from": "2", "learn": {}}}),
    ),
    # integrals
    "integral-of-a-square": (
        "integral(x**2, x, 0, 2) == 8/3",
        proof(integral("z**3/3", None, None)),
    ),
    "integral-backwards": (
        "integral(x**2, x, 2, 0) == -8/3",
        proof(integral("z**3/3", None, None)),
    ),
    "integral-to-a-name": (
        "diff(integral(t**2, t, 0, x), x) == x**2",
        proof(integral("z**3/3", None, None)),
    ),
    "integral-across-a-kink": (
        "integral(relu(x), x, -1, 1) == 1/2",
        proof(
            integral(
                "piecewise((0, z < 0), (z**2/2, True))",
                None,
                None,
                **cover("0"),
                joins=[join()],
                slopes=[HOLDS, HOLDS],
            )
        ),
    ),
    "integral-beside-a-pole": (
        "integral(1/sqrt(x), x, 0, 1) == 2",
        proof(integral("2*sqrt(z)", ["closed", "0"], None, then=ROOTS)),
    ),
    "integral-to-infinity": (
        "integral(1/x**2, x, 1, oo) == 1",
        proof(
            integral("-1/z", POSITIVE, None, ends=[None, {"value": "0", "limit": envelope()}]),
        ),
    ),
    "integral-below-a-line": (
        "integral(x**2, x, 0, 1) <= 1/2",
        proof(integral_bounds(upper=[on_a_piece("z**2/2", facts(BELOW_ITSELF))])),
    ),
    "integral-between-bounds": (
        "0 <= integral(relu(x)**2, x, -1, 1) <= 1/2",
        proof(
            integral_bounds(**cover("0"), lower=[on_a_piece("0"), on_a_piece("0", facts(SQUARE))]),
            integral_bounds(
                **cover("0"),
                upper=[on_a_piece("0"), on_a_piece("z**2/2", facts(BELOW_ITSELF))],
            ),
        ),
    ),
    "no-integral-of-nothing": (
        "integral(log(x), x, -1, 1) == 0",
        missing(
            {
                "nowhere": {
                    "name": "z",
                    **on(["open", "-1"], ["open", "0"]),
                    "learn": {},
                }
            }
        ),
    ),
    "no-integral-by-growth": (
        "integral(1/x**2, x, 0, 1) == 0",
        missing(
            {
                **primitive("-1/z", POSITIVE, ["open", "1"]),
                "toward": "lower",
                "because": {"growth": {"side": 0, **growth(-1)}},
            }
        ),
    ),
    "no-integral-by-period": (
        "integral(sin(x), x, 0, oo) == 1",
        missing(
            {
                **primitive("-cos(z)", POSITIVE, None),
                "toward": "upper",
                "because": period(
                    0,
                    ("2*pi", "3*pi"),
                    laws(*FULL_TURN, _sum_law("cos")),
                    laws(*values_of(("cos(2*pi)", 24), ("cos(3*pi)", 36))),
                ),
            }
        ),
    ),
}
