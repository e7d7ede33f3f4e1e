"""Cells: what each kind shows, what none may show, and nothing false for any parameters."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symact.catalog import catalogue
from symact.checker.cell_rules import RULES
from symact.checker.cells import cells
from symact.checker.certificate import TermReader
from symact.checker.derivatives import derivative
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.region import Region
from symact.checker.signs import SIGNS
from symact.language.elementary import difference
from symact.language.terms import Term, add, mul, num, power
from tests.checker.test_jets import X, random_terms, true_coefficients
from tests.support import require

Q = Fraction
READER = TermReader(catalogue())
quick = settings(max_examples=250, deadline=None)


def body(term: str, begin: str | None, *rows: list[Any], **other: Any) -> dict[str, Any]:
    """The rule's body for g = term in x at x."""
    given_by = {"name": "x", "term": term, "of": "x", "bits": 64, "order": 6}
    return {**given_by, "from": begin, "cells": list(rows), **other}


def region(*facts: str) -> Region:
    """The points where the facts hold, each `term relation`, relation one of the six signs."""
    found = Region()
    for fact in facts:
        term, _, relation = fact.rpartition(" ")
        found.restrict(READER.term(term), SIGNS[relation])
    return found


def shown(term: str, facts: tuple[str, ...], proof: Any) -> frozenset[int] | str:
    """The signs that the term is shown to have on the region of the facts, or why not."""
    try:
        return cells(region(*facts), READER.term(term), proof, READER)
    except (Rejected, CannotJudge) as problem:
        return str(problem)


UNIT = ("x >=", "x - 1 <=")  # 0 <= x <= 1
RIGHT = ("x - 2 >=",)

# -- what is shown: term, facts, body, signs ------------------------------------------------------
SHOWN: dict[str, tuple[str, tuple[str, ...], dict[str, Any], set[int]]] = {
    "S: an enclosure": ("1 - x/2", UNIT, body("1 - x/2", "0", ["S", "1", 1]), {1}),
    "two pieces": ("x - 2", UNIT, body("x - 2", "0", ["S", "1/3", -1], ["S", "1", -1]), {-1}),
    "N: rising": ("exp(x) - 1/2", UNIT, body("exp(x) - 1/2", "0", ["N", "1", 1, 1]), {1}),
    "N: where g has no enclosure of one sign": (
        "exp(x) - x/2 - 1/4", ("x >=", "x - 3 <="),
        body("exp(x) - x/2 - 1/4", "0", ["N", "3", 1, 1]), {1},
    ),
    "N: falling": ("-exp(x)", UNIT, body("-exp(x)", "0", ["N", "1", -1, -1]), {-1}),
    "V: convex": ("x*x - x + 1/3", UNIT, body("x*x - x + 1/3", "0", ["V", "1", 1, "1/2"]), {1}),
    "V: concave": ("x - x*x - 1/3", UNIT, body("x - x*x - 1/3", "0", ["V", "1", -1, "1/2"]), {-1}),
    "X: simple, inside": (
        "sin(x)", ("x + 1 >=", "x - 1 <="), body("sin(x)", "-1", ["X", "1", 1, "0", 1]),
        {-1, 0, 1},
    ),
    "X: double": (
        "1 - cos(x)", ("x + 1 >=", "x - 1 <="), body("1 - cos(x)", "-1", ["X", "1", 1, "0", 2]),
        {0, 1},
    ),
    "X: at the beginning": ("sin(x)", UNIT, body("sin(x)", "0", ["X", "1", 1, "0", 1]), {0, 1}),
    "X: at the end": ("x - 1", UNIT, body("x - 1", "0", ["X", "1", 1, "1", 1]), {-1, 0}),
    "X: beside it": (
        "sin(x)", ("x >", "x - 1 <="), body("sin(x)", "0", ["X", "1", 1, "0", 1]), {1}
    ),
    "X: and a piece beyond": (
        "x**2", ("x + 1 >=", "x - 2 <="),
        body("x**2", "-1", ["X", "1", 1, "0", 2], ["S", "2", 1]), {0, 1},
    ),
    "X: both sides of it": (
        "x**3", ("x + 1 >=", "x - 1 <=", "x !="), body("x**3", "-1", ["X", "1", 1, "0", 3]),
        {-1, 1},
    ),
    "X: two pieces meet in it": (
        "x**2", ("x + 1 >=", "x - 1 <="),
        body("x**2", "-1", ["X", "0", 1, "0", 2], ["X", "1", 1, "0", 2]), {0, 1},
    ),
    "X: irrational": (
        "x*x - 2", ("x - 1 >=", "x - 2 <=", "x - sqrt(2) <"),
        body("x*x - 2", "1", ["X", "2", 1, "sqrt(2)", 1]), {-1},
    ),
    "T: to the right": ("x - 1", RIGHT, body("x - 1", "2", ["T", None, 1, 1]), {1}),
    "T: to the left": (
        "exp(x) - 1", ("x + 1 <=",), body("exp(x) - 1", None, ["T", "-1", -1, 2]), {-1}
    ),
    "the whole line": (
        "exp(x) + exp(-x) - 1", (),
        body(
            "exp(x) + exp(-x) - 1", None,
            ["T", "-2", 1, 2], ["S", "0", 1], ["S", "2", 1], ["T", None, 1, 1],
        ), {1},
    ),
    "of a term, by normal form": (
        "x**4 + 2*x**2 + 1", ("x**2 - 1 <=", "x**2 >="),
        body("(1 + z)**2", "0", ["S", "1", 1], name="z", of="x**2"), {1},
    ),
    "of a constant": ("exp(1/2) - 1", (), body("exp(x) - 1", "1/3", ["S", "1", 1], of="1/2"), {1}),
}  # fmt: skip


