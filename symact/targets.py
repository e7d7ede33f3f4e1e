"""What the command line's targets mean: claims to judge, each knowing whom to tell; and the
functions that judge one.

Above: cli. Below: lessons, explain, runner. Heavy imports stay inside functions: the parent process
needs none of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Literal

from symact.lessons.collect import Block, LessonError, Step, collect
from symact.lessons.judge import hold_against
from symact.render.report import Judged
from symact.runner import Bounds, Decide, judge_all
from symact.verdicts import Outcome, Verdict

HOPED: dict[str, tuple[Outcome, ...]] = {"claim": ("proved",), "fact": ("proved", "refuted")}


@dataclass(frozen=True)
class Group:
    """Claims that are told together: one, or the steps of a lesson's `block`.

    items  what to judge; a Verdict stands for a claim that could not be read
    kind   key into HOPED for what is not a lesson
    """

    items: tuple[str | Verdict, ...]
    kind: Literal["claim", "fact"] = "claim"
    place: str = ""
    topic: str = ""
    block: Block | None = None

    def judged(self, verdicts: list[Verdict]) -> list[Judged]:
        """The verdicts with what was expected; fails with ValueError when their number is wrong."""
        if self.block is not None:
            return hold_against(self.block, verdicts)
        hoped = HOPED[self.kind]
        return [
            Judged(each, self.place, ok=each.outcome in hoped, topic=self.topic)
            for each in verdicts
        ]


def groups_of(target: str) -> list[Group]:
    """What `target` means. Fails with LessonError when it is a lesson or folder that cannot be
    read.
    """
    if os.path.isdir(target) or target.endswith((".md", os.sep)):
        return [Group(tuple(map(_item, block.steps)), block=block) for block in _lesson(target)]
    if _is_function(target):
        return [
            Group((_fact(topic, claim),), "fact", target, topic) for topic, claim in _facts(target)
        ]
    return [Group((target,))]


def _lesson(target: str) -> list[Block]:
    path = Path(target)
    if not path.exists():
        raise LessonError(f"{target}: there is no such file or folder")
    return collect(path)


def _item(step: Step) -> str | Verdict:
    return Verdict(step.claim, "error", step.error) if step.error else step.claim


def _is_function(target: str) -> bool:
    """Whether `target` is a name of the catalogue, or an expression and not a claim."""
    from symact.catalog import catalogue

    if target.isidentifier():
        return catalogue().knows(target)
    from symact.language.errors import ClaimError
    from symact.language.parser import parse_claim

    try:
        parse_claim(target, catalogue())
    except ClaimError:
        return _is_subject(target)
    return False


def _is_subject(target: str) -> bool:
    """Whether an expression in one variable is meant; what is wrong with others is told as of a
    claim.
    """
    from symact.catalog import catalogue
    from symact.language.errors import ClaimError
    from symact.language.parser import parse_claim

    head, where, conditions = target.partition(" where ")
    try:
        parse_claim(f"{head} == 0{where}{conditions}", catalogue())
    except ClaimError:
        return False
    return True


def _facts(target: str) -> list[tuple[str, str]]:
    """(topic, claim) for each fact about a function; the claim is "" where nothing was found."""
    from symact.explain.shape.sheet import facts
    from symact.explain.shape.subject import subject_of

    return [(fact.topic, fact.claim) for fact in facts(subject_of(target))]


def _fact(topic: str, claim: str) -> str | Verdict:
    return claim or Verdict(topic, "undecided", "nothing could be worked out to be claimed")


def claims_in(lines: Iterable[bytes]) -> Iterator[str]:
    """The claims of a file, one on each line; lines that are blank or begin with # are skipped.

    Bytes that are not UTF-8 become U+FFFD, which no claim may hold: they cost their own line only.
    Never fails itself.
    """
    for number, line in enumerate(lines):
        text = line.decode("utf-8-sig" if number == 0 else "utf-8", errors="replace").strip()
        if text and not text.startswith("#"):
            yield text


def judge(
    groups: Iterable[Group], executor: Executor, decide: Decide, bounds: Bounds
) -> Iterator[Judged]:
    """The judged claims of `groups`, in order; a block's steps come together, after its last.

    Fails as reading `groups` fails.
    """
    read: SimpleQueue[Group] = SimpleQueue()

    def items() -> Iterator[str | Verdict]:
        for group in groups:
            read.put(group)
            yield from group.items

    verdicts = judge_all(items(), executor, decide, bounds)
    for first in verdicts:
        group = read.get()
        yield from group.judged([first, *(next(verdicts) for _ in group.items[1:])])


def decide_only(text: str, timeout: float | None = None, trust: tuple[str, ...] = ()) -> Verdict:
    """The verdict of prover and checker on a claim; for a worker. Fails as the prover fails."""
    from symact.prover import decide

    return decide(text, timeout, trust)


def decide_and_cross_check(
    text: str, timeout: float | None = None, trust: tuple[str, ...] = ()
) -> Verdict:
    """The same verdict, with floating-point observations beside it. Fails as the prover fails."""
    from symact.explain.crosscheck import with_cross_check

    return with_cross_check(decide_only(text, timeout, trust))


def warm() -> None:
    """Imports what `decide_only` needs; for a new worker."""
    import symact.prover  # noqa: F401 - the import is the purpose


def warm_with_cross_check() -> None:
    """Imports what `decide_and_cross_check` needs; for a new worker."""
    import symact.explain.crosscheck
    import symact.prover  # noqa: F401 - the imports are the purpose
