"""Functions that stand in for the prover: workers import them by name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from symact.verdicts import Verdict

HUGE = 16 * 1024**3


def decide(text: str, timeout: float | None = None, trust: tuple[str, ...] = ()) -> Verdict:
    """Does what the claim's first word says; proves everything else."""
    word, _, rest = text.partition(" ")
    if word in DEEDS:
        DEEDS[word](rest)
    match word:
        case "recurse":
            return decide(text, timeout, trust)
        case "refute":
            return Verdict(text, "refuted", "at a point", witness={"x": "0"}, seconds=0.25)
        case "doubt":
            return Verdict(text, "undecided", "no strategy")
        case "misread":
            return Verdict(text, "error", "line 1, column 1: no")
        case "pid":
            return Verdict(text, "proved", str(os.getpid()))
        case "threads":
            return Verdict(text, "proved", os.environ.get("OPENBLAS_NUM_THREADS", ""))
        case "trusting" if trust:
            return Verdict(text, "proved", "its word", trusted=tuple(f"{t} 9.9" for t in trust))
        case "told":
            return Verdict(text, "proved", str(timeout))
    return Verdict(text, "proved", "fake", certificate={"version": 1}, seconds=0.5)


def _eat() -> None:
    eaten: list[bytes] = []
    while True:
        eaten.append(bytes(1 << 24))


def _fail(message: str) -> None:
    raise ValueError(message)


DEEDS: dict[str, Callable[[str], object]] = {
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "eat": lambda _: bytearray(HUGE),
    "eat-slowly": lambda _: _eat(),
    "die": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "leave": lambda code: os._exit(int(code)),
    "raise": _fail,
}
