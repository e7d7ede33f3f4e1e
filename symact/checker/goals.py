"""A goal is proved by one proof tree for every relation, and not about nothing.

Above: `judge`, `matrix_judge`. Below: `tree`, `witness`.
"""

from __future__ import annotations

from typing import Any

from symact.checker import certificate as c
from symact.checker import tree
from symact.checker.failures import Rejected
from symact.checker.witness import check_inhabitant
from symact.language.predicates import Goal
from symact.language.vocabulary import Vocabulary


def reader_of(goal: Goal, vocabulary: Vocabulary) -> c.TermReader:
    """Reads the terms of a certificate for the goal."""
    naturals = frozenset(x for x, which in goal.integral if which == "Naturals")
    return c.TermReader(vocabulary, naturals)


def check_proof(goal: Goal, body: Any, vocabulary: Vocabulary) -> None:
    """Accepts {relations, inhabitant} by returning. Fails with Rejected or CannotJudge."""
    reader = reader_of(goal, vocabulary)
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
