"""One JSON object a line, with the keys of the claim language's document: for programs.

Above: cli. Below: `report`.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from symact.render.report import Judged
from symact.verdicts import Verdict


def record(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the object that the claim language's document promises; never fails."""
    known: dict[str, Any] = {
        "claim": verdict.claim,
        "verdict": verdict.outcome,
        "witness": verdict.witness,
        "reason": verdict.reason,
        "seconds": round(verdict.seconds, 6),
    }
    if verdict.trusted:
        known["trusted"] = list(verdict.trusted)
    if verdict.cross_check is not None:
        known["cross_check"] = verdict.cross_check
    return known


class JsonReporter:
    """Writes `record` for each claim as one line of ASCII, flushed."""

    def __init__(self, out: TextIO) -> None:
        """Writes to `out`; fails later with what `out` raises."""
        self._out = out

    def show(self, judged: Judged) -> None:
        """Writes one object on one line; what JSON cannot hold is written as its text."""
        known = record(judged.verdict)
        if judged.topic:
            known |= {"subject": judged.place, "topic": judged.topic}
        print(json.dumps(known, default=str), file=self._out, flush=True)

    def finish(self) -> None:
        """Does nothing: every line is out already."""
