"""The claims of the suite, and a slice of the fuzzer, through parser and catalogue."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from symact.catalog import catalogue
from symact.language.errors import ClaimError
from symact.language.parser import parse_block, parse_claim
from symact.language.printer import print_claim
from symact.language.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["true", "false"])
def test_every_claim_of_the_suite_is_read_and_comes_back(name: str) -> None:
    """Each line is a claim whose print is the same claim, and a block of one."""
    lines = (ROOT / "tests" / "claims" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    claims = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(claims) >= 150
    for line in claims:
        claim = parse_claim(line, catalogue())
        assert parse_claim(print_claim(claim), catalogue()) == claim
        ((_, text, alone),) = parse_block(line, catalogue())
        assert parse_claim(text, catalogue()) == alone == claim


def _fuzzer() -> ModuleType:
    """The module of the documented command."""
    spec = importlib.util.spec_from_file_location("fuzz_parser", ROOT / "tools" / "fuzz_parser.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


FUZZER = _fuzzer()


def test_a_slice_of_the_fuzzer() -> None:
    """Claims and errors, nothing else; a good part are claims, so that printing is tried too."""
    tally = FUZZER.run(3_000, seed=20, vocabulary=catalogue())
    assert tally.outcomes.total() == 3_000
    assert tally.outcomes["claim"] > 100
    assert tally.outcomes["error"] > 1_000


def test_the_fuzzer_throws_the_same_inputs_for_the_same_seed() -> None:
    """A failure can be repeated."""
    first, again = FUZZER.inputs(7), FUZZER.inputs(7)
    assert [next(first) for _ in range(50)] == [next(again) for _ in range(50)]


class Broken:
    """A catalogue that fails: stands for any parser that lets another exception through."""

    def lookup(self, name: str) -> None:
        raise OSError(name)

    def knows(self, name: str) -> bool:
        raise OSError(name)

    def names(self) -> list[str]:
        raise OSError


def test_the_fuzzer_notices_other_exceptions() -> None:
    """An exception that is no ClaimError is a failure."""
    broken: Vocabulary = Broken()
    with pytest.raises(FUZZER.Failure, match="OSError"):
        FUZZER.run(100, seed=0, vocabulary=broken)


def test_the_fuzzer_notices_slowness(monkeypatch: pytest.MonkeyPatch) -> None:
    """An input over the bound is a failure."""
    monkeypatch.setattr(FUZZER, "BOUND", 0.0)
    with pytest.raises(FUZZER.Failure, match="ms for"):
        FUZZER.run(100, seed=0, vocabulary=catalogue())


def test_the_fuzzer_notices_wrong_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that points outside the text is a failure."""

    def astray(text: str, _: Vocabulary) -> None:
        raise ClaimError("astray", 1, len(text) + 2)

    monkeypatch.setattr(FUZZER, "parse_claim", astray)
    with pytest.raises(FUZZER.Failure, match="outside"):
        FUZZER.run(100, seed=0, vocabulary=catalogue())


def test_the_fuzzer_notices_wrong_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """A print that reads back as another claim is a failure."""
    monkeypatch.setattr(FUZZER, "print_claim", lambda _: "x == 0")
    with pytest.raises(FUZZER.Failure, match="another claim"):
        FUZZER.run(1_000, seed=0, vocabulary=catalogue())
