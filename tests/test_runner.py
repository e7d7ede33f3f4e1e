"""The batch runner: order, bounds, and one claim's trouble staying its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from symact.runner import Bounds, judge_all
from symact.runner.batch import WINDOW
from symact.runner.pool import BoundedPool
from symact.runner.worker import SOFT_SHARE
from symact.verdicts import Verdict
from tests import fakes

ROOT = Path(__file__).parent.parent
BOUNDS = Bounds(seconds=0.7, memory=1024**3)


def judged(claims: list[str], workers: int = 2, bounds: Bounds = BOUNDS) -> list[Verdict]:
    """The verdicts on `claims` by the fake, in a real pool."""
    with BoundedPool(bounds, workers) as pool:
        return list(judge_all(claims, pool, fakes.decide, bounds))


TROUBLE = [
    ("sleep 60", "time bound of 0.7 s exceeded"),
    ("eat", "memory bound of 1024 MiB exceeded"),
    ("eat-slowly", "memory bound of 1024 MiB exceeded"),
    ("die", "the worker process died (SIGKILL)"),
    ("leave 7", "the worker process died (exit code 7)"),
    ("leave 0", "time bound of 0.7 s exceeded"),
    ("raise no such luck", "internal error, please report it: ValueError: no such luck"),
    ("recurse", "the prover's recursion went too deep"),
]


@pytest.mark.parametrize("workers", [1, 2])
def test_trouble_makes_one_claim_undecided_and_no_other(workers: int) -> None:
    """Every kind of trouble in one batch: the claims between are proved, and everything is in
    order.
    """
    claims = [
        text for number, (trouble, _) in enumerate(TROUBLE) for text in (f"fine {number}", trouble)
    ]
    verdicts = judged([*claims, "last"], workers)
    assert [verdict.claim for verdict in verdicts] == [*claims, "last"]
    assert {verdict.outcome for verdict in verdicts[::2]} == {"proved"}
    assert {verdict.outcome for verdict in verdicts[1::2]} == {"undecided"}
    assert [verdict.reason for verdict in verdicts[1::2]] == [reason for _, reason in TROUBLE]


def test_order_is_kept_when_later_claims_are_quicker() -> None:
    """A slow first claim delays the others' verdicts, not their order."""
    claims = ["sleep 0.3", *(f"fine {number}" for number in range(20))]
    assert [verdict.claim for verdict in judged(claims)] == claims


def test_more_claims_than_the_window_holds() -> None:
    """A batch longer than the window is judged to its end."""
    claims = [f"fine {number}" for number in range(2 * WINDOW + 3)]
    assert [verdict.claim for verdict in judged(claims)] == claims


def test_no_claims_make_no_verdicts() -> None:
    """The empty batch ends at once."""
    assert judged([]) == []


def test_the_prover_is_told_less_than_the_bound() -> None:
    """The prover's own time is a share of the bound, so that it can say what it tried."""
    assert judged(["told"])[0].reason == str(BOUNDS.seconds * SOFT_SHARE)


def test_a_worker_killed_while_idle_costs_nothing() -> None:
    """Killing the only worker between two claims breaks the pool; the next claim is judged by a new
    one.
    """
    with BoundedPool(BOUNDS) as pool:
        first = next(judge_all(["pid"], pool, fakes.decide, BOUNDS))
        os.kill(int(first.reason), signal.SIGKILL)
        assert [v.outcome for v in judge_all(["a", "b"], pool, fakes.decide, BOUNDS)] == [
            "proved"
        ] * 2


def test_warming_is_outside_of_the_claims_time() -> None:
    """A worker that takes longer to start than a claim may take still judges."""
    with BoundedPool(BOUNDS, warm=_slow_start) as pool:
        assert next(judge_all(["fine"], pool, fakes.decide, BOUNDS)).outcome == "proved"


def _slow_start() -> None:
    time.sleep(1.0)
    raise ValueError("and even its failing is left to the claims")


