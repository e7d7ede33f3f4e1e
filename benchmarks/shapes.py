"""Shapes of functions decided by symact and by SymPy, side by side in one run: answers and ratios.

    python benchmarks/shapes.py [--limit N] [--seconds S] [--json FILE]

Takes the claims of tests/claims/shapes_true.txt and shapes_false.txt. symact decides each in this
warm process, with its checker. SymPy gets the same functions through symact's bridge, definitions
written out, warm in a worker process with an empty cache and the same time limit, and is asked what
it has a question for:

    order      is_increasing, is_decreasing, is_strictly_increasing, is_strictly_decreasing
    convexity  is_convex, for concave of the negative (nothing for the strict forms)
    range      function_range: compared with the set, finite for bounded(f), inside [lo, hi]
    extremum   minimum of the difference for l <= r, function_range of it for l < r; maximum of the
               absolute derivative for lipschitz (one variable, no parameters)
    limit      limit, from both sides where the claim has two

SymPy is taken at its word: `False` counts as refuted, `True` as proved, even where it has not
looked at kinks or jumps. An answer is right, WRONG, none (None, or a set that says nothing), an
error (mostly NotImplementedError), or late. is_monotonic is not asked: no claim states it. The last
row has the claims for which SymPy has no question (continuity, universality, several variables,
parameters …). SymPy's times are ratios to symact's on the same claims, quick errors included; the
milliseconds depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sympy_questions import ASKED, NO_QUESTION, Worker, task_of

ROOT = Path(__file__).parents[1]
EXPECTED = {"shapes_true.txt": "proved", "shapes_false.txt": "refuted"}


def claims(limit: int) -> Iterator[tuple[str, str, str]]:
    """(task, claim, expected verdict), evenly spread, at most `limit` of each task and verdict."""
    from symact import parse

    for file, expected in EXPECTED.items():
        groups: dict[str, list[str]] = {}
        for line in (ROOT / "tests" / "claims" / file).read_text(encoding="utf-8").splitlines():
            if text := line.partition("#")[0].strip():
                groups.setdefault(task_of(parse(text)), []).append(text)
        for task, texts in groups.items():
            count = min(limit, len(texts))
            yield from ((task, texts[i * len(texts) // count], expected) for i in range(count))


# -- the table ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Row:
    """One claim, what is true of it, and both answers with their times."""

    task: str
    claim: str
    expected: str
    symact: tuple[str, float]
    sympy: tuple[str, float]


def _kind(expected: str, answer: str) -> str:
    if answer == expected:
        return "right"
    return "WRONG" if answer in ("proved", "refuted") else answer.partition(":")[0]


def _share(count: int, whole: int) -> str:
    return f"{100 * count / whole:4.0f}%"


def _line(task: str, rows: Sequence[Row]) -> str:
    """One line of the table."""
    times = sorted(row.symact[1] for row in rows)
    high = times[min(int(0.95 * len(times)), len(times) - 1)]
    ours = Counter(_kind(row.expected, row.symact[0]) for row in rows)
    line = (
        f"{task:14s}{len(rows):5d} |{_share(ours['right'], len(rows))}{ours['WRONG']:6d}"
        f"{median(times) * 1e3:9.1f}{high * 1e3:9.1f} |"
    )
    if task == NO_QUESTION:
        return line
    theirs = Counter(_kind(row.expected, row.sympy[0]) for row in rows)
    shares = "".join(
        f"{_share(theirs[kind], len(rows)):>7s}" for kind in ("right", "none", "error", "late")
    )
    ratios = median(row.sympy[1] / row.symact[1] for row in rows)
    total = sum(row.sympy[1] for row in rows) / sum(times)
    return f"{line}{shares}{theirs['WRONG']:6d}{ratios:9.1f}{total:9.1f}"


def report(rows: Sequence[Row]) -> None:
    """Prints the table, and every wrong answer."""
    print(
        f"{'':19s} | symact: decided, WRONG,  ms  |  SymPy: right, none, error, late, WRONG, time "
        "as a multiple of symact's"
    )
    print(
        f"{'':14s}    n |        WRONG   median     95 % |  right   none  error   late WRONG"
        "   median    total"
    )
    for task in (*ASKED, NO_QUESTION):
        if part := [row for row in rows if row.task == task]:
            print(_line(task, part))
    if asked := [row for row in rows if row.task != NO_QUESTION]:
        print(_line("asked of both", asked))
    for who in ("symact", "sympy"):
        for row in rows:
            answer = getattr(row, who)[0]
            if _kind(row.expected, answer) == "WRONG":
                print(f"    WRONG by {who}: {row.claim}  said {answer}")


def main() -> int:
    """Runs the comparison and prints it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=int, default=20, help="claims of each task and verdict")
    parser.add_argument("--seconds", type=float, default=10.0, help="limit for one answer")
    parser.add_argument("--json", type=Path, help="write all answers to this file")
    options = parser.parse_args()
    from symact.prover import decide

    decide("tanh(x) == x")  # warm
    worker, rows = Worker(), []
    for task, text, expected in claims(options.limit):
        verdict = decide(text, options.seconds)
        theirs = ("", 0.0) if task == NO_QUESTION else worker.ask(text, options.seconds)
        rows.append(Row(task, text, expected, (verdict.outcome, verdict.seconds), theirs))
    worker.stop()
    report(rows)
    if options.json:
        options.json.write_text(json.dumps([vars(r) for r in rows], indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