@pytest.mark.parametrize("case", SHOWN)
def test_what_is_shown(case: str) -> None:
    """The signs, no more and no fewer."""
    term, facts, proof, signs = SHOWN[case]
    found = shown(term, facts, proof)
    require(found == frozenset(signs), f"{case}: {found}")


# -- what is not: the case above, where its body is changed, to what, the message -----------------
NO_SIGN = "the sign does not follow on a cell"
SHORT = "the cells do not reach as far as the values"
ENDLESS = "only a tail is without an end"
RANGE = "an integer in range is needed"
NOT_SHOWN: tuple[tuple[str, tuple[str | int, ...], Any, str], ...] = (
    ("S: an enclosure", ("cells",), [], "there are no cells"),
    ("S: an enclosure", ("cells", 0, 2), -1, NO_SIGN),
    ("S: an enclosure", ("cells", 0, 2), 0, "a sign is 1 or -1"),
    ("S: an enclosure", ("cells", 0, 2), 2, RANGE),
    ("S: an enclosure", ("cells", 0, 2), True, RANGE),
    ("S: an enclosure", ("cells", 0, 1), "1/2", SHORT),
    ("S: an enclosure", ("cells", 0, 1), "2", NO_SIGN),
    ("S: an enclosure", ("cells", 0, 1), None, ENDLESS),
    ("S: an enclosure", ("cells", 0, 1), "x", "a rational number is needed"),
    ("S: an enclosure", ("from",), "1/2", SHORT),
    ("S: an enclosure", ("from",), None, ENDLESS),
    ("S: an enclosure", ("from",), "1", "a cell ends where it begins, or before"),
    ("S: an enclosure", ("from",), "2", "a cell ends where it begins, or before"),
    ("S: an enclosure", ("term",), "1 - x/3", "the term is not the function of the cells"),
    ("S: an enclosure", ("term",), "1 - x/2 + y - y", "the function of the cells has another name"),
    ("S: an enclosure", ("term",), "1 - abs(x)/2", "no normal form for ite"),
    ("S: an enclosure", ("of",), "x/2", "the term is not the function of the cells"),
    ("S: an enclosure", ("of",), "x + 0*log(x)", "domain obligation not shown"),
    ("S: an enclosure", ("name",), "z", "the function of the cells has another name"),
    ("S: an enclosure", ("bits",), 31, RANGE),
    ("S: an enclosure", ("bits",), 8193, RANGE),
    ("S: an enclosure", ("order",), 0, RANGE),
    ("S: an enclosure", ("order",), 17, RANGE),
    ("two pieces", ("cells", 0, 1), "3/2", "a cell ends where it begins, or before"),
    ("two pieces", ("cells", 1, 1), "1/4", "a cell ends where it begins, or before"),
    ("two pieces", ("cells", 1, 1), "1/3", "a cell ends where it begins, or before"),
    ("N: rising", ("cells", 0, 3), -1, NO_SIGN),
    ("N: rising", ("cells", 0, 2), -1, NO_SIGN),
    ("N: rising", ("from",), "-1", NO_SIGN),  # at the left end the sign is another
    (
        "N: rising",
        ("term",),
        "exp(x) - 1/2 + floor(x)",
        "the term is not the function of the cells",
    ),
    ("N: falling", ("cells", 0, 3), 0, "a sign is 1 or -1"),
    (
        "N: where g has no enclosure of one sign",
        ("cells", 0, 0),
        "S",
        "a cell has too many entries, or too few",
    ),
    ("N: where g has no enclosure of one sign", ("cells", 0), ["S", "3", 1], NO_SIGN),
    ("V: convex", ("cells", 0, 3), "-1/9", "the tangent does not touch in its cell"),
    ("V: convex", ("cells", 0, 3), "10/9", "the tangent does not touch in its cell"),
    ("V: convex", ("cells", 0, 3), "1", NO_SIGN),  # that tangent falls below 0
    ("V: convex", ("cells", 0, 2), -1, NO_SIGN),
    ("V: concave", ("cells", 0, 2), 1, NO_SIGN),
    ("X: double", ("cells", 0, 2), -1, NO_SIGN),
    ("X: double", ("cells", 0, 4), 0, RANGE),
    ("X: double", ("cells", 0, 4), 1, NO_SIGN),  # g / x changes its sign
    ("X: double", ("cells", 0, 4), 17, RANGE),
    ("X: double", ("cells", 0, 3), "1/2", "a derivative is not shown to vanish"),
    ("X: double", ("cells", 0, 3), "-2", "a zero is not shown to lie in its cell"),
    ("X: double", ("cells", 0, 3), "2", "a zero is not shown to lie in its cell"),
    ("X: double", ("cells", 0, 3), "x", "a zero is given by a constant"),
    ("X: double", ("cells", 0, 3), "log(-1)", "no enclosure on a cell"),
    ("X: double", ("cells", 0, 3), "floor(1/2)", "no jet for this term"),
    (
        "X: irrational",
        ("cells", 0, 3),
        "1.4142135623730950488",
        "a derivative is not shown to vanish",
    ),
    ("X: irrational", ("cells", 0, 4), 2, "a derivative is not shown to vanish"),
    ("T: to the right", ("cells", 0, 3), 0, RANGE),
    ("T: to the right", ("cells", 0, 3), 17, RANGE),
    ("T: to the right", ("cells", 0, 2), -1, NO_SIGN),
    ("T: to the right", ("cells", 0, 1), "9", "a tail has one end"),
    ("T: to the right", ("from",), None, "a tail has one end"),
    ("T: to the right", ("from",), "1/2", "a tail begins too near to 0"),
    ("T: to the right", ("from",), "5/2", SHORT),
    ("T: to the left", ("cells", 0, 1), "-1/2", "a tail begins too near to 0"),
    ("T: to the left", ("cells", 0, 1), "1", "a tail begins too near to 0"),
    ("T: to the left", ("cells", 0, 1), "-2", SHORT),
    ("the whole line", ("cells", 0, 1), None, "a cell follows the one without an end"),
    ("the whole line", ("cells", 1, 1), None, "a cell follows the one without an end"),
    ("the whole line", ("cells", 3, 1), "9", "a tail has one end"),
    ("the whole line", ("cells", 2), ["T", None, 1, 2], "a cell follows the one without an end"),
    ("of a constant", ("from",), "2/3", SHORT),
)


