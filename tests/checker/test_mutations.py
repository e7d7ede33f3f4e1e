"""A seeded slice of the mutation run (tools/mutate_certificates.py), and that the run can fail."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from symact.checker import Result, check
from symact.checker.region import Region
from tests.checker.suite import ROOT
from tests.support import require


def _tool() -> ModuleType:
    """The module of the documented command."""
    path = ROOT / "tools" / "mutate_certificates.py"
    spec = importlib.util.spec_from_file_location("mutate_certificates", path)
    require(spec is not None and spec.loader is not None)
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    sys.modules["mutate_certificates"] = module
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    return module


TOOL = _tool()
SOURCES = TOOL.sources()


@pytest.mark.parametrize("part", range(6))
def test_no_mutant_of_the_slice_is_wrongly_accepted(part: int) -> None:
    """250 mutants each; both accepted and rejected ones are among them."""
    tally = TOOL.run_chunk(SOURCES, f"slice/{part}", 250)
    require(not tally.failures, "\n".join(tally.failures))
    require(tally.outcomes.total() == 250)
    require(tally.outcomes["reject"] > 80, str(tally.outcomes))
    require(tally.outcomes["accepted: another true claim"] > 0, str(tally.outcomes))
    require(tally.slowest < 10, tally.slowest_mutant)


def _believing(text: str, certificate: Any) -> Result:
    """Accepts everything that is a claim, as what its kind says."""
    honest = check(text, certificate)
    refuted = certificate.get("kind") == "witness"
    return Result("accept", "refuted" if refuted else "proved", "", honest.statement)


def _without(function: str, replacement: Callable[..., Any]) -> Callable[[str, Any], Result]:
    """The checker with one method of its regions out of order."""

    def broken(text: str, certificate: Any) -> Result:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Region, function, replacement)
            return check(text, certificate)

    return broken


BROKEN: dict[str, Callable[[str, Any], Result]] = {
    "believes everything": _believing,
    "asks for no domains": _without("require_defined", lambda *_: None),
    "takes every sign as shown": _without("holds", lambda *_: True),
    "takes every region as empty": _without("is_empty", lambda *_: True),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_checker_is_found_out(name: str) -> None:
    """The run fails for a checker with a hole in it."""
    failures = []
    for part in range(15):
        failures += TOOL.run_chunk(SOURCES, f"broken/{part}", 100, BROKEN[name]).failures
        if failures:
            break
    require(any(line.startswith("FALSE") for line in failures), f"nothing found: {name}")


def test_a_crash_is_a_failure() -> None:
    """Another exception than the parser's counts as a failure, with the mutant that did it."""

    def crashing(text: str, _certificate: Any) -> Result:
        raise KeyError(text)

    tally = TOOL.run_chunk(SOURCES, "crash", 5, crashing)
    require(len(tally.failures) == 5 and "KeyError" in tally.failures[0], str(tally.failures))


def test_the_same_seed_makes_the_same_mutants() -> None:
    """A failure can be repeated."""

    def first() -> list[tuple[str, Any]]:
        chance = random.Random("seed")
        return [TOOL.mutant(chance.choice(SOURCES), chance) for _ in range(60)]

    require(json.dumps(first()) == json.dumps(first()))


FALSE = {
    "x == x + 1": "proved",
    "sqrt(x)**2 == x": "proved",
    "not tanh(x) == 2*sigmoid(2*x) - 1": "proved",
    "2**n < 100 where n in Naturals": "proved",
    "A @ B == B @ A": "proved",
    "stack(n, lambda x: a*x)(x) == a*x where n in Naturals": "proved",
    "sin(x) < 1": "proved",
}


@pytest.mark.parametrize("claim", FALSE)
def test_a_false_claim_is_contradicted(claim: str) -> None:
    """By a sample point, whoever accepted it."""
    body = {"values": {"x": "0"}, "relation": 0, "laws": []}
    chance = random.Random(0)
    found = TOOL.contradiction(claim, FALSE[claim], {"kind": "witness", "body": body}, chance)
    require(found is not None)


def test_a_true_claim_is_not_contradicted() -> None:
    """The comparison does not cry wolf."""
    for claim in ("relu(x) >= 0", "sqrt(x)**2 == x where x >= 0", "A @ (B @ C) == (A @ B) @ C"):
        require(TOOL.contradiction(claim, "proved", {}, random.Random(0)) is None, claim)
