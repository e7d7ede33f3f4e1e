"""Which of a claim and its opposite is likelier: a quick try of the prover's own search for
counterexamples and proofs.

Above: `sheet`, `spread`. Below: the prover.
"""

from __future__ import annotations

from functools import lru_cache

from symact.prover import decide

SECONDS = 4.0


def likelier(claim: str) -> str:
    """The claim, or `not` before it when it is refuted in a short time."""
    return f"not {claim}" if _refuted(claim) else claim


@lru_cache(maxsize=4_096)
def _refuted(claim: str) -> bool:
    return decide(claim, SECONDS).outcome == "refuted"
