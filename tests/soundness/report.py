"""What a run has counted, as text.

Above: `__main__`. Below: `run`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tests.soundness.judge import FALSE, OPEN, TRUE, VACUOUS, Judged
from tests.soundness.run import Tally

OUTCOMES = ("proved", "refuted", "undecided", "error", "late", "crash")
TRUTHS = (TRUE, FALSE, OPEN, VACUOUS)


def report(tally: Tally, seconds: float, *, families: bool = True) -> str:
    """Tables of truths and outcomes, the families, and every wrong verdict."""
    return "\n".join(_lines(tally, seconds, families))


def _lines(tally: Tally, seconds: float, families: bool) -> Iterator[str]:
    total = tally.total()
    yield f"{total} claims in {seconds:.0f} s, {total / max(seconds, 1e-9):.1f} a second"
    yield ""
    yield from _table("truth", ((t, _where(tally, truth=t)) for t in TRUTHS))
    yield ""
    undecided = sum(n for (_, _, o), n in tally.rows.items() if o not in OUTCOMES[:2])
    yield f"undecided: {_share(undecided, total)}; " + ", ".join(
        f"of the {truth} {_share(_open(counts), counts.total())}"
        for truth in TRUTHS
        if (counts := _where(tally, truth=truth))
    )
    yield "witnesses: " + (
        ", ".join(f"{n} {state}" for state, n in tally.witnesses.most_common()) or "none"
    )
    yield f"claims at which no points were tried: {tally.unread.total()}"
    times = ", ".join(f"{outcome} {t:.0f} s" for outcome, t in sorted(tally.deciding.items()))
    yield f"time: {times}, looking for points {tally.looking:.0f} s"
    if families:
        yield ""
        names = sorted({family for family, _, _ in tally.rows})
        yield from _table("family", ((f, _where(tally, family=f)) for f in names))
    yield ""
    late = [found for found in tally.undecided if found.outcome == "late"]
    yield f"late: {len(late)}"
    yield from _grouped(late)
    yield f"crashes: {len(tally.crashes)}"
    yield from _grouped(tally.crashes)
    yield f"faults of this machine: {len(tally.faults)}"
    yield from map(shown, tally.faults)
    yield f"wrong verdicts: {len(tally.wrong)}"
    yield from map(shown, tally.wrong)


def _grouped(crashes: list[Judged]) -> Iterator[str]:
    """One claim for each place, the shortest one."""
    kinds: dict[str, list[Judged]] = {}
    for crash in crashes:
        kinds.setdefault(crash.place.rpartition(":")[0], []).append(crash)
    for found in sorted(kinds.values(), key=len, reverse=True):
        shortest = min(found, key=lambda crash: len(crash.claim.text))
        yield f"{len(found)} times, once at {shortest.place}:\n{shown(shortest)}"


def _where(tally: Tally, *, truth: str = "", family: str = "") -> Counter[str]:
    """The outcomes of the claims of this truth or family."""
    found: Counter[str] = Counter()
    for (f, t, outcome), count in tally.rows.items():
        if truth in ("", t) and family in ("", f):
            found[outcome] += count
    return found


def _open(counts: Counter[str]) -> int:
    return counts.total() - counts["proved"] - counts["refuted"]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def _table(title: str, rows: Iterable[tuple[str, Counter[str]]]) -> Iterator[str]:
    yield f"{title:36}" + "".join(f"{outcome:>11}" for outcome in OUTCOMES)
    for name, counts in rows:
        yield f"{name:36}" + "".join(f"{counts[outcome] or '.':>11}" for outcome in OUTCOMES)


def shown(found: Judged) -> str:
    """One claim, its number, and what is wrong."""
    claim = found.claim
    number = f"{claim.number} {claim.family}"
    return f"  {claim.text}\n    {found.outcome}, {found.truth} [{number}] {found.problem}".rstrip()
