"""What the README shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symact.catalog import catalogue
from symact.language.parser import parse_term
from symact.prover import decide

README = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)` \| (proved|refuted|undecided)", README, re.MULTILINE)
SHOWN = re.findall(r"^(proved|refuted) +(.+?)   \[(.*?); float64", README, re.MULTILINE)
DEFINITION = re.search(r'definition = "(.+)"', README)


@pytest.mark.parametrize(("claim", "outcome"), ROWS, ids=[c for c, _ in ROWS])
def test_the_table_of_claims(claim: str, outcome: str) -> None:
    """Each row has the verdict that it says."""
    assert decide(claim, 10).outcome == outcome


@pytest.mark.parametrize(("outcome", "claim", "reason"), SHOWN, ids=[c for _, c, _ in SHOWN])
def test_the_console_example(outcome: str, claim: str, reason: str) -> None:
    """The output shown has the verdict, the witness and the reason of today."""
    verdict = decide(claim, 10)
    said = [f"{x} = {v}" for x, v in (verdict.witness or {}).items()]
    assert verdict.outcome == outcome
    assert reason == "; ".join([f"at {s}" for s in said] + [verdict.reason])


def test_the_example_file_is_the_one_shipped() -> None:
    """The TOML shown defines the shipped activation of that name."""
    found = catalogue().lookup("swish")
    assert DEFINITION is not None
    assert found is not None
    assert parse_term(DEFINITION.group(1), catalogue()) is found.body


def test_nothing_shrank() -> None:
    """The patterns above still find what they are about."""
    assert (len(ROWS), len(SHOWN)) == (17, 2)
