"""One claim, one verdict, and what speaks against it.

Above: `run`. Below: `search`, `witnesses`.
"""

from __future__ import annotations

import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from tests.soundness.goals import Statement
from tests.soundness.lists import Unreadable
from tests.soundness.search import Search
from tests.soundness.statements import read
from tests.soundness.witnesses import confirmed

Decide = Callable[[str, float | None], Any]
Truth = str
TRUE, FALSE, OPEN, VACUOUS = "true", "false", "open", "vacuous"
LATE = 8  # a verdict that takes so many times its time, and a second, is late: it is given up
MADE_WRONGLY, LOOKED_WRONGLY, NO_CLAIM = "made as", "looking failed", "no claim"
FAULTS = (MADE_WRONGLY, LOOKED_WRONGLY, NO_CLAIM)
AGAIN = 0.2  # seconds until the alarm rings again
DECIDED = ("proved", "refuted")


@dataclass(frozen=True)
class Claim:
    """A claim, what its maker knows about it, and where it comes from.

    truth   "true", "false", "open", or "vacuous" when no point satisfies its conditions
    errors  whether it may be no claim at all (changed texts)
    """

    text: str
    truth: Truth
    family: str
    number: str = ""
    errors: bool = False


@dataclass(frozen=True)
class Judged:
    """A verdict beside the truth.

    truth    what is known now: a point at which the claim fails makes an open one false
    problem  why the verdict (or the maker of the claim) is wrong; "" when nothing speaks against it
    looked   whether points were tried
    witness  "confirmed", "not confirmed", "not read" or "" when there is none
    seconds  spent on deciding, and `looking` for points
    place    where deciding crashed or was late
    """

    claim: Claim
    outcome: str
    truth: Truth
    problem: str = ""
    looked: bool = True
    witness: str = ""
    seconds: float = 0.0
    looking: float = 0.0
    place: str = ""

    @property
    def is_crash(self) -> bool:
        """Whether deciding raised, which it never may; that is no wrong verdict yet."""
        return self.outcome == "crash"

    @property
    def is_fault(self) -> bool:
        """Whether the problem is the claim's maker's or this machine's, not the verdict's."""
        return self.problem.startswith(FAULTS)


class Late(Exception):
    """Raised in a decision that goes on and on; says where that was."""


def judged(claim: Claim, decide: Decide, timeout: float, *, alarm: bool = False) -> Judged:
    """The verdict on the claim, compared with everything that is known.

    alarm  whether to give up on a decision that takes LATE times its time; in a main thread only
    """
    begun = time.perf_counter()
    try:
        with _bounded(timeout * LATE + 1) if alarm else nullcontext():
            verdict = decide(claim.text, timeout)
        outcome, witness, reason = verdict.outcome, verdict.witness, verdict.reason
    except Late as late:
        outcome, witness, reason = "late", None, str(late)
    except Exception as crash:  # whatever it is, it is what is looked for
        outcome, witness, reason = "crash", None, _crash(crash)
    seconds = time.perf_counter() - begun
    statement, truth, state = None, claim.truth, ""
    try:
        statement = _read(claim.text)
        truth, conflict = _truth(claim, statement)
        state = _witness(statement, witness) if outcome in DECIDED and witness else ""
        problem = conflict or _problem(claim, outcome, truth, state, reason)
    except Exception as fault:  # a fault of this machine must neither stop a run nor be overlooked
        problem = f"{LOOKED_WRONGLY}: {_crash(fault)}"
    looking = time.perf_counter() - begun - seconds
    looked = statement is not None
    place = reason if outcome in ("crash", "late") else ""
    return Judged(claim, outcome, truth, problem, looked, state, seconds, looking, place)


def _told(frames: traceback.StackSummary) -> str:
    """The innermost of the frames that is ours."""
    ours = [f for f in frames if f"{os.sep}symact{os.sep}" in f.filename]
    ours = ours or [f for f in frames if f"{os.sep}soundness{os.sep}" in f.filename] or frames
    path = Path(ours[-1].filename)
    return f"{path.parent.name}/{path.name}:{ours[-1].lineno}"


def _crash(crash: Exception) -> str:
    """The exception and where it was raised."""
    return f"{crash!r} at {_told(traceback.extract_tb(crash.__traceback__))}"


def _read(text: str) -> Statement | None:
    try:
        return read(text)
    except Unreadable:
        return None


def _truth(claim: Claim, statement: Statement | None) -> tuple[Truth, str]:
    """(what is known after looking, why the maker of the claim is wrong)."""
    if statement is None or claim.truth == VACUOUS:
        return claim.truth, ""
    try:
        point = Search(statement, random.Random(claim.text)).failure()
    except Unreadable:
        point = None
    if point is None:
        return claim.truth, ""
    found = TRUE if statement.negated else FALSE
    if claim.truth not in (OPEN, found):
        return (
            claim.truth,
            f"{MADE_WRONGLY} {claim.truth}, but the statement fails at {shown(point)}",
        )
    return found, ""


def shown(point: dict[str, Any]) -> str:
    """A point in words."""
    return ", ".join(f"{name} = {value}" for name, value in point.items()) or "every point"


def _witness(statement: Statement | None, witness: Any) -> str:
    """What became of the witness."""
    if statement is None or not isinstance(witness, dict):
        return "not read"
    try:
        found = confirmed(statement, witness)
    except Unreadable:
        return "not read"
    return "not confirmed" if found is None else "confirmed" if found else "contradicted"


def _problem(claim: Claim, outcome: str, truth: Truth, witness: str, reason: str) -> str:
    if outcome == "crash":
        return reason
    if outcome == "error":
        return "" if claim.errors or truth == VACUOUS else f"{NO_CLAIM}: {reason}"
    if outcome not in DECIDED:
        return ""
    if witness == "contradicted":
        return f"{outcome} by a witness that is none"
    if truth == VACUOUS:
        return f"{outcome}, but no point satisfies the conditions"
    if truth not in (OPEN, {"proved": TRUE, "refuted": FALSE}[outcome]):
        return f"{outcome}, but {truth}"
    return ""


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """Raises Late in the main thread after so many seconds; where there are signals only.

    Raises it again and again: now and then an exception is lost in a callback of the interpreter.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(_: int, frame: FrameType | None) -> None:
        raise Late(_told(traceback.extract_stack(frame)))

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
