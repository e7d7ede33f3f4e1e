"""A batch of claims, judged by any `concurrent.futures` executor, verdicts in the order of the
claims.

Above: lessons, cli. Below: `worker`. Nothing here knows what kind of executor it was given, so that
a cluster's can take the place of `pool.BoundedPool`.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from queue import SimpleQueue

from symact.runner.worker import Bounds, Decide, guarded, undecided
from symact.verdicts import Verdict

# Claims submitted ahead of the one awaited: keeps every worker busy, and a batch of millions small
WINDOW = 256
# An executor that broke loses claims that did nothing wrong; this often they are submitted anew
ATTEMPTS = 3

Submitted = tuple[str, "Future[Verdict]"]


def judge_all(
    claims: Iterable[str | Verdict],
    executor: Executor,
    decide: Decide,
    bounds: Bounds | None = None,
) -> Iterator[Verdict]:
    """One verdict for each claim, in order, each as soon as it and those before it are decided.

    A verdict among the claims (on one that could not be read, say) comes out in its place as it is.
    `claims` is read in a thread of its own, so that a slow source (a person, a pipe) delays no
    verdict. Fails when reading `claims` fails, with that error; what happens to a claim in a worker
    only makes it undecided.
    """
    batch = _Batch(executor, decide, bounds or Bounds())
    feeder = threading.Thread(target=batch.feed, args=(claims,), name="claims", daemon=True)
    feeder.start()
    try:
        yield from batch.verdicts()
    finally:
        batch.stop()


class _Batch:
    """Claims on their way: submitted by `feed` in one thread, awaited by `verdicts` in another."""

    def __init__(self, executor: Executor, decide: Decide, bounds: Bounds) -> None:
        """Keeps its arguments; never fails."""
        self._executor = executor
        self._decide = decide
        self._bounds = bounds
        self._room = threading.Semaphore(WINDOW)
        self._stopped = threading.Event()
        self._submitted: SimpleQueue[Submitted | Verdict | BaseException | None] = SimpleQueue()

    def feed(self, claims: Iterable[str | Verdict]) -> None:
        """Submits the claims, at most `WINDOW` ahead; hands an error of `claims` to `verdicts`."""
        try:
            for claim in claims:
                self._room.acquire()
                if self._stopped.is_set():
                    return
                if isinstance(claim, Verdict):
                    self._submitted.put(claim)
                else:
                    self._submitted.put((claim, self._submit(claim)))
            self._submitted.put(None)
        except BaseException as error:
            self._submitted.put(error)

    def verdicts(self) -> Iterator[Verdict]:
        """The verdicts in order; raises what reading the claims raised."""
        while (item := self._submitted.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item if isinstance(item, Verdict) else self._await(*item)
            self._room.release()

    def stop(self) -> None:
        """Submits nothing more; never fails."""
        self._stopped.set()
        self._room.release()

    def _submit(self, text: str) -> Future[Verdict]:
        return self._executor.submit(guarded, self._decide, text, self._bounds)

    def _await(self, text: str, future: Future[Verdict]) -> Verdict:
        """The verdict of `future`; submits anew a claim that was lost with its executor."""
        for _ in range(ATTEMPTS):
            try:
                return future.result()
            except BrokenExecutor:
                future = self._submit(text)
            except TimeoutError:
                return undecided(text, self._bounds.time_reason(), self._bounds.seconds)
            except MemoryError:
                return undecided(text, self._bounds.memory_reason())
            except Exception as error:
                return undecided(text, _death(error))
        return undecided(text, "the worker process died, again and again")


def _death(error: Exception) -> str:
    """What became of the worker, from the error its future holds; never fails."""
    code = getattr(error, "exitcode", None)
    if code is None:
        return f"the worker process died: {type(error).__name__}: {error}"
    try:
        return f"the worker process died ({signal.Signals(-code).name})"
    except ValueError:
        return f"the worker process died (exit code {code})"