@pytest.mark.parametrize(("case", "place", "change", "message"), NOT_SHOWN)
def test_what_is_not_shown(
    case: str, place: tuple[str | int, ...], change: Any, message: str
) -> None:
    """The one change turns it into a rejection, for the reason that is meant."""
    term, facts, proof, _ = SHOWN[case]
    changed = json.loads(json.dumps(proof))
    inside = changed
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = change
    found = shown(term, facts, changed)
    require(found == message, str(found))


FALSE = (
    ("2 - exp(x)", ["N", "1", 1, -1]),  # falls below 0
    ("exp(x) - 2", ["N", "1", 1, 1]),  # was below 0
    ("exp(x) - 2", ["N", "1", -1, 1]),
    ("(2*x - 1)**2 - 1/9", ["N", "1", 1, 1]),  # above 0 at both ends, but not monotone
    ("1/2 - (2*x - 1)**2", ["V", "1", 1, "1/2"]),  # the tangent is above 0, but above g too
    ("(2*x - 1)**2 - 1/9", ["V", "1", 1, "0"]),  # convex, and below 0 in the middle
    ("(2*x - 1)**2 - 1/9", ["V", "1", 1, "1/2"]),
    ("x - 1/3", ["X", "1", 1, "1/2", 1]),  # another zero
    ("x**2*(x - 1/2)", ["X", "1", 1, "0", 2]),  # and one more
    ("x**2*(x - 1/2)", ["X", "1", -1, "0", 2]),
)


