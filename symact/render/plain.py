"""One plain line for each claim: for pipes, logs and people who grep.

Above: cli. Below: `report`.
"""

from __future__ import annotations

from typing import TextIO

from symact.render.report import Judged, printable, remarks, witness_words

WIDTH = len("undecided")


def line(judged: Judged) -> str:
    """`place: outcome  claim  [reason]`; against expectation `place: outcome, expected …: claim
    (reason)`; never fails.
    """
    verdict = judged.verdict
    claim = printable(verdict.claim)
    place = f"{judged.place}: " if judged.place else ""
    place += f"{judged.topic}: " if judged.topic else ""
    if judged.expected and not judged.ok:
        return f"{place}{verdict.outcome}, expected {judged.expected}: {claim} ({_why(judged)})"
    return f"{place}{verdict.outcome:<{WIDTH}} {claim}   [{_why(judged)}]"


def _why(judged: Judged) -> str:
    verdict = judged.verdict
    witness = witness_words(verdict)
    parts = [f"at {witness}" if witness else "", verdict.reason, *remarks(verdict)]
    return printable("; ".join(part for part in parts if part))


class PlainReporter:
    """Writes `line` for each claim, flushed, so that a reader at the other end sees it at once."""

    def __init__(self, out: TextIO) -> None:
        """Writes to `out`; fails later with what `out` raises."""
        self._out = out

    def show(self, judged: Judged) -> None:
        """Writes one line."""
        print(line(judged), file=self._out, flush=True)

    def finish(self) -> None:
        """Does nothing: every line is out already."""
