"""Deadlines as moments of the clock that the search reads. Above: all searches."""

from __future__ import annotations

import time


def within(seconds: float) -> float:
    """The moment that many seconds from now."""
    return time.perf_counter() + seconds
