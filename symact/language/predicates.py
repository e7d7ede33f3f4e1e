"""What a claim says: conditions and relations between core terms, for all values of its free names.

A predicate about two or more points is the relation that defines it; one about the function as a
whole is a `Property`.

Above: prover and checker. Below: `definitions`, `relations`, `unfold`, `claims`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symact.language.claims import Claim, Membership, Relation
from symact.language.definitions import defined
from symact.language.functions import Value
from symact.language.layers import roots
from symact.language.properties import Property
from symact.language.relations import Fresh, Triple, inside, relation_triples
from symact.language.shapes import Points, sized
from symact.language.terms import Term, name, postorder
from symact.language.unfold import Unfolder, Unsupported
from symact.language.vocabulary import Vocabulary

__all__ = ["Goal", "Property", "Triple", "free_names", "goal_of"]


@dataclass(frozen=True)
class Goal:
    """For all real values of the names: conditions imply every relation, and the property.

    relations   (left, op, right) core terms, all of which are to hold
    conditions  (left, op, right) core terms that restrict the values
    integral    names that range over "Naturals" or "Integers" only
    property    what is to hold of a whole function; then there are no relations
    points      the names that the predicate itself introduced, in order
    """

    relations: tuple[Triple, ...]
    conditions: tuple[Triple, ...]
    integral: tuple[tuple[str, str], ...]
    property: Property | None = None
    points: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """The free names, sorted; each ranges over the reals unless `integral` says otherwise."""
        terms = [side for a, _, b in self.relations + self.conditions for side in (a, b)]
        found = {t.value for root in terms for t in postorder(root) if t.op == "name"}
        if self.property is not None:
            found |= self.property.names()
        found.update(which for which, _ in self.integral)
        return tuple(sorted(x for x in found if not x.startswith("'")))


def goal_of(
    claim: Claim,
    vocabulary: Vocabulary,
    lists: Mapping[str, Value] | None = None,
    points: Points | None = None,
) -> Goal:
    """The meaning of a claim (without its `not`). Fails with Unsupported or ShapeError.

    lists   what the names of matrices and vectors stand for; without it the claim fixes every
            size, and they stand for lists of real names
    points  how to make the arguments at which functions are compared, when those are lists
    """
    given = lists is not None
    if lists is None:
        lists, points = sized(claim, vocabulary)
    memberships = [c for c in claim.conditions if isinstance(c, Membership)]
    integral = tuple(
        (m.name, m.set.kind) for m in memberships if m.set.kind in ("Naturals", "Integers")
    )
    naturals = frozenset(n for n, kind in integral if kind == "Naturals")
    integers = frozenset(n for n, _ in integral)
    unfolder = Unfolder(vocabulary, naturals, lists, integers)
    fresh = Fresh(free_names(claim) | _names_in(tuple(lists.values())), points)
    conditions: list[Triple] = []
    for condition in claim.conditions:
        if isinstance(condition, Membership):
            conditions.extend(inside(unfolder, name(condition.name), condition.set))
        else:
            conditions.extend(relation_triples(unfolder, condition, None))
    if isinstance(claim.statement, Relation):
        return Goal(
            tuple(relation_triples(unfolder, claim.statement, fresh)),
            tuple(conditions),
            integral,
        )
    meaning = defined(unfolder, claim.statement, fresh)
    if meaning.property is not None and given:
        raise Unsupported("no strategy for properties of functions of matrices")
    return Goal(
        tuple(meaning.relations),
        tuple(conditions + meaning.conditions),
        integral,
        meaning.property,
        fresh.introduced(),
    )


def free_names(claim: Claim) -> set[str]:
    """The names that no lambda of the claim binds: fresh names must avoid them."""
    found: set[str] = set()
    stack = [(root, frozenset[str]()) for root in roots(claim)]
    while stack:
        node, bound = stack.pop()
        if node.op == "name" and node.value not in bound:
            found.add(node.value)
        inner = bound | set(node.value) if node.op == "lambda" else bound
        stack.extend((arg, inner) for arg in node.args)
    return found


def _names_in(value: Value) -> set[str]:
    """The names that occur in an unfolded value."""
    if isinstance(value, Term):
        return {t.value for t in postorder(value) if t.op == "name"}
    return set().union(*map(_names_in, value)) if isinstance(value, tuple) else set()
