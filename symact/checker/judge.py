"""The checker: a claim's text and a certificate are two inputs; the statement is read from the text alone.

    proof     every relation has a proof tree; under `where`, a point shows that the claim is not vacuous
    witness   one relation fails at a point that satisfies the conditions
    matrices  see `matrix_judge`

For `not S` the two change places: a witness against S proves it, a proof of S refutes it.

Above: `python -m symact.checker`, the prover (which believes no one else). Below: everything here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from symact.checker import certificate as c
from symact.checker import tree
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.witness import check_inhabitant, check_witness
from symact.language.claims import Claim
from symact.language.lists import ShapeError
from symact.language.parser import parse_claim
from symact.language.predicates import Goal, goal_of
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
    """Whether the certificate shows the claim or its negation. Fails with ClaimError on unreadable text."""
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
    kind = c.member(given["kind"], ("proof", "witness"))
    goal = goal_of(claim, vocabulary)
    naturals = frozenset(x for x, which in goal.integral if which == "Naturals")
    reader = c.TermReader(vocabulary, naturals)
    if kind == "proof":
        _check_proof(goal, given["body"], reader)
        return True
    check_witness(goal, given["body"], reader)
    return False


def _check_proof(goal: Goal, body: Any, reader: c.TermReader) -> None:
    given = c.fields(body, ("relations", "inhabitant"))
    proofs = c.entries(given["relations"])
    if not proofs or len(proofs) != len(goal.relations):
        raise Rejected("one proof per relation is needed")
    if goal.conditions or goal.integral:
        check_inhabitant(goal, given["inhabitant"], reader)
    elif given["inhabitant"] is not None:
        raise Rejected("an unneeded inhabitant is given")
    for relation, proof in zip(goal.relations, proofs, strict=True):
        tree.check(tree.start(relation, goal.conditions, reader), proof)
