"""The default executor: processes on this machine, tasks bounded in time, workers in memory.

Above: cli. Below: `worker`, and pebble, which stops a worker that is late and replaces one that
died.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from types import TracebackType
from typing import Any, TypeVar

import pebble

from symact.runner.worker import Bounds, mortal, prepare

T = TypeVar("T")

# Seconds between pebble's looks at its workers; with its own 0.1 every command would end later.
TICK = 0.02
# A fork starts in a millisecond; on other systems it is not safe.
START = "fork" if sys.platform == "linux" else "spawn"


class BoundedPool(Executor):
    """An executor of `workers` processes, none of which works on a task beyond `bounds`.

    A task past `bounds.seconds` raises TimeoutError in its future. A worker that dies raises in the
    future of its task alone; a pool that broke is replaced at the next `submit`. `warm` is called
    in each new worker, outside of every task's time.
    """

    def __init__(
        self, bounds: Bounds, workers: int = 1, warm: Callable[[], object] | None = None
    ) -> None:
        """Starts the workers. Fails with OSError when the system has no more processes."""
        self._bounds = bounds
        self._workers = workers
        self._warm = warm
        self._lock = threading.Lock()
        self._closed = False
        pebble.CONSTS.sleep_unit = TICK
        self._pool = self._start()

    def _start(self) -> pebble.ProcessPool:
        pool = pebble.ProcessPool(
            max_workers=self._workers,
            initializer=prepare,
            initargs=(self._bounds.memory, self._warm),
            context=multiprocessing.get_context(START),
        )
        _ = pool.active  # asking starts the workers: here, before any thread of ours runs
        return pool

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """The future of fn(*args, **kwargs). Fails with RuntimeError after `shutdown`."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool has been shut down")
            if not self._pool.active:
                self._pool.stop()
                self._pool.join()
                self._pool = self._start()
            late = self._bounds.seconds
            return self._pool.schedule(mortal, (late, fn, *args), kwargs, timeout=late)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the workers: after their tasks when `wait`, at once when not or when
        `cancel_futures`.
        """
        with self._lock:
            self._closed = True
        if wait and not cancel_futures and self._pool.active:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Shuts down; at once when leaving by an exception."""
        self.shutdown(cancel_futures=kind is not None)
