"""The Python door: claims as text or as SymPy objects go in, verdicts and SymPy objects come out.

Above: `symact`. Below: prover, checker, explain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from symact.catalog import catalogue
from symact.language.claims import Claim
from symact.language.parser import parse_claim
from symact.trust import require
from symact.verdicts import Verdict


@dataclass(frozen=True)
class Found:
    """A finding about a function: what, where, the value there, and the verdicts on its claims."""

    kind: str
    at: str
    value: str
    note: str
    verdicts: tuple[Verdict, ...]


def prove(
    claim: Any,
    where: Any = (),
    *,
    timeout: float | None = None,
    cross_check: bool = False,
    trust: Iterable[str] = (),
) -> Verdict:
    """The verdict on a claim: proved, refuted with a witness, or undecided with what was tried.

    claim        text in the claim language, or a SymPy relation: `sympy.Eq(sympy.tanh(x), …)`
    where        SymPy conditions on the free symbols, for a claim given as SymPy
    timeout      seconds after which the search gives up (default 30)
    cross_check  also evaluate both sides in floating point, next to the verdict
    trust        ("z3",) takes z3's word where no proof is found; the verdict's `.trusted` says so

    The proof or witness is in `.certificate`, accepted by the checker before this returns. Text
    that cannot be read gives the outcome `error`. Fails with ClaimError for a SymPy object that
    has no spelling in the claim language, and for `where` beside text; with ImportError when what
    is to be trusted is not installed, and ValueError when no such solver is known.
    """
    from symact.prover import decide

    verdict = decide(_text(claim, where), timeout, require(trust))
    if not cross_check:
        return verdict
    from symact.explain.crosscheck import with_cross_check

    return with_cross_check(verdict)


def find(function: str, kind: str, *, digits: int = 30) -> list[Found]:
    """What is special about a function, each finding with the verdicts on its claims.

    function  an activation's name, or an expression in one variable, `… where …` for parameters
    kind      zeros, extrema, inflections, kinks, limits, fixed-points or lipschitz
    digits    decimals of answers without a closed form
    Fails with ClaimError on other text; with ValueError on another kind, and, with the reason, when
    nothing of this kind could be worked out.
    """
    from symact.explain.find import answers
    from symact.explain.shape.findings import KINDS

    if kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
    (answer,) = answers(function, [kind], digits)
    if answer.trouble:
        raise ValueError(f"{kind} of {function}: {answer.trouble}")
    return [
        Found(each.kind, each.at, each.value, each.note, tuple(map(prove, each.claims)))
        for each in answer.findings
    ]


def facts(function: str) -> dict[str, list[Verdict]]:
    """The fact sheet of a function: topic -> verdicts on its claims.

    A topic about which nothing could be worked out has one undecided verdict. Fails with ClaimError
    on text that is no function of one variable.
    """
    from symact.explain.shape.sheet import facts as sheet
    from symact.explain.shape.subject import subject_of

    found: dict[str, list[Verdict]] = {}
    for fact in sheet(subject_of(function)):
        nothing = Verdict(fact.topic, "undecided", "nothing could be worked out to be claimed")
        found.setdefault(fact.topic, []).append(prove(fact.claim) if fact.claim else nothing)
    return found


def _text(claim: Any, where: Any) -> str:
    if isinstance(claim, str):
        if where:
            from symact.language.errors import ClaimError

            raise ClaimError("conditions belong in the text", example="x/x == 1 where x != 0")
        return claim
    from symact.explain.sympy_bridge import as_claim_text

    return as_claim_text(claim, where)


def parse(text: str) -> Claim:
    """The claim that the text states. Fails with ClaimError, which names line and column."""
    return parse_claim(text, catalogue())


def to_sympy(part: Any, *, expand: bool = False) -> Any:
    """The SymPy object for a claim, relation, set or term (text is parsed as a claim).

    expand  write activations as their definitions instead of as named functions
    Fails with ClaimError for what SymPy has no counterpart for.
    """
    from symact.explain.sympy_bridge import to_sympy as convert

    return convert(parse(part) if isinstance(part, str) else part, expand=expand)


def from_sympy(expression: Any) -> Any:
    """The term, relation or claim for a SymPy object; text is never evaluated.

    Fails with ClaimError for what the claim language has no spelling for.
    """
    from symact.explain.sympy_bridge import from_sympy as convert

    return convert(expression)