@pytest.mark.parametrize(("term", "row"), FALSE)
def test_what_is_false_is_not_shown(term: str, row: list[Any]) -> None:
    """No kind of cell gives one sign to a function of several, on 0 <= x <= 1."""
    require(isinstance(shown(term, UNIT, body(term, "0", row)), str))


def test_every_kind_is_in_both_tables() -> None:
    """No kind of cell without an example, nor without a rejection."""
    for kind in RULES:
        require(any(c[0] == kind for s in SHOWN.values() for c in s[2]["cells"]), kind)
        require(any(case.startswith(f"{kind}:") for case, *_ in NOT_SHOWN), kind)


# -- where it matters what is defined -------------------------------------------------------------
UNDEFINED = (
    ("sqrt(x) + 1", UNIT, body("sqrt(x) + 1", "0", ["S", "1", 1])),
    ("1/x", UNIT, body("1/x", "0", ["S", "1", 1])),
    ("1 + 0*log(x)", UNIT, body("1 + 0*log(x)", "0", ["S", "1", 1])),
    ("1", ("x + 1 >=", "x - 1 <="), body("x/x", "-1", ["S", "1", 1])),
)


@pytest.mark.parametrize(("term", "facts", "proof"), UNDEFINED)
def test_the_function_is_analytic_on_the_closed_piece(
    term: str, facts: tuple[str, ...], proof: Any
) -> None:
    """An end at which it is not, or a point inside, has no enclosure."""
    require(shown(term, facts, proof) == "no enclosure on a cell")


def test_a_tail_of_another_term_is_defined() -> None:
    """t = 1 has the form of x / x, of which a tail says something only where it is defined."""
    proof = body("(x - 5)/(x - 5)", "2", ["T", None, 1, 2])
    require(shown("1", RIGHT, proof) == "domain obligation not shown")
    proof = body("(x + 5)/(x + 5)", None, ["T", "-2", 1, 2])
    require(shown("1", ("x + 2 <=",), proof) == "domain obligation not shown")
    require(
        shown("1", (*RIGHT, "x - 5 !="), body("(x - 5)/(x - 5)", "9", ["T", None, 1, 2])) == SHORT
    )


def test_a_law_shows_that_a_derivative_vanishes() -> None:
    """cos(pi/2) is 0 by a law; without it no enclosure can tell."""
    term, facts = "cos(x)", ("x - 1 >=", "x - 2 <=", "x - pi/2 <=")
    proof = body(term, "1", ["X", "2", -1, "pi/2", 1])
    require(shown(term, facts, proof) == "a derivative is not shown to vanish")
    known = region(*facts)
    known.rewritten("cos", READER.term("pi/2"), num(0))
    require(cells(known, READER.term(term), proof, READER) == SIGNS[">="])


# -- nothing false --------------------------------------------------------------------------------
ends = st.builds(Q, st.integers(-12, 12), st.sampled_from((1, 2, 3)))


def _true_sign(root: Term, point: Q) -> int | None:
    """The sign at the point; None where it is not known, so also where it is 0."""
    truth = true_coefficients(root, point, 0)
    if truth is None or truth[0][0] <= 0 <= truth[0][1]:
        return None
    return 1 if truth[0][0] > 0 else -1


STEPS = tuple(Q(n, d) for n, d in ((1, 8), (1, 4), (1, 2), (1, 1), (1, 1), (3, 1), (0, 1), (-1, 1)))


@st.composite
def _rows(draw: st.DrawFn, root: Term, begin: Q, zero: Q) -> list[list[Any]]:
    """Cells that have a chance: the signs are mostly those at the end of the piece."""
    rows: list[list[Any]] = []
    for _ in range(draw(st.integers(1, 2))):
        kind = draw(st.sampled_from("SSNVXXT"))
        end = begin + draw(st.sampled_from(STEPS))
        sign = (_true_sign(root, end) or 1) * draw(st.sampled_from((1, 1, 1, 1, 1, -1)))
        rest = {
            "S": [], "N": [draw(st.sampled_from((1, -1)))],
            "V": [str(draw(st.sampled_from((begin, (begin + end) / 2, end))))],
            "X": [str(zero), draw(st.integers(1, 3))], "T": [draw(st.integers(1, 4))],
        }[kind]  # fmt: skip
        rows.append([kind, None if kind == "T" else str(end), sign, *rest])
        if kind == "T":
            break
        begin = end
    return rows


ACCEPTED: Counter[str] = Counter()  # by the kind of cell


