"""Identities decided by symact and by SymPy, side by side in one run: answers and time.

    python benchmarks/claims.py [--limit N] [--seconds S] [--json FILE]

Takes the equations without `where` from tests/claims/true.txt and false.txt. symact decides each in
this warm process, checker included. SymPy gets the same two sides, definitions written out, as
`simplify(lhs - rhs) == 0` and as `lhs.equals(rhs)`, each in a process of its own with a time limit.
Printed: how many answers were right, wrong or missing, the times, and their ratio.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
EXPECTED = {"true.txt": "proved", "false.txt": "refuted"}


def claims(limit: int) -> Iterator[tuple[str, str]]:
    """(claim, expected verdict) for plain equations between real expressions."""
    for file, expected in EXPECTED.items():
        kept = 0
        for line in (ROOT / "tests" / "claims" / file).read_text(encoding="utf-8").splitlines():
            text = line.split("#")[0].strip()
            if text.count("==") == 1 and "where" not in text and kept < limit and _is_plain(text):
                kept += 1
                yield text, expected


def _is_plain(text: str) -> bool:
    """Whether both sides are real expressions that SymPy can be given."""
    from symact.catalog import catalogue
    from symact.language.claims import Relation
    from symact.language.parser import parse_claim
    from symact.language.terms import Term, postorder
    from symact.language.unfold import Unfolder, Unsupported

    claim = parse_claim(text, catalogue())
    if claim.negated or not isinstance(claim.statement, Relation):
        return False
    try:
        sides = [Unfolder(catalogue()).value(side, {}) for side in claim.statement.sides]
    except (Unsupported, ValueError):
        return False
    return all(isinstance(s, Term) for s in sides) and not any(
        t.op in ("list", "index", "lambda", "apply", "stack", "layer")
        for side in claim.statement.sides
        for t in postorder(side)
    )


def with_sympy(method: str, text: str) -> str:
    """proved, refuted or undecided, by SymPy's word."""
    import sympy

    from symact import parse, to_sympy

    left, right = (to_sympy(side, expand=True).doit() for side in parse(text).statement.sides)
    if method == "simplify":
        return "proved" if sympy.simplify(left - right) == 0 else "undecided"
    answer = left.equals(right)
    return {True: "proved", False: "refuted"}.get(answer, "undecided")


def _child(queue: Any, method: str, text: str) -> None:
    import sympy  # noqa: F401 - paid for before the clock starts

    begun = time.perf_counter()
    try:
        answer = with_sympy(method, text)
    except Exception as problem:
        answer = f"error: {type(problem).__name__}"
    queue.put((answer, time.perf_counter() - begun))


def bounded(method: str, text: str, seconds: float) -> tuple[str, float]:
    """SymPy's answer and its time, or a time-out."""
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=_child, args=(queue, method, text))
    process.start()
    try:
        answer = queue.get(timeout=seconds + 5)
    except Exception:
        answer = "timeout", seconds
    process.kill()
    process.join()
    return answer


def symact_method(text: str, seconds: float) -> tuple[str, float]:
    """symact's answer, its checker's acceptance included, and its time."""
    from symact.prover import decide

    verdict = decide(text, seconds)
    return verdict.outcome, verdict.seconds


def main() -> int:
    """Runs the comparison and prints it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=int, default=60, help="claims of each kind")
    parser.add_argument("--seconds", type=float, default=20.0, help="limit for one answer")
    parser.add_argument("--json", type=Path, help="write all answers to this file")
    options = parser.parse_args()
    chosen = list(claims(options.limit))
    methods: dict[str, Callable[[str, float], tuple[str, float]]] = {
        "symact": symact_method,
        "simplify": lambda t, s: bounded("simplify", t, s),
        "equals": lambda t, s: bounded("equals", t, s),
    }
    symact_method("tanh(x) == x", options.seconds)  # warm
    rows = []
    for text, expected in chosen:
        for method, run in methods.items():
            answer, seconds = run(text, options.seconds)
            rows.append((method, expected, text, answer, seconds))
    _report(rows, list(methods))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


def _report(rows: list[tuple[str, str, str, str, float]], methods: list[str]) -> None:
    base = sum(r[4] for r in rows if r[0] == "symact")
    for method in methods:
        mine = [r for r in rows if r[0] == method]
        for expected in EXPECTED.values():
            part = [r for r in mine if r[1] == expected]
            count = Counter(_kind(r[1], r[3]) for r in part)
            times = [r[4] for r in part]
            print(
                f"{method:9s} {expected:8s} of {len(part):3d}: {count['right']:3d} right, "
                f"{count['missing']:3d} no answer, {count['WRONG']:3d} WRONG;  median "
                f"{median(times) * 1e3:8.1f} ms, worst {max(times):6.2f} s"
            )
        for row in mine:
            if _kind(row[1], row[3]) == "WRONG":
                print(f"    WRONG: {row[2]}  said {row[3]}")
        total = sum(r[4] for r in mine)
        print(f"{method:9s} total {total:8.2f} s, {total / base:6.1f} times symact's")


def _kind(expected: str, answer: str) -> str:
    if answer == expected:
        return "right"
    return "WRONG" if answer in ("proved", "refuted") else "missing"


if __name__ == "__main__":
    sys.exit(main())
