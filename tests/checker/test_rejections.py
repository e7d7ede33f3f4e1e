"""Rejections: for every place of the checker that rejects, a certificate that it rejects there."""

from __future__ import annotations

import copy
import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from symact.checker import check
from symact.checker.__main__ import main
from symact.checker.certificate import MAX_ENTRIES
from tests.checker.suite import (
    CERTIFICATES,
    Site,
    documents,
    rejection,
    rejection_sites,
    restored,
)
from tests.support import require
from tools.certificate_parts import HOLDS, at, cover, join, mean_value, proof

REJECTED = documents("reject")
SITES = rejection_sites()

# Places that no certificate can reach -> why they are there all the same.
UNREACHABLE: dict[Site, str] = {}

SURVIVE = sorted((CERTIFICATES / "survive").glob("*.json"))
CLAIMS = (
    "relu(x) - relu(-x) == x",
    "sqrt(x**4) == x**2 where x > 0",
    "2**n == n**2 where n in Naturals",
    "A @ B == B @ A",
    "stack(n, lambda x: a*x)(x) == a**n*x where n in Naturals",
    "affine(stack(n, dense)) where n in Naturals",
    "strictly_increasing(sigmoid)",
    "continuous(relu)",
    "limit(1/x, x, oo) == 1",
    "integral(x**2, x, 0, 2) == 8/3",
)
SECONDS = 60.0  # for one malformed certificate and all of the claims


@pytest.mark.parametrize("name", REJECTED)
def test_each_is_rejected_for_its_fault(name: str) -> None:
    """The message is the one that the file names."""
    document = REJECTED[name]
    found = rejection(document["claim"], document["certificate"])
    require(found is not None, "not rejected, or not where a message is made")
    require(found is not None and found[0] == document["fault"]["message"], str(found))


@pytest.mark.parametrize("name", REJECTED)
def test_each_differs_from_a_good_one_in_one_place(name: str) -> None:
    """With what was at that place put back, it is accepted."""
    good = restored(REJECTED[name])
    result = check(good["claim"], good["certificate"])
    require(result.outcome == "accept", f"{result.outcome}: {result.message}")


def test_every_place_that_rejects_has_a_certificate() -> None:
    """The places in the sources are those that fire, and those with a reason why they cannot."""
    fired = {r[1] for d in REJECTED.values() if (r := rejection(d["claim"], d["certificate"]))}
    missing = SITES.keys() - fired - UNREACHABLE.keys()
    require(len(SITES) >= 50, "the places that reject were not found")
    require(not missing, "\n".join(f"{s.file}:{s.first} {SITES[s]}" for s in sorted(missing)))
    require(not UNREACHABLE.keys() & fired, "a place is reachable after all")


def test_every_message_is_a_constant() -> None:
    """So that it can be searched for: no message of a rejection is put together."""
    for what in SITES.values():
        if what.startswith("Rejected("):
            require(re.fullmatch(r"Rejected\((['\"])[^'\"{}]*('s [^'\"{}]*)?\1\)", what), what)


def test_an_undone_fault_counts() -> None:
    """The measure can fail: a good certificate is rejected nowhere."""
    good = restored(copy.deepcopy(REJECTED["relation-does-not-follow"]))
    require(rejection(good["claim"], good["certificate"]) is None)


# -- malformed input ------------------------------------------------------------------------------
def _code(claim: str, path: Path, folder: Path) -> int:
    """The exit code of `python -m symact.checker` for a claim and a certificate file."""
    file = folder / "claim.txt"
    file.write_text(claim, encoding="utf-8")
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return main([str(file), str(path)])


def _values(path: Path) -> list[Any]:
    """The JSON value in the file; none in a file that is not JSON, as the command will say."""
    with suppress(ValueError, RecursionError):
        return [json.loads(path.read_text(encoding="utf-8"))]
    return []


@pytest.mark.parametrize("path", SURVIVE, ids=lambda path: path.stem)
def test_malformed_certificates_are_survived(path: Path, tmp_path: Path) -> None:
    """Rejected, not judged or unreadable, for every claim, soon; never accepted, never a crash."""
    _require_survived(path, tmp_path)


def test_a_certificate_with_thousands_of_cuts_is_survived(tmp_path: Path) -> None:
    """As many as a list may have, each with its pieces and proofs: half a megabyte."""
    numbers = range(MAX_ENTRIES)
    step = mean_value(
        "sigmoid",
        **cover(*map(str, numbers)),
        joins=[join() for _ in numbers],
        lower="0",
        slopes=[{"lower": HOLDS} for _ in range(MAX_ENTRIES + 1)],
    )
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(proof(step, inhabitant=at(x="0", y="1"))), encoding="utf-8")
    _require_survived(path, tmp_path)


def _require_survived(path: Path, tmp_path: Path) -> None:
    begun = perf_counter()
    for certificate in _values(path):
        outcomes = [check(claim, certificate).outcome for claim in CLAIMS]
        require("accept" not in outcomes, str(outcomes))
    codes = [_code(claim, path, tmp_path) for claim in CLAIMS]
    require(all(code in (1, 2, 3) for code in codes), str(codes))
    require(perf_counter() - begun < SECONDS, f"took {perf_counter() - begun:.1f} s")


def test_no_malformed_certificate_is_lost() -> None:
    """The number of files is known."""
    require(len(SURVIVE) == 172, str(len(SURVIVE)))


# In the place of any value of a certificate: other types, and values at the limits of types.
WRONG: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**40, 0.5, float("nan"), float("inf"), "", "x", "1/0", "\x00",
    "(" * 100, "9**9**9", "'1", "A @ A", "relu", "diff(x, x)", "sqrt(x - x)", [], {}, [[]],
    [[], []], {"": {}}, [None] * 3,
)  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "split-relu", "witness-natural", "law-exp", "range-of-sin", "slope-of-relu",
        "limit-from-the-right", "integral-to-infinity", "range-of-relu", "turning-point",
    ],
)  # fmt: skip
def test_every_wrong_value_in_every_place_is_survived(name: str) -> None:
    """The checker answers; only what means the same is accepted."""
    document = documents("accept")[name]
    text = json.dumps(document["certificate"])
    for place in _places(document["certificate"]):
        for wrong in WRONG:
            certificate = json.loads(text)
            inside = certificate
            for step in place[:-1]:
                inside = inside[step]
            inside[place[-1]] = wrong
            result = check(document["claim"], certificate)
            require(result.outcome != "accept" or result.verdict == document["verdict"], str(place))


def _places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths to every value inside a JSON value."""
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    found = [(*path, step) for step, _ in inside]
    return found + [place for step, below in inside for place in _places(below, (*path, step))]
