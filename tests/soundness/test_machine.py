"""A seeded slice of the soundness run (python -m tests.soundness), and that the run can fail."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from symact.prover.decide import decide
from symact.verdicts import Verdict
from tests.soundness.__main__ import main
from tests.soundness.families import FAMILIES, claim
from tests.soundness.judge import Judged, judged
from tests.soundness.report import report, shown
from tests.soundness.run import Tally, judge_all, numbers
from tests.support import require

PARTS, EACH = 4, 40  # claims of the slice
TIMEOUT = 0.15
PATIENCE = 60  # claims after which a broken prover must have been noticed


def _tally(found: list[Judged]) -> Tally:
    tally = Tally()
    for one in found:
        tally.add(one)
    return tally


@pytest.mark.parametrize("part", range(PARTS))
def test_no_verdict_of_the_slice_is_wrong(part: int) -> None:
    """Every verdict agrees with the truth, and both kinds of verdict are among them."""
    tally = _tally(judge_all(numbers(2, EACH, part * EACH), timeout=TIMEOUT))
    require(not tally.wrong, "\n".join(map(shown, tally.wrong)))
    require(not tally.crashes, "\n".join(map(shown, tally.crashes)))
    require(not tally.faults, "\n".join(map(shown, tally.faults)))
    outcomes = [outcome for (_, _, outcome), n in tally.rows.items() for _ in range(n)]
    require(tally.total() == EACH)
    require(outcomes.count("proved") >= EACH // 10)
    require(outcomes.count("refuted") >= EACH // 10)
    require(tally.unread.total() <= EACH // 10)


# -- provers that are wrong -----------------------------------------------------------------------
Stub = Callable[[str, float | None], Verdict]


def _always(outcome: str, witness: dict[str, str] | None = None) -> Stub:
    words: dict[str, Any] = {"outcome": outcome, "witness": witness}
    return lambda text, _: replace(Verdict(text, "undecided"), **words)


def _flipped(text: str, timeout: float | None) -> Verdict:
    found = decide(text, timeout)
    if found.outcome == "proved":
        return replace(found, outcome="refuted", witness=None)
    if found.outcome == "refuted":
        return replace(found, outcome="proved", witness=None)
    return found


def _reading(change: Callable[[str], str]) -> Stub:
    """A prover that decides something else than what it was asked."""
    return lambda text, timeout: replace(decide(change(text), timeout), claim=text)


def _believing(sign: str) -> Stub:
    """A prover that takes every undecided claim with this sign in its reason for proved."""

    def stub(text: str, timeout: float | None) -> Verdict:
        found = decide(text, timeout)
        if found.outcome in ("undecided", "refuted") and sign in found.reason:
            return replace(found, outcome="proved", witness=None)
        return found

    return stub


def _moved(text: str, timeout: float | None) -> Verdict:
    """Refutes with a witness that is one too large."""
    found = decide(text, timeout)
    moved = {x: f"({value}) + 1" for x, value in (found.witness or {}).items()}
    return replace(found, witness=moved or None)


def _raising(text: str, timeout: float | None) -> Verdict:
    raise ZeroDivisionError(text, timeout)


BROKEN: dict[str, tuple[Stub, str]] = {
    "all is proved": (_always("proved"), ""),
    "all is refuted": (_always("refuted"), ""),
    "all is refuted at 0": (_always("refuted", {"x": "0", "y": "1", "t": "1/2"}), ""),
    "verdicts exchanged": (_flipped, ""),
    "witness moved": (_moved, "tight.least_value"),
    "strict taken for not strict": (
        _reading(lambda text: re.sub(r" ([<>]) ", r" \1= ", text)), "polynomials.form"),
    "conditions forgotten": (
        _reading(lambda text: text.partition(" where ")[0]), "identities.undefined"),
    "a condition sharpened": (
        _reading(lambda text: text.replace(">=", ">").replace("<=", "<")), "conditions.implied"),
    "not overlooked": (_reading(lambda text: text.removeprefix("not ")), "numbers.near_integers"),
    "small numbers rounded off": (
        _reading(lambda text: re.sub(r"1e-\d\d", "0", text)), "identities.moved"),
    "numbers rounded to six places": (
        _reading(lambda text: re.sub(r"(\.\d{6})\d+", r"\1", text)), "numbers.rounded"),
    "undefined taken for equal": (_believing("no value there"), "identities.undefined"),
    "nothing satisfies, so proved": (_believing("no point found"), "conditions.vacuous"),
    "not found, so proved": (_believing("no counterexample"), "lines.least"),
    "a crash": (_raising, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_prover_is_noticed(name: str) -> None:
    """At most PATIENCE claims of the family that aims at the fault."""
    stub, family = BROKEN[name]
    found = (judged(claim(n, family), stub, 0.1) for n in numbers(3, PATIENCE))
    require(any(one.problem for one in found))


@pytest.mark.parametrize("outcome", ["proved", "refuted"])
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_notices_a_constant_prover(family: str, outcome: str) -> None:
    """No family is made of one kind of claim only, or of claims that nothing speaks against."""
    found = (judged(claim(n, family), _always(outcome), 1.0) for n in numbers(4, PATIENCE))
    require(any(one.problem for one in found))


def test_the_command_fails_on_a_wrong_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1, with claim, number and verdict; 0 where nothing is wrong."""
    arguments = ["--count", "30", "--jobs", "1", "--family", "numbers.exact"]
    require(main(arguments) == 0)
    require("wrong verdicts: 0" in capsys.readouterr().out)

    def wrong(chosen: Any, jobs: int, **options: Any) -> Tally:
        require(jobs == 1)
        return _tally(judge_all(chosen, _flipped, 1.0, options["family"]))

    monkeypatch.setattr("tests.soundness.__main__.run", wrong)
    require(main(arguments) == 1)
    said = capsys.readouterr().out
    require("0/0 numbers.exact" in said or "0/1 numbers.exact" in said)


def test_a_report_names_everything() -> None:
    """Truths, outcomes, families, shares."""
    said = report(_tally(judge_all(numbers(5, 12), _always("undecided"), 1.0)), 3.0)
    for words in ("12 claims in 3 s, 4.0 a second", "undecided: 100.0 %", "wrong verdicts: 0"):
        require(words in said, said)
