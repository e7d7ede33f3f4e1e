"""Many claims through the prover, in several processes; what is counted, and what is wrong.

Above: `__main__`, tests. Below: `families`, `judge`.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from symact.prover.decide import decide
from symact.runner.worker import DEFAULT_MEMORY, prepare
from tests.soundness.families import claim
from tests.soundness.judge import DECIDED, Decide, Judged, Late, judged

CHUNK = 25  # claims for one message to a process
TIMEOUT = 0.1  # seconds for a claim: most verdicts take less, and nothing is lost but verdicts
PATIENT = 8  # times as many for each claim whose number ends in 0, so that slow proofs are met too


@dataclass
class Tally:
    """What has been counted.

    rows      (family, truth, outcome) -> claims
    deciding  outcome -> seconds spent on it; `looking`: for points and at witnesses
    witnesses what became of the witnesses of verdicts
    unread    claims at which no points were tried
    wrong     every claim with a wrong verdict
    faults    every claim made wrongly, or at which looking failed
    crashes   every claim at which deciding raised
    undecided every undecided claim; `decided`: every other one
    """

    rows: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    deciding: dict[str, float] = field(default_factory=dict)
    looking: float = 0.0
    witnesses: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    wrong: list[Judged] = field(default_factory=list)
    faults: list[Judged] = field(default_factory=list)
    crashes: list[Judged] = field(default_factory=list)
    undecided: list[Judged] = field(default_factory=list)
    decided: list[Judged] = field(default_factory=list)

    def add(self, found: Judged) -> None:
        """Counts one claim."""
        family = found.claim.family
        self.rows[family, found.truth, found.outcome] += 1
        self.deciding[found.outcome] = self.deciding.get(found.outcome, 0.0) + found.seconds
        self.looking += found.looking
        if found.witness:
            self.witnesses[found.witness] += 1
        if not found.looked:
            self.unread[family] += 1
        if found.problem:
            self._list_of(found).append(found)
        (self.decided if found.outcome in DECIDED else self.undecided).append(found)

    def _list_of(self, found: Judged) -> list[Judged]:
        """Where a claim with a problem belongs."""
        if found.is_crash:
            return self.crashes
        return self.faults if found.is_fault else self.wrong

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong, neither with a verdict nor with a claim."""
        return not (self.wrong or self.crashes or self.faults)

    def total(self) -> int:
        """The claims counted."""
        return self.rows.total()


def numbers(seed: int, count: int, start: int = 0) -> Iterator[str]:
    """The numbers of the claims of a run."""
    return (f"{seed}/{index}" for index in range(start, start + count))


def judge_all(
    chosen: Iterable[str],
    decide: Decide = decide,
    timeout: float = TIMEOUT,
    family: str = "",
    *,
    alarm: bool = False,
    patient: int = 1,
) -> list[Judged]:
    """The claims of these numbers, one after the other.

    alarm    whether to give up on decisions that are far beyond their time
    patient  how many times the time is given to every tenth claim
    """
    return [
        judged(
            claim(number, family),
            decide,
            timeout * (patient if number.endswith("0") else 1),
            alarm=alarm,
        )
        for number in chosen
    ]


def run(
    chosen: Sequence[str],
    jobs: int = 1,
    *,
    decide: Decide = decide,
    timeout: float = TIMEOUT,
    family: str = "",
    watch: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Judges the claims of these numbers; the same verdicts for any number of jobs, time apart.

    watch  is called with what has been counted, after every chunk
    Fails with BrokenProcessPool when a process dies.
    """
    tally = Tally()
    chunks = [chosen[i : i + CHUNK] for i in range(0, len(chosen), CHUNK)]
    task = partial(
        judge_all, decide=decide, timeout=timeout, family=family, alarm=True, patient=PATIENT
    )
    with ProcessPoolExecutor(jobs, initializer=_prepared) as pool:
        for chunk in pool.map(task, chunks):
            for found in chunk:
                tally.add(found)
            watch(tally)
    return tally


def _prepared() -> None:
    """Readies a process: polite, bounded in memory, silent about alarms that were lost."""
    os.nice(5)
    prepare(DEFAULT_MEMORY, None)
    sys.unraisablehook = _unless_late


def _unless_late(lost: Any) -> None:
    if not isinstance(lost.exc_value, Late):
        sys.__unraisablehook__(lost)
