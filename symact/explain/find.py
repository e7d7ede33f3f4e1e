"""Constants as answers: what is special about a function, each finding with the claims that
establish it.

Above: cli, api. Below: `shape`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from symact.checker.failures import CannotJudge, Rejected
from symact.explain.shape.findings import KINDS
from symact.explain.shape.outline import NoOutline
from symact.explain.shape.roots import crossings
from symact.explain.shape.shapes import Finding, Shape
from symact.explain.shape.subject import Subject, subject_of
from symact.language.errors import ClaimError
from symact.language.unfold import Unsupported
from symact.prover.stuck import Stuck

MAX_DIGITS = 1_000  # decimals of an answer: a claim holds numbers little longer


@dataclass(frozen=True)
class Answer:
    """The findings of one kind, or why there are none."""

    kind: str
    findings: tuple[Finding, ...]
    trouble: str = ""


def answers(text: str, kinds: Sequence[str], digits: int, other: str = "") -> list[Answer]:
    """What is found about the function, for each kind that is asked for (all when none is).

    text    an activation's name, or an expression in one variable
    digits  decimals of answers without a closed form
    other   another function of the same variable: its crossings with the first
    Fails with ClaimError on text that is no function of one variable.
    """
    if not 1 <= digits <= MAX_DIGITS:
        raise ClaimError(f"{digits} digits", expected=f"1 to {MAX_DIGITS} digits")
    subject = subject_of(text)
    shape = Shape(subject, digits)
    if other:
        return [
            _answer("crossings", lambda: list(crossings(shape, _same_variable(other, subject))))
        ]
    return [_answer(kind, partial(_search, shape, kind)) for kind in kinds or KINDS]


def _search(shape: Shape, kind: str) -> list[Finding]:
    return list(KINDS[kind](shape))


def _same_variable(text: str, first: Subject) -> Subject:
    second = subject_of(text)
    if second.variable != first.variable:
        raise ClaimError(
            f"'{text}' is a function of {second.variable}, not of {first.variable}",
            expected="functions of the same variable",
        )
    return second


def _answer(kind: str, search: Callable[[], list[Finding]]) -> Answer:
    try:
        return Answer(kind, tuple(search()))
    except NoOutline:
        return Answer(kind, (), "its zeros could not be isolated")
    except (Stuck, Rejected, CannotJudge, Unsupported) as trouble:
        return Answer(kind, (), str(trouble) or "no strategy")
