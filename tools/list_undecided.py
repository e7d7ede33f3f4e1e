"""Writes tests/claims/undecided.txt: the claims about shapes that the prover leaves undecided.

    python tools/list_undecided.py [--seconds 5] [--jobs 2] [--check]

Decides every claim of tests/claims/shapes_true.txt and shapes_false.txt and prints how many of each
kind are decided. A claim that takes more than half of its time is listed too, so that a busy
machine does not fail the tests. Exit code 1 when a verdict is wrong (nothing is written then), else
0. With --check nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from symact.prover.decide import decide

CLAIMS = Path(__file__).resolve().parents[1] / "tests" / "claims"
EXPECTED = {"shapes_true.txt": "proved", "shapes_false.txt": "refuted"}
HEAD = """\
# Claims of shapes_true.txt and shapes_false.txt that may stay undecided for now, or are slow.
# Written by tools/list_undecided.py; the list only ever gets shorter.
"""


@dataclass(frozen=True)
class Job:
    """A claim of a file under one of its headings, and the verdict it should have."""

    file: str
    kind: str
    claim: str
    seconds: float

    def outcome(self) -> tuple[str, float]:
        """What the prover says, and how long it took."""
        verdict = decide(self.claim, self.seconds)
        return verdict.outcome, verdict.seconds


def jobs(seconds: float) -> Iterator[Job]:
    """Every claim of the two files."""
    for file in EXPECTED:
        kind = ""
        for line in (CLAIMS / file).read_text(encoding="utf-8").splitlines():
            claim = line.partition("#")[0].strip()
            if line.startswith("# ---"):
                kind = line.removeprefix("# ---").strip()
            elif claim:
                yield Job(file, kind, claim, seconds)


def listed(found: Sequence[tuple[Job, tuple[str, float]]]) -> str:
    """The text of the list."""
    lines, before = [HEAD], None
    for job, (outcome, seconds) in found:
        if outcome == EXPECTED[job.file] and seconds <= job.seconds / 2:
            continue
        if before != (job.file, job.kind):
            before = job.file, job.kind
            lines.append(f"\n# --- {job.file.removesuffix('.txt')}: {job.kind}\n")
        lines.append(f"{job.claim}\n")
    return "".join(lines)


def report(found: Sequence[tuple[Job, tuple[str, float]]]) -> bool:
    """Prints what was decided, by kind. Gives whether a verdict is wrong."""
    all_of = Counter((job.file, job.kind) for job, _ in found)
    right = Counter((j.file, j.kind) for j, (said, _) in found if said == EXPECTED[j.file])
    for (file, kind), count in all_of.items():
        print(f"{file:17s} {kind:44s} {right[file, kind]:3d} of {count:3d} decided")
    wrong = [(j, said) for j, (said, _) in found if said not in (EXPECTED[j.file], "undecided")]
    for job, said in wrong:
        print(f"WRONG: {job.claim}  said {said}")
    print(f"{right.total()} of {len(found)} decided, {len(wrong)} wrong")
    return bool(wrong)


def main() -> int:
    """Decides the claims, reports, writes the list."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5.0, help="limit for one claim")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    todo = list(jobs(options.seconds))
    with ProcessPoolExecutor(options.jobs) as pool:
        found = list(zip(todo, pool.map(Job.outcome, todo, chunksize=4), strict=True))
    wrong = report(found)
    if not wrong and not options.check:
        (CLAIMS / "undecided.txt").write_text(listed(found), encoding="utf-8")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
