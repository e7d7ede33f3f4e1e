"""Holding verdicts against expectations: which steps are as expected, and which are at fault."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from symact.lessons.collect import Block, Expectation, Step
from symact.lessons.judge import hold_against, outcome_of
from symact.verdicts import Outcome, Verdict

WORDS: dict[str, Outcome] = {
    "p": "proved",
    "r": "refuted",
    "u": "undecided",
    "e": "error",
}

# outcomes of a block's steps, the outcome of the block
WHOLE = [
    ("p", "proved"),
    ("pp", "proved"),
    ("pr", "refuted"),
    ("ur", "refuted"),
    ("pu", "undecided"),
    ("re", "error"),
]

# what the fence says, outcomes of the steps, and for each step whether it is as expected (+) or at
# fault (-)
EXPECTED = [
    ("proved", "p", "+"),
    ("proved", "ppp", "+++"),
    ("proved", "prp", "+-+"),
    ("proved", "pur", "+--"),
    ("proved", "e", "-"),
    ("refuted", "r", "+"),
    ("refuted", "prp", "+++"),
    ("refuted", "pru", "+++"),
    ("refuted", "pp", "--"),
    ("refuted", "pu", "+-"),
    ("refuted", "re", "+-"),
    ("undecided", "u", "+"),
    ("undecided", "pu", "++"),
    ("undecided", "p", "-"),
    ("undecided", "ur", "+-"),
    ("undecided", "e", "-"),
]


def verdicts(letters: str) -> list[Verdict]:
    """A verdict for each letter."""
    return [Verdict(f"claim {index}", WORDS[letter]) for index, letter in enumerate(letters)]


@pytest.mark.parametrize(("letters", "outcome"), WHOLE)
def test_a_derivation_is_as_good_as_its_worst_step(letters: str, outcome: str) -> None:
    """One error, refuted or undecided step makes the whole derivation so."""
    assert outcome_of(verdicts(letters)) == outcome


@pytest.mark.parametrize(("expected", "letters", "marks"), EXPECTED)
def test_steps_are_held_against_the_fence(expected: str, letters: str, marks: str) -> None:
    """Each step knows its place, and whether it is at fault."""
    steps = tuple(Step(11 + index, f"claim {index}") for index in range(len(letters)))
    block = Block(Path("a.md"), 10, cast("Expectation", expected), steps)
    judged = hold_against(block, verdicts(letters))
    assert "".join("+" if each.ok else "-" for each in judged) == marks
    assert [each.place for each in judged] == [f"a.md:{step.line}" for step in steps]
    assert {each.expected for each in judged} == {expected}


def test_a_verdict_too_few_is_an_error() -> None:
    """A step without a verdict is not passed over."""
    block = Block(Path("a.md"), 1, "proved", (Step(2, "a"), Step(3, "b")))
    with pytest.raises(ValueError, match="shorter"):
        hold_against(block, verdicts("p"))
