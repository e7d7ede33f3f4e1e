"""Near misses of the properties of a whole function and of their denials, and why each is wrong."""

from __future__ import annotations

from typing import Any

from tests.checker.near_misses import EMPTY, KINK, NOT_SO, OUT_OF_PLACE, Miss
from tools.certificate_parts import (
    HOLDS,
    Node,
    corner,
    cover,
    denial,
    envelope,
    floor_law,
    growth,
    join,
    of_property,
    on,
    remainder,
    split,
    tends,
)


def _range(**fields: Any) -> Node:
    usual = {"inside": [HOLDS], **on(), **cover(), "joins": []}
    return of_property(**{**usual, **fields})


# reason -> a near miss
OF_PROPERTIES: dict[str, Miss] = {
    # properties
    "it jumps": Miss("continuous(step)", of_property(**KINK), NOT_SO),
    "it tends to another number than its value": Miss(
        "continuous(lambda x: piecewise((1, x == 0), (x**2/x, True)))",
        of_property(**cover("0"), joins=[tends()]),
        NOT_SO,
    ),
    "it tends to its value from one side only": Miss(
        "continuous(lambda x: piecewise((0, x == 0), (x**2/x, x > 0), (1 + x**2/x, True)))",
        of_property(**cover("0"), joins=[tends()]),
        NOT_SO,
    ),
    "it is known to jump inside the piece": Miss(
        "continuous(lambda x: floor(x), on=Interval.open(0, 2))",
        of_property(cuts=[], pieces=[{"laws": [floor_law("x", 0)]}], joins=[]),
        "the law's sign condition is not shown",
    ),
    "it has another value at one point": Miss(
        "smooth(lambda x: piecewise((1, x == 0), (x, True)))", of_property(**KINK), NOT_SO
    ),
    "it has a corner": Miss(
        "smooth(relu)", of_property(**KINK), "the pieces are not one analytic term"
    ),
    "it is not defined on all of the domain": Miss(
        "bounded(lambda x: x/x)",
        of_property(lower="1", upper="1", below=HOLDS, above=HOLDS),
        "domain obligation not shown",
    ),
    "the bound moves along": Miss(
        "bounded(lambda x: x)",
        of_property(lower="x", upper="x", below=HOLDS, above=HOLDS),
        "a bound depends on the variable",
    ),
    "the second point is the first": Miss(
        "injective(lambda x: 5)", of_property(name="x", proof=EMPTY), "the second name is not new"
    ),
    "the second point is an end of the domain": Miss(
        "injective(lambda x: x**2, on=Interval(a, oo))",
        of_property(name="a", proof=EMPTY),
        "the second name is not new",
    ),
    "it skips what lies between its values": Miss(
        "range(sign) == Interval(-1, 1)",
        _range(
            inside=[split("x", HOLDS, HOLDS, HOLDS)] * 2,
            **KINK,
            ends=[{"at": "-1", "proof": HOLDS}, {"at": "1", "proof": HOLDS}],
        ),
        NOT_SO,
    ),
    "an end is approached, not attained": Miss(
        "range(sigmoid) == Interval(0, 1)",
        _range(
            inside=[HOLDS, HOLDS],
            ends=[
                {"toward": "lower", "limit": envelope()},
                {"toward": "upper", "limit": envelope()},
            ],
        ),
        "a closed end of a range is attained",
    ),
    "an end is not reached": Miss(
        "range(lambda x: x**2) == Reals",
        _range(
            ends=[
                {"toward": "lower", "growth": growth(-1)},
                {"toward": "upper", "growth": growth()},
            ]
        ),
        NOT_SO,
    ),
    "both ends of one piece, not of the other": Miss(
        "range(lambda x: 1/x) == Reals",
        _range(inside=[HOLDS], **cover("0"), joins=[{}], ends=[{}, {}]),
        "domain obligation not shown",
    ),
    "a polynomial is none": Miss(
        "universal(lambda x: x**3)",
        of_property(**cover("0"), because=corner(3)),
        NOT_SO,
    ),
    "a polynomial is bounded beside itself": Miss(
        "universal(lambda x: x**3)",
        of_property(**cover(), because=remainder("oo", "0", "0", "0", "1")),
        NOT_SO,
    ),
    "it has no bound near a cut": Miss(
        "universal(lambda x: piecewise((0, x <= 0), (1/x, True)))",
        of_property(**cover("0"), because=corner(0)),
        "domain obligation not shown",
    ),
    "it differs from a polynomial at one point only": Miss(
        "universal(lambda x: piecewise((1, x == 0), (0, True)))",
        of_property(**cover("0"), because=remainder("oo", "0")),
        "two points inside pieces are needed",
    ),
    # denials of what is true
    "the limit beside the point is its value": Miss(
        "continuous(relu)",
        denial("jump", {"at": "0", "to": "-1", "learn": {}, "proof": HOLDS}),
        NOT_SO,
    ),
    "a floor jumps where it does not matter": Miss(
        "continuous(lambda x: (x - 1)*floor(x), on=Interval(0, 1))",
        denial(
            "jump",
            {
                "at": "0",
                "to": "1",
                "learn": {"laws": [floor_law("x", 0)]},
                "proof": HOLDS,
            },
        ),
        NOT_SO,
    ),
    "the limit is the value": Miss(
        "continuous(lambda x: piecewise((0, x == 0), (x**2/x, True)))",
        denial(
            "other limit",
            {"at": "0", "toward": "+", "value": "0", "limit": envelope(), "proof": HOLDS},
        ),
        NOT_SO,
    ),
    "the other limit is taken outside the domain": Miss(
        "continuous(lambda x: piecewise((1, x <= 0), (x**2/x, True)), on=Interval(-1, 0))",
        denial(
            "other limit",
            {"at": "0", "toward": "+", "value": "0", "limit": envelope(), "proof": HOLDS},
        ),
        OUT_OF_PLACE,
    ),
    "it is a polynomial on one side only": Miss(
        "universal(relu)",
        denial("nearly polynomial", {"polynomial": ["0"], **cover("0"), "proofs": [HOLDS] * 2}),
        NOT_SO,
    ),
    "the jump is beyond the domain": Miss(
        "continuous(step, on=Interval(0, 1))",
        denial("jump", {"at": "0", "to": "-1", "learn": {}, "proof": HOLDS}),
        "a point is not shown to lie in the domain",
    ),
    "the jump is not between the point and the end of the domain": Miss(
        "continuous(lambda x: piecewise((1, x >= 0), (0, True)), on=Interval.open(0, 1))",
        denial("jump", {"at": "0", "to": "1/2", "learn": {}, "proof": HOLDS}),
        "a point is not shown to lie in the domain",
    ),
    "the kink is an end of the domain": Miss(
        "smooth(relu, on=Interval(0, 1))",
        denial("derivative", {"at": "0", "order": 1}),
        "a point is not shown to lie in the domain",
    ),
    "it grows where the domain has ended": Miss(
        "bounded(relu, on=Interval(0, 1))",
        denial("growth", {"toward": "oo", "at": None, **growth()}),
        "the function is not asked about there",
    ),
    "it grows beside a point without a value": Miss(
        "continuous(lambda x: 1/x)",
        denial("growth", {"toward": "+", "at": "0", **growth()}),
        "domain obligation not shown",
    ),
    "the value is attained": Miss(
        "range(lambda x: x**2) == Interval(0, oo)",
        denial("missed", {"value": "4", "proof": HOLDS}),
        NOT_SO,
    ),
    "the value is not asked for": Miss(
        "range(lambda x: x**2) == Interval(0, oo)",
        denial("missed", {"value": "-1", "proof": HOLDS}),
        "a point is not shown to lie in the domain",
    ),
    "it does not turn": Miss(
        "injective(lambda x: x**3)",
        denial(
            "turn",
            {
                "at": ["-1", "0", "1"],
                "sign": 1,
                **cover(),
                "joins": [{"right": HOLDS}, {"left": HOLDS}],
                "left": HOLDS,
                "right": HOLDS,
            },
        ),
        NOT_SO,
    ),
    "it jumps back instead of turning": Miss(
        "injective(lambda x: piecewise((x, x <= 0), (-1 - x, True)))",
        denial(
            "turn",
            {
                "at": ["-1/2", "0", "1"],
                "sign": 1,
                **cover("0"),
                "joins": [{"right": HOLDS}, join(), {"left": HOLDS}],
                "left": HOLDS,
                "right": HOLDS,
            },
        ),
        NOT_SO,
    ),
    "the domain has no end": Miss(
        "bounded(log, on=Interval(-5, sqrt(-1)))",
        denial("no value", {"at": "-1"}),
        "domain obligation not shown",
    ),
}
