"""What runs inside a worker process: the memory bound, and one claim at a time.

Above: `batch`, `pool`. Below: verdicts.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from symact.verdicts import Verdict

T = TypeVar("T")

DEFAULT_SECONDS = 30.0  # the claim language's default for --timeout
# Address space of a worker: the libraries map about 0.5 GiB of it, the rest is the claim's.
DEFAULT_MEMORY = 2 * 1024**3
# The share of the time bound that the prover is told, so that it can still say what it tried.
SOFT_SHARE = 0.9
# Seconds after which a worker that nobody stopped ends itself: whoever should have is gone.
GRACE = 5.0


@dataclass(frozen=True)
class Bounds:
    """What one claim may use: `seconds` of wall time, `memory` bytes of address space."""

    seconds: float = DEFAULT_SECONDS
    memory: int = DEFAULT_MEMORY

    def time_reason(self) -> str:
        """The reason given when the time is used up; never fails."""
        return f"time bound of {self.seconds:g} s exceeded"

    def memory_reason(self) -> str:
        """The reason given when the memory is used up; never fails."""
        return f"memory bound of {self.memory / 1024**2:g} MiB exceeded"


class Decide(Protocol):
    """A function of a module's top level, so that a worker can import it by name."""

    def __call__(self, text: str, timeout: float | None = None) -> Verdict:
        """The verdict on the claim `text`, within `timeout` seconds if it can."""
        ...


def undecided(claim: str, reason: str, seconds: float = 0.0) -> Verdict:
    """The verdict `undecided` for `reason`; never fails."""
    return Verdict(claim=claim, outcome="undecided", reason=reason, seconds=seconds)


def guarded(decide: Decide, text: str, bounds: Bounds) -> Verdict:
    """decide(text), with whatever it raises turned into an undecided verdict.

    Fails never, short of the death of the process.
    """
    started = time.perf_counter()
    try:
        return decide(text, timeout=bounds.seconds * SOFT_SHARE)
    except MemoryError:
        reason = bounds.memory_reason()
    except RecursionError:
        reason = "the prover's recursion went too deep"
    except Exception as error:
        reason = f"internal error, please report it: {type(error).__name__}: {error}"
    return undecided(text, reason, time.perf_counter() - started)


def mortal(seconds: float, function: Callable[..., T], *args: object, **kwargs: object) -> T:
    """function(*args, **kwargs), in a process that dies of SIGALRM when this takes too long.

    The pool stops a late worker itself; this ends the one whose pool was killed. Fails as the
    function fails. For a worker's main thread only.
    """
    if sys.platform == "win32":
        return function(*args, **kwargs)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
    try:
        return function(*args, **kwargs)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def prepare(memory: int, warm: Callable[[], object] | None) -> None:
    """Readies a new worker: it dies at once when told to, is bounded in memory, and has called
    `warm`.

    Fails never: a `warm` that raises leaves its error to the first claim.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a Python handler would wait for calls into C
    # Before numpy is imported: each thread of its BLAS maps memory, and on cores that other workers
    # keep busy, threads that wait for one another make small matrices many times slower.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _limit_memory(memory)
    if warm is not None:
        with contextlib.suppress(Exception):
            warm()


def _limit_memory(memory: int) -> None:
    """Lowers the address space of this process to `memory` bytes; does nothing where the system has
    no such limit.
    """
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    # Some systems name this limit and refuse to set it.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
