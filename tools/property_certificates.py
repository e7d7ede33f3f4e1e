"""Certificates made by hand: properties of a whole function, and their denials.

Each is the shortest that shows its rule.

Above: `make_certificates`. Below: `certificate_parts`.
"""

from __future__ import annotations

from tools.certificate_parts import (
    HOLDS,
    Node,
    at,
    bound,
    corner,
    cover,
    denial,
    envelope,
    facts,
    floor_law,
    growth,
    join,
    laws,
    mean_value,
    of_property,
    on,
    product,
    remainder,
    split,
    tail,
    tends,
    total,
    values_of,
)

NEAR_ONE = facts(product("1/y", ">", "1", ["y", -1]))
SOFTSIGN = split(
    "x", facts(total("1 - x", ">", "-x", "1")), HOLDS, facts(total("1 + x", ">", "x", "1"))
)
REACHED = {"at": "0", "proof": HOLDS}

# name -> (claim, certificate)
PROPERTIES: dict[str, tuple[str, Node]] = {
    # properties
    "continuous-relu": ("continuous(relu)", of_property(**cover("0"), joins=[join()])),
    "continuous-with-a-parameter": (
        "continuous(lambda x: elu(x, a)) where a > 0",
        of_property(at(a="1"), **cover("0"), joins=[join()]),
    ),
    "continuous-where-it-is-defined": (
        "continuous(log)",
        of_property(**cover("0"), joins=[{}]),
    ),
    "continuous-to-the-ends": (
        "continuous(sqrt, on=Interval(0, 1))",
        of_property(**cover(), joins=[{"right": HOLDS}, {"left": HOLDS}]),
    ),
    "continuous-by-a-limit": (
        "continuous(lambda x: piecewise((0, x == 0), (x**2/x, True)))",
        of_property(**cover("0"), joins=[tends()]),
    ),
    "continuous-between-jumps": (
        "continuous(lambda x: floor(x), on=Interval.open(0, 1))",
        of_property(cuts=[], pieces=[{"laws": [floor_law("x", 0)]}], joins=[]),
    ),
    "smooth-sigmoid": ("smooth(sigmoid)", of_property(**cover(), joins=[])),
    "smooth-across-a-cut": (
        "smooth(lambda x: piecewise((x, x < 1), (x, True)))",
        of_property(**cover("1"), joins=[join()]),
    ),
    "bounded-sigmoid": (
        "bounded(sigmoid)",
        of_property(lower="0", upper="1", below=HOLDS, above=HOLDS),
    ),
    "injective-cubic": (
        "injective(lambda x: x**3, on=Interval(0, oo))",
        of_property(
            name="y",
            proof=mean_value(
                "lambda x: x**3",
                **on(["closed", "0"]),
                joins=[{"right": HOLDS}],
                lower="0",
                strict=1,
                slopes=[{"lower": HOLDS}],
            ),
        ),
    ),
    "range-of-relu": (
        "range(relu) == Interval(0, oo)",
        of_property(
            inside=[split("x", HOLDS, HOLDS, HOLDS)],
            **on(["closed", "0"]),
            **cover(),
            joins=[{"right": HOLDS}],
            ends=[REACHED, {"toward": "upper", "growth": growth()}],
        ),
    ),
    "range-of-the-sine": (
        "range(sin) == Interval(-1, 1)",
        of_property(
            inside=[
                facts(bound("1 + sin(x)", ">=", "sin", "x", -1)),
                facts(bound("1 - sin(x)", ">=", "sin", "x", 1)),
            ],
            **on(),
            **cover(),
            joins=[],
            ends=[
                {
                    "at": "-pi/2",
                    "proof": laws(*values_of(("sin(-pi/2)", -6))),
                },
                {"at": "pi/2", "proof": laws(*values_of(("sin(pi/2)", 6)))},
            ],
        ),
    ),
    "range-of-a-quotient": (
        "range(softsign) == Interval.open(-1, 1)",
        of_property(
            inside=[SOFTSIGN, SOFTSIGN],
            **on(),
            **cover("0"),
            joins=[join()],
            ends=[
                {"toward": "lower", "limit": envelope(NEAR_ONE, NEAR_ONE)},
                {"toward": "upper", "limit": envelope(NEAR_ONE, NEAR_ONE)},
            ],
        ),
    ),
    "polynomial-square": (
        "polynomial(lambda x: (x + a)**2)",
        of_property(polynomial=["a**2", "2*a", "1"], proof=HOLDS),
    ),
    "universal-relu": (
        "universal(relu)",
        of_property(**cover("0"), because=corner(1)),
    ),
    "universal-sigmoid": (
        "universal(sigmoid)",
        of_property(
            **cover(),
            because=remainder("oo", "0"),
        ),
    ),
    # denials
    "jump-of-step": (
        "continuous(step)",
        denial("jump", {"at": "0", "to": "-1", "learn": {}, "proof": HOLDS}),
    ),
    "jump-for-a-parameter": (
        "not continuous(lambda x: piecewise((a, x > a), (0, True))) where a != 0",
        denial("jump", {"at": "2", "to": "3", "learn": {}, "proof": HOLDS}, a="2"),
    ),
    "jump-of-floor": (
        "continuous(lambda x: floor(x))",
        denial(
            "jump",
            {"at": "0", "to": "-1", "learn": {"laws": [floor_law("x", -1)]}, "proof": HOLDS},
        ),
    ),
    "limit-other-than-the-value": (
        "continuous(lambda x: piecewise((1, x == 0), (x**2/x, True)))",
        denial(
            "other limit",
            {"at": "0", "toward": "+", "value": "0", "limit": envelope(), "proof": HOLDS},
        ),
    ),
    "growth-at-a-point": (
        "continuous(lambda x: piecewise((0, x == 0), (1/x, True)))",
        denial("growth", {"toward": "+", "at": "0", **growth(proof=NEAR_ONE)}),
    ),
    "growth-beyond-a-bound": (
        "bounded(relu)",
        denial("growth", {"toward": "oo", "at": None, **growth()}),
    ),
    "growth-beyond-a-range": (
        "range(relu) == Interval(0, 100)",
        denial("growth", {"toward": "oo", "at": None, **growth()}),
    ),
    "no-value-of-log": ("bounded(log)", denial("no value", {"at": "0"})),
    "no-derivative-of-relu": ("smooth(relu)", denial("derivative", {"at": "0", "order": 1})),
    "no-derivative-of-a-square": (
        "smooth(squared_relu)",
        denial("derivative", {"at": "0", "order": 2}),
    ),
    "value-outside-a-range": (
        "range(relu) == Interval(0, 1)",
        denial("outside", {"at": "2", "relation": 1, "proof": HOLDS}),
    ),
    "value-missed-in-a-range": (
        "range(relu) == Reals",
        denial("missed", {"value": "-1", "proof": split("x", HOLDS, HOLDS, HOLDS)}),
    ),
    "equal-values": (
        "injective(relu)",
        denial("equal", {"at": ["-1", "-2"], "proof": HOLDS}),
    ),
    "turning-point": (
        "injective(lambda x: x**2)",
        denial(
            "turn",
            {
                "at": ["-1", "0", "2"],
                "sign": -1,
                **cover(),
                "joins": [{"right": HOLDS}, {"left": HOLDS}],
                "left": HOLDS,
                "right": HOLDS,
            },
        ),
    ),
    "no-polynomial-at-a-corner": (
        "polynomial(relu)",
        denial(
            "no polynomial",
            {**cover("0"), "because": corner(1)},
        ),
    ),
    "no-polynomial-near-another": (
        "polynomial(lambda x: x + exp(x))",
        denial(
            "no polynomial",
            {
                **cover(),
                "because": remainder(
                    "-oo", "0", "1", above=facts(tail("exp(-y) - 1", "<", "2", -1))
                ),
            },
        ),
    ),
    "polynomial-is-not-universal": (
        "universal(lambda x: x**2)",
        denial("is polynomial", {"polynomial": ["0", "0", "1"], "proof": HOLDS}),
    ),
    "polynomial-but-at-a-point": (
        "universal(lambda x: piecewise((1, x == 0), (x, True)))",
        denial(
            "nearly polynomial",
            {"polynomial": ["0", "1"], **cover("0"), "proofs": [HOLDS, HOLDS]},
        ),
    ),
}