def test_a_verdict_does_not_wait_for_the_next_claim() -> None:
    """A person who types one claim at a time gets each answer before typing the next."""
    answered: list[str] = []

    def typed() -> Iterator[str]:
        yield "one"
        while not answered:
            time.sleep(0.01)
        yield "two"

    with BoundedPool(BOUNDS) as pool:
        answered.extend(
            v.claim for v in _noting(judge_all(typed(), pool, fakes.decide, BOUNDS), answered)
        )
    assert "two" in answered


def _noting(verdicts: Iterator[Verdict], answered: list[str]) -> Iterator[Verdict]:
    for verdict in verdicts:
        answered.append(verdict.claim)
        yield verdict


def test_an_unreadable_source_of_claims_is_the_callers_error() -> None:
    """What reading the claims raises comes out of the batch, after the verdicts before it."""

    def broken() -> Iterator[str]:
        yield "one"
        raise OSError("the disk is gone")

    with BoundedPool(BOUNDS) as pool:
        verdicts = judge_all(broken(), pool, fakes.decide, BOUNDS)
        assert next(verdicts).claim == "one"
        with pytest.raises(OSError, match="the disk is gone"):
            next(verdicts)


def test_a_worker_whose_pool_was_killed_ends_itself() -> None:
    """Nobody is left to stop it; it dies a little after its time."""
    script = (
        "import os, signal, time; from symact.runner import worker; from tests import fakes\n"
        "worker.GRACE = 0.1\n"
        "worker.mortal(0.2, fakes.decide, 'fine'); time.sleep(0.5)\n"
        "worker.mortal(0.2, fakes.decide, 'sleep 60')"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, timeout=20)
    assert run.returncode == -signal.SIGALRM


def test_any_executor_will_do() -> None:
    """The batch runs on a thread pool of the standard library, which it has never heard of."""
    with ThreadPoolExecutor(2) as executor:
        outcomes = [
            v.outcome for v in judge_all(["a", "refute", "raise x"], executor, fakes.decide)
        ]
    assert outcomes == ["proved", "refuted", "undecided"]


class Broken(Executor):
    """An executor whose first `times` futures are lost with it."""

    def __init__(self, times: int) -> None:
        self.times = times

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that is already done."""
        future: Future[Any] = Future()
        self.times -= 1
        if self.times >= 0:
            future.set_exception(BrokenExecutor("gone"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


@pytest.mark.parametrize(("times", "outcome"), [(1, "proved"), (2, "proved"), (1000, "undecided")])
def test_claims_lost_with_their_executor_are_tried_again(times: int, outcome: str) -> None:
    """A few losses cost nothing; an executor that always breaks makes the claim undecided."""
    assert next(judge_all(["a"], Broken(times), fakes.decide)).outcome == outcome


def test_leaving_by_an_exception_ends_the_workers_at_once() -> None:
    """An interrupted batch does not wait for the claim in work."""
    started = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        _interrupted()
    assert time.perf_counter() - started < 5


def _interrupted() -> None:
    with BoundedPool(Bounds(seconds=60)) as pool:
        next(judge_all(["fine", "sleep 60"], pool, fakes.decide))
        raise KeyboardInterrupt


def test_a_pool_that_was_shut_down_takes_nothing() -> None:
    """Submitting after the end is an error, not a new pool."""
    pool = BoundedPool(BOUNDS)
    pool.shutdown()
    with pytest.raises(RuntimeError):
        pool.submit(os.getpid)


def test_the_parent_imports_no_algebra() -> None:
    """A batch leaves SymPy, FLINT and NumPy out of the process that runs it."""
    script = (
        "import sys; from symact.runner import *; from symact.runner.pool import BoundedPool\n"
        "from tests import fakes\n"
        "with BoundedPool(Bounds()) as pool:\n"
        "    print([v.outcome for v in judge_all(['a'], pool, fakes.decide)])\n"
        "print(sorted({'sympy', 'flint', 'numpy', 'rich'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert run.stdout == "['proved']\n[]\n"


@pytest.mark.parametrize(("given", "threads"), [(None, "1"), ("2", "2")])
def test_a_worker_computes_in_one_thread(
    given: str | None, threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless told otherwise; threads of linear algebra slow one another down."""
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if given is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", given)
    assert judged(["threads"])[0].reason == threads
