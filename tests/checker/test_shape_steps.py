"""Steps and properties about the shape of functions: what each accepts, and near misses.

`EXAMPLES` is to be read first: one short certificate for each rule.
"""

from __future__ import annotations

import pytest

from symact.checker import check
from tests.checker.near_misses import CHORD, KINK, OF_STEPS, UP, XY
from tests.checker.property_misses import OF_PROPERTIES
from tests.support import require
from tools.certificate_parts import (
    HOLDS,
    Node,
    apart,
    convexity,
    corner,
    cover,
    denial,
    envelope,
    facts,
    floor_law,
    growth,
    integral,
    laws,
    limit,
    mean_value,
    missing,
    of_property,
    on,
    proof,
    tail,
)
from tools.property_certificates import PROPERTIES
from tools.shape_certificates import SHAPES

# claim -> certificate: for a derivative >= 0, sigmoid increases; and so on, one for each rule
EXAMPLES: dict[str, Node] = {
    # f' >= 0 on every piece, f continuous: the value at y is not below that at x < y
    "increasing(sigmoid)": proof(mean_value("sigmoid", **UP), inhabitant=XY),
    # with a cut at 0, where relu = 0 on the left meets relu = x on the right
    "increasing(relu)": proof(
        mean_value("relu", **KINK, lower="0", slopes=[{"lower": HOLDS}] * 2), inhabitant=XY
    ),
    # f' >= 0, and not 0 at 1: then it is 0 on no interval
    "strictly_increasing(lambda x: x**3)": proof(
        mean_value("lambda x: x**3", **UP, strict=apart("1")), inhabitant=XY
    ),
    # f'' >= 0: the graph is below its chords
    "convex(exp)": proof(convexity("exp"), inhabitant=CHORD),
    # |1/x - 0| <= 1/x for x > 2
    "limit(1/x, x, oo) == 0": proof(limit("0", envelope())),
    # the derivative of z**2/2 is z
    "integral(x, x, 0, 2) == 2": proof(integral("z**2/2", None, None)),
    "continuous(relu)": of_property(**KINK),
    "smooth(sigmoid)": of_property(**cover(), joins=[]),
    "bounded(sigmoid)": of_property(lower="0", upper="1", below=HOLDS, above=HOLDS),
    "injective(sigmoid)": of_property(
        name="y", proof=mean_value("sigmoid", lower="0", strict=1, slopes=[{"lower": HOLDS}])
    ),
    "range(exp) == Interval.open(0, oo)": of_property(
        inside=[HOLDS],
        **on(),
        **cover(),
        joins=[],
        ends=[
            {
                "toward": "lower",
                "limit": envelope(above=facts(tail("exp(-y) - 1/y", "<", "2", -1))),
            },
            {
                "toward": "upper",
                "growth": growth(proof=facts(tail("exp(y) - y", ">", "2", 1))),
            },
        ],
    ),
    "polynomial(lambda x: (x + 1)**2)": of_property(polynomial=["1", "2", "1"], proof=HOLDS),
    "universal(relu)": of_property(**cover("0"), because=corner(1)),
    # step is 1 at 0, and 0 between -1 and 0
    "continuous(step)": denial("jump", {"at": "0", "to": "-1", "learn": {}, "proof": HOLDS}),
    "smooth(relu)": denial("derivative", {"at": "0", "order": 1}),
    "bounded(relu)": denial("growth", {"toward": "oo", "at": None, **growth()}),
    "injective(relu)": denial("equal", {"at": ["-1", "-2"], "proof": HOLDS}),
    "limit(1/x, x, 0) == 0": missing({"growth": {"side": 1, **growth()}}),
}


@pytest.mark.parametrize("claim", EXAMPLES)
def test_each_rule_accepts_its_example(claim: str) -> None:
    """Proved, or refuted by a denial."""
    certificate = EXAMPLES[claim]
    result = check(claim, certificate)
    require(result.outcome == "accept", f"{result.outcome}: {result.message}")
    wanted = "refuted" if certificate["kind"] == "denial" else "proved"
    require(result.verdict == wanted, str(result.verdict))


@pytest.mark.parametrize("where", ["0 <= x < 1", "x == 0", "0 < x < 1"])
def test_the_derivative_of_a_floor_is_known_between_jumps_only(where: str) -> None:
    """Where 0 < x is not known, the law for x says nothing of what is beside x."""
    point = {"values": {"x": "1/2" if where == "0 < x < 1" else "0"}, "laws": []}
    certificate = proof(laws(floor_law("x", 0)), inhabitant=point)
    result = check(f"diff(floor(x), x) == 0 where {where}", certificate)
    require((result.outcome == "accept") == (where == "0 < x < 1"), str(result))


MISSES = OF_STEPS | OF_PROPERTIES


@pytest.mark.parametrize("reason", MISSES)
def test_a_near_miss_is_rejected(reason: str) -> None:
    """With the message that tells the reason."""
    miss = MISSES[reason]
    result = check(miss.claim, miss.certificate)
    require(result.outcome == "reject", f"{result.outcome} {result.verdict}: {result.message}")
    require(result.message == miss.message, result.message)


@pytest.mark.parametrize("name", [*SHAPES, *PROPERTIES])
def test_no_certificate_fits_the_opposite(name: str) -> None:
    """For `not` of its claim it shows the opposite verdict, and nothing else."""
    claim, certificate = (SHAPES | PROPERTIES)[name]
    opposite = claim.removeprefix("not ") if claim.startswith("not ") else f"not {claim}"
    one, other = check(claim, certificate), check(opposite, certificate)
    require({one.verdict, other.verdict} == {"proved", "refuted"}, f"{one} {other}")
