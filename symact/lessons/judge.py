"""Holds the verdicts on a block's steps against what its author expects.

Above: cli. Below: `collect`, render's `Judged`, verdicts.
"""

from __future__ import annotations

from collections.abc import Sequence

from symact.lessons.collect import Block
from symact.render.report import Judged
from symact.verdicts import Outcome, Verdict

WORST_FIRST: tuple[Outcome, ...] = ("error", "refuted", "undecided")


def outcome_of(verdicts: Sequence[Verdict]) -> Outcome:
    """A derivation's outcome: error, refuted or undecided if any step is, in this order, else
    proved; never fails.
    """
    outcomes = {verdict.outcome for verdict in verdicts}
    return next((outcome for outcome in WORST_FIRST if outcome in outcomes), "proved")


def hold_against(block: Block, verdicts: Sequence[Verdict]) -> list[Judged]:
    """Each step of `block` with its verdict, and whether that is as expected.

    In a block that is to be proved each step must be; one that is to be refuted or undecided has to
    be so as a whole, and when it is not, the steps that made it otherwise are at fault.
    Fails with ValueError when there are not as many verdicts as steps.
    """
    outcome = outcome_of(verdicts)
    at_fault = {outcome} if block.expected != "proved" else set(WORST_FIRST)
    return [
        Judged(
            verdict,
            place=f"{block.file}:{step.line}",
            expected=block.expected,
            ok=outcome == block.expected or verdict.outcome not in at_fault,
        )
        for step, verdict in zip(block.steps, verdicts, strict=True)
    ]
