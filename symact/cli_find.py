"""The command `symact find`: works out what is special about a function, and judges the claims.

Above: cli. Below: explain, runner, render. Heavy imports stay inside functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symact.explain.find import Answer
    from symact.render.findings import Judged

KINDS = (
    "zeros",
    "extrema",
    "inflections",
    "kinks",
    "limits",
    "fixed-points",
    "lipschitz",
)


def judged(answers: Sequence[Answer], timeout: float, jobs: int) -> list[Judged]:
    """Each finding with its verdicts; a kind without findings says why."""
    from symact import targets
    from symact.render.findings import Judged
    from symact.runner import Bounds, judge_all
    from symact.runner.pool import BoundedPool
    from symact.verdicts import Verdict

    claims = [c for answer in answers for finding in answer.findings for c in finding.claims]
    decided: list[Verdict] = []
    if claims:
        bounds = Bounds(timeout)
        with BoundedPool(bounds, min(jobs, len(claims)), targets.warm) as pool:
            decided = list(judge_all(claims, pool, targets.decide_only, bounds))
    verdicts = iter(decided)
    rows = []
    for answer in answers:
        if answer.trouble:
            rows.append(Judged(answer.kind, "", "", "", (), answer.trouble))
        elif not answer.findings:
            rows.append(Judged(answer.kind, "", "none found", "", ()))
        for finding in answer.findings:
            own = tuple(next(verdicts) for _ in finding.claims)
            rows.append(Judged(finding.kind, finding.at, finding.value, finding.note, own))
    return rows
