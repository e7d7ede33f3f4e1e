"""A goal is proved by one proof tree for every relation, or by the rule of its property; and not
about nothing. A property is denied at constant values of the free names.

Above: `judge`, `matrix_judge`. Below: `tree`, `properties`, `denials`, `witness`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from symact.checker import certificate as c
from symact.checker import tree
from symact.checker.denials import OPPOSITE, check_property_denial
from symact.checker.divergence import require_no_value
from symact.checker.failures import Rejected
from symact.checker.properties import check_property
from symact.checker.witness import at, check_inhabitant, point_of
from symact.language.predicates import Goal, Property
from symact.language.properties import Domain
from symact.language.terms import Term, num
from symact.language.vocabulary import Vocabulary

NOTHING = (num(0), "==", num(0))  # the goal of a sequent that is there for its region


def reader_of(goal: Goal, vocabulary: Vocabulary) -> c.TermReader:
    """Reads the terms of a certificate for the goal."""
    naturals = frozenset(x for x, which in goal.integral if which == "Naturals")
    return c.TermReader(vocabulary, naturals)


def check_proof(goal: Goal, body: Any, vocabulary: Vocabulary) -> None:
    """Accepts {relations or property, inhabitant}. Fails with Rejected or CannotJudge."""
    reader = reader_of(goal, vocabulary)
    if goal.property is None:
        given = c.fields(body, ("relations", "inhabitant"))
    else:
        given = c.fields(body, ("property", "inhabitant"))
    if goal.conditions or goal.integral:
        check_inhabitant(goal, given["inhabitant"], reader)
    elif given["inhabitant"] is not None:
        raise Rejected("an unneeded inhabitant is given")
    if goal.property is not None:
        sequent = tree.start(NOTHING, goal.conditions, reader)
        check_property(sequent, goal.property, given["property"], tree.check)
        return
    proofs = c.entries(given["relations"])
    if not proofs or len(proofs) != len(goal.relations):
        raise Rejected("one proof per relation is needed")
    for relation, proof in zip(goal.relations, proofs, strict=True):
        tree.check(tree.start(relation, goal.conditions, reader), proof)


def check_denial(goal: Goal, body: Any, vocabulary: Vocabulary) -> None:
    """Accepts {values, laws, because} by returning: the property, or the first relation, fails at
    these values of the free names. Fails with Rejected or CannotJudge.
    """
    reader = reader_of(goal, vocabulary)
    given = c.fields(body, ("values", "laws", "because"))
    values, region = point_of(goal, given, reader)
    if goal.property is not None:
        sequent = replace(tree.start(NOTHING, (), reader), region=region)
        of = property_at(goal.property, values)
        check_property_denial(sequent, of, given["because"], tree.check)
        return
    found = c.fields(given["because"], ("relation",), ("proof", "missing"))
    if len(found) != 2:
        raise Rejected("one reason is needed")
    index = c.integer(found["relation"], 0, len(goal.relations) - 1)
    left, op, right = at(goal.relations[index], values)
    sequent = replace(tree.start((left, OPPOSITE[op], right), (), reader), region=region)
    if "missing" in found:
        require_no_value(sequent, found["missing"], tree.check)
    else:
        tree.check(sequent, found["proof"])


def property_at(of: Property, values: dict[Term, Term]) -> Property:
    """The property with the free names replaced by their values."""

    def put(root: Term) -> Term:
        return at((root, "==", root), values)[0]

    def moved(domain: Domain | None) -> Domain | None:
        if domain is None:
            return None
        lower = None if domain.lower is None else put(domain.lower)
        upper = None if domain.upper is None else put(domain.upper)
        return replace(domain, lower=lower, upper=upper)

    whole = moved(of.domain)
    return replace(of, body=put(of.body), domain=whole or of.domain, image=moved(of.image))
