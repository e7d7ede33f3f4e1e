"""The checker: a claim's text and a certificate are two inputs; the statement is read from the text
alone.

    proof      every relation has a proof tree; under `where`, a point shows that it is not vacuous
    witness    one relation fails at a point that satisfies the conditions
    denial     a property, or one relation about limits and integrals, fails for some values
    matrix     the claim is about matrices of any size, or about a stack of layers: `matrix_judge`
    induction  the same, by induction on the number of layers

For `not S` the two change places: a witness against S proves it, a proof of S refutes it.

Above: `python -m symact.checker`, the prover (which believes no one else). Below: everything here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from symact.checker import certificate as c
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.goals import check_denial, check_proof, reader_of
from symact.checker.matrix_judge import check_matrix_claim
from symact.checker.matrix_witness import witness_goal
from symact.checker.witness import check_witness
from symact.language.claims import Claim
from symact.language.lists import ShapeError
from symact.language.parser import parse_claim
from symact.language.predicates import goal_of
from symact.language.printer import print_claim
from symact.language.unfold import Unsupported
from symact.language.vocabulary import Vocabulary


@dataclass(frozen=True)
class Result:
    """What the checker says.

    outcome    accept | reject | cannot judge
    verdict    with accept: what has been shown of the claim, proved | refuted
    message    with reject and cannot judge: why
    statement  the statement as the checker read it
    trusted    what was trusted beside the checker itself
    """

    outcome: Literal["accept", "reject", "cannot judge"]
    verdict: Literal["proved", "refuted"] | None = None
    message: str = ""
    statement: str = ""
    trusted: tuple[str, ...] = ("the definitions of the catalogue",)


def check(text: str, certificate: Any, vocabulary: Vocabulary) -> Result:
    """Whether the certificate shows the claim or its negation. Fails with ClaimError on unreadable
    text.
    """
    claim = parse_claim(text, vocabulary)
    statement = print_claim(claim)
    try:
        holds = _check(claim, certificate, vocabulary)
    except Rejected as refusal:
        return Result("reject", None, str(refusal), statement)
    except (CannotJudge, Unsupported, ShapeError, RecursionError) as limit:
        return Result("cannot judge", None, str(limit) or "too deep", statement)
    return Result("accept", "proved" if holds != claim.negated else "refuted", "", statement)


def _check(claim: Claim, certificate: Any, vocabulary: Vocabulary) -> bool:
    """Whether the statement was shown (True) or its failure (False)."""
    given = c.fields(certificate, ("format", "kind", "body"))
    c.integer(given["format"], c.FORMAT_VERSION, c.FORMAT_VERSION)
    kind = c.member(given["kind"], ("proof", "witness", "denial", "matrix", "induction"))
    if kind == "witness":
        goal = witness_goal(claim, given["body"], vocabulary)
        check_witness(goal, given["body"], reader_of(goal, vocabulary))
    elif kind in ("proof", "denial"):
        rule = check_proof if kind == "proof" else check_denial
        rule(goal_of(claim, vocabulary), given["body"], vocabulary)
    else:
        check_matrix_claim(claim, kind, given["body"], vocabulary)
    return kind not in ("witness", "denial")
