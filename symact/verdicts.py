"""Verdicts: what comes out at the end of the road. Exactly three, and `error` for bad input."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["proved", "refuted", "undecided", "error"]


@dataclass(frozen=True)
class Verdict:
    """The judgement on one claim.

    claim        the text as given
    outcome      proved | refuted | undecided | error
    reason       one line for a person: the rule used, what was tried, or the message of a bad input
    witness      for `refuted` by a point: name -> exact value as text; else None
    certificate  the JSON-able certificate that the checker accepted (proved and refuted), else None
    trusted      what was trusted beside the checker (e.g. "z3"); empty when the checker replays all
    seconds      wall time of prover and checker together
    cross_check  floating-point observations, labelled as such; never evidence
    """

    claim: str
    outcome: Outcome
    reason: str = ""
    witness: dict[str, str] | None = None
    certificate: dict[str, Any] | None = None
    trusted: tuple[str, ...] = ()
    seconds: float = 0.0
    cross_check: dict[str, Any] | None = field(default=None, compare=False)
