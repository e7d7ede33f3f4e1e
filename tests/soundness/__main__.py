"""The command: makes claims, has them decided, and fails on one wrong verdict.

python -m tests.soundness [--count 100000] [--seed 0] [--jobs 2] [--timeout 0.1]
                          [--family NAME] [--only NUMBER] [--undecided]
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.soundness.families import FAMILIES
from tests.soundness.report import report, shown
from tests.soundness.run import TIMEOUT, Tally, numbers, run

TOLD_EVERY = 20.0  # seconds between two lines about the progress


class _Progress:
    """Says how far a run is, and every wrong verdict at once, on standard error."""

    def __init__(self, total: int) -> None:
        self.total, self.begun, self.told, self.wrong = total, time.perf_counter(), 0.0, 0

    def __call__(self, tally: Tally) -> None:
        seconds = time.perf_counter() - self.begun
        for found in tally.wrong[self.wrong :]:
            print(f"WRONG\n{shown(found)}", file=sys.stderr, flush=True)
        self.wrong = len(tally.wrong)
        if seconds - self.told >= TOLD_EVERY:
            self.told = seconds
            done = tally.total()
            print(f"{done} of {self.total}, {seconds:.0f} s", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """The exit code: 0 when no verdict is wrong and nothing crashed, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.soundness", description="Random claims; no verdict may be wrong."
    )
    parser.add_argument("--count", type=int, default=100_000, help="claims to make")
    parser.add_argument("--start", type=int, default=0, help="number of the first one")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument(
        "--timeout",
        type=float,
        default=TIMEOUT,
        help="seconds for each claim, eight times as many for every tenth",
    )
    parser.add_argument("--family", default="", choices=["", *FAMILIES], metavar="NAME")
    parser.add_argument("--only", default="", help="one claim by its number, such as 0/17")
    parser.add_argument("--undecided", action="store_true", help="list the undecided claims")
    options = parser.parse_args(arguments)
    chosen = [options.only] if options.only else []
    chosen = chosen or list(numbers(options.seed, options.count, options.start))
    begun = time.perf_counter()
    tally = run(
        chosen, options.jobs, timeout=options.timeout, family=options.family,
        watch=_Progress(len(chosen)),
    )  # fmt: skip
    if options.undecided or options.only:
        print("\n".join(map(shown, tally.undecided)))
    if options.only:
        print("\n".join(map(shown, tally.decided)))
    print(report(tally, time.perf_counter() - begun, families=not options.only))
    return 0 if tally.is_clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
