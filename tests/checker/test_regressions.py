"""Certificates that an earlier checker accepted for a wrong verdict: none may be accepted again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symact.checker import check
from symact.prover import decide
from tests.support import require

FOLDER = Path(__file__).parents[1] / "certificates" / "regressions"
FILES = sorted(FOLDER.glob("*.json"))
# Claims whose wrong verdicts were found by reading, with what they are.
TRUTHS = {
    "diff((lambda y: diff(x*y, x))(x), x) == 0": "refuted",
    "(lambda x: 1)(log(y)) == 1": "refuted",
    "[1, log(x)][0] == 1": "refuted",
    "series(exp(x), x, 1/y, 0) == 0": "refuted",
    "x**2**2 == x**4": "proved",
    "(lambda n: x**(n-1))(3) == x**2": "proved",
    "b**n >= 0 where n in Naturals, n == 2*m": "refuted",
    "sqrt(x - x) + 1 > 0": "proved",
    "x == x where x in Interval(oo, -oo)": "error",
    "diff(asin(x), x) == 1/sqrt(1 - x**2) where -1 <= x <= 1": "refuted",
    "diff(sqrt(x**4), x) == 2*x": "undecided",
    "log(diff(sqrt(x**4), x, 2)) == log(2)": "undecided",
    "piecewise((1, diff(sqrt(x**4), x, 2) > 0), (1/0, True)) == 1": "undecided",
    "(lambda x: diff(5, x))(log(y)) == 0": "refuted",
    "additive(lambda t: t**2, on=Interval(0, x))": "refuted",
    "x != 0 where diff(piecewise((x**2*log(x), x > 0), (0, True)), x) == 0": "undecided",
    "additive(floor, on=Integers)": "undecided",
    "x**(1/3) >= 0 where x >= 0": "undecided",
}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_no_wrong_certificate_is_accepted_again(file: Path) -> None:
    """Each file holds a certificate that once slipped through."""
    bundle = json.loads(file.read_text(encoding="utf-8"))
    result = check(bundle["claim"], bundle["certificate"])
    require(result.outcome != "accept", f"{file.stem}: {result}")


@pytest.mark.parametrize("claim", TRUTHS)
def test_verdicts_that_were_once_wrong(claim: str) -> None:
    """The claims behind those certificates get the verdict they deserve."""
    verdict = decide(claim, 4)
    require(verdict.outcome == TRUTHS[claim], f"{claim}: {verdict}")


def test_the_files_are_all_there() -> None:
    """A collector that shrinks silently would pass."""
    require(len(FILES) >= 20, f"{len(FILES)} files")