@settings(quick, max_examples=400, derandomize=True)
@given(st.data(), random_terms, ends, st.integers(0, 3), st.sampled_from(STEPS))
def _nothing_false(data: st.DataObject, factor: Term, lower: Q, zeros: int, step: Q) -> None:
    zero = lower + step * data.draw(st.integers(0, 4)) / 4
    root = mul(power(add(X, num(-zero)), num(zeros)), factor) if zeros else factor
    rows = data.draw(_rows(root, lower, zero))
    last = lower + 64 if rows[-1][1] is None else Q(rows[-1][1])
    known = Region()
    known.restrict(difference(X, num(lower)), SIGNS[">="])
    if rows[-1][1] is not None:
        known.restrict(difference(X, num(last)), SIGNS["<="])
    text = repr(root)
    try:
        signs = cells(known, READER.term(text), body(text, str(lower), *rows), READER)
    except (Rejected, CannotJudge):
        return
    ACCEPTED.update(row[0] for row in rows)
    for part in range(17):
        truth = _true_sign(root, lower + (last - lower) * part / 16)
        require(truth is None or truth in signs, f"{root}: {rows} say {set(signs)}")


def test_nothing_false_is_shown() -> None:
    """Whatever is accepted agrees with the sign at points of the region; and much is accepted."""
    _nothing_false()
    require(sum(ACCEPTED.values()) >= 40 and len(ACCEPTED) >= 4, str(ACCEPTED))


# -- limits ---------------------------------------------------------------------------------------
SLOWLY: dict[str, tuple[str, dict[str, Any]]] = {
    "thousands of cells at the highest order and precision": (
        "2 + erf(x)*exp(-x)",
        {"rows": [["S", f"{k + 1}/5000", 1] for k in range(5000)], "bits": 8192, "order": 16},
    ),
    "products of a thousand factors": (
        "*".join(["(x + 1)"] * 300),
        {"rows": [["S", f"{k + 1}/2000", 1] for k in range(2000)], "order": 16},
    ),
    "numbers of thousands of digits": (
        " + ".join(f"(x + 2**120)**{k}" for k in range(150, 250)),
        {"rows": [["S", "1/2", 1], ["S", "1", 1]], "order": 16},
    ),
    "a thousand tails": (
        " + ".join(f"atan(x + {k})*(x**2 + {k})" for k in range(2, 9)),
        {"begin": "200", "rows": [["T", None, 1, 16]], "again": 1000},
    ),
    "a thousand times constants at the highest precision": (
        "x + " + " + ".join(f"exp(exp({k}/7))" for k in range(1, 60)),
        {"rows": [["S", "1", 1]], "bits": 8192, "again": 1000},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SLOWLY)
def test_the_work_is_counted(case: str) -> None:
    """What would keep the checker busy for hours is not judged, and soon."""
    text, given_by = SLOWLY[case]
    other = {key: value for key, value in given_by.items() if key in ("bits", "order")}
    proof = body(text, given_by.get("begin", "0"), *given_by["rows"], **other)
    known, begun = region(*(("x - 200 >=",) if "begin" in given_by else UNIT)), perf_counter()
    known.normal_form.generators.spend(4_500_000)
    often = range(given_by.get("again", 1))
    with pytest.raises(CannotJudge, match="too much work"):
        _ = [cells(known, READER.term(text), proof, READER) for _ in often]
    require(perf_counter() - begun < 60)


def test_work_with_constants_is_counted() -> None:
    """Signs that no precision tells are not asked for without end."""
    known, begun = region(*UNIT), perf_counter()
    known.normal_form.generators.spend(4_500_000)
    sums = [f"sin({k} + 1) - sin({k})*cos(1) - cos({k})*sin(1)" for k in range(1, 1000)]
    with pytest.raises(CannotJudge, match="too much work"):
        _ = [known.signs(READER.term(text)) for text in sums]
    require(perf_counter() - begun < 60)


def test_a_product_of_many_factors_has_no_second_derivative() -> None:
    """Of 1,000 factors it is a sum of a million products, which would fill the memory."""
    slope = derivative(mul(*(add(X, num(k)) for k in range(300))), X)
    with pytest.raises(CannotJudge, match="derivative too large"):
        derivative(slope, X)


def test_points_are_evaluated_once() -> None:
    """Neighbouring monotone cells share an end."""
    rows = [["N", f"{k + 1}/50", 1, 1] for k in range(50)]
    begun = perf_counter()
    require(shown("exp(x) - 1/2", UNIT, body("exp(x) - 1/2", "0", *rows)) == {1})
    require(perf_counter() - begun < 60)
