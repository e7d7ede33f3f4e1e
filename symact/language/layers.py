"""Networks as surface terms: names, layers without weights, stacks without a number.

Above: `shapes`, `predicates`, the checker. Below: `claims`, `terms`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symact.language.claims import Claim, Membership, Predicate, RealSet, Relation
from symact.language.terms import Term, name, postorder, rebuild, term
from symact.language.unfold import Unsupported


def roots(claim: Claim) -> Iterator[Term]:
    """Every surface term that is written in the claim, conditions and sets included."""
    statement = claim.statement
    yield from statement.sides if isinstance(statement, Relation) else statement.args
    sets = [statement.on] if isinstance(statement, Predicate) else []
    for condition in claim.conditions:
        if isinstance(condition, Relation):
            yield from condition.sides
        else:
            yield name(condition.name)
            sets.append(condition.set)
    for real_set in sets:
        yield from _ends(real_set)


def _ends(real_set: RealSet | None) -> Iterator[Term]:
    if real_set is not None:
        yield from (end for end in (real_set.lower, real_set.upper) if end is not None)


def parts(claim: Claim) -> Iterator[Term]:
    """Every subterm of the claim."""
    for root in roots(claim):
        yield from postorder(root)


def names_of(claim: Claim) -> set[str]:
    """Every name in the claim, bound ones too: new names must avoid them. Never fails."""
    found = {part.value for part in parts(claim) if part.op == "name"}
    return found.union(*(part.value for part in parts(claim) if part.op == "lambda"))


def names_in(root: Term) -> set[str]:
    """The names in a surface term, bound ones too. Never fails."""
    return {part.value for part in postorder(root) if part.op == "name"}


def naturals(claim: Claim) -> set[str]:
    """The names that the claim declares to be natural numbers."""
    members = [c for c in claim.conditions if isinstance(c, Membership)]
    return {member.name for member in members if member.set.kind == "Naturals"}


def is_bare(layer: Term) -> bool:
    """Whether the term is `dense` alone: a layer with weights of its own."""
    return layer.op == "layer" and layer.value == "dense" and not layer.args


def has_bare_layers(root: Term) -> bool:
    """Whether `dense` stands alone somewhere in the term."""
    return any(is_bare(part) for part in postorder(root))


def counts(claim: Claim) -> set[str]:
    """The names that stand for a number of layers.

    Fails with Unsupported when a lambda binds one of them, or a number of layers is neither a
    number nor a name.
    """
    stacks = [part.args[0] for part in parts(claim) if part.op == "stack"]
    found = {count.value for count in stacks if count.op == "name"}
    if any(count.op not in ("num", "name") for count in stacks):
        raise Unsupported("the number of layers has to be a number or a name")
    if any(found & set(part.value) for part in parts(claim) if part.op == "lambda"):
        raise Unsupported("the number of layers is bound by a lambda")
    return found


def with_weights(claim: Claim) -> Claim:
    """An instance of the claim: names W1, b1, W2, b2, … for the weights of each `dense` alone.

    All layers of a stack get the same weights, which own weights may be. Never fails.
    """
    used = names_of(claim)
    statement = claim.statement
    expand = _Weights(used).expanded
    if isinstance(statement, Relation):
        sides = tuple(expand(side) for side in statement.sides)
        return replace(claim, statement=Relation(sides, statement.ops))
    predicate = Predicate(statement.name, tuple(map(expand, statement.args)), statement.on)
    return replace(claim, statement=predicate)


class _Weights:
    """Gives names to weights, one `dense` after the other."""

    def __init__(self, used: set[str]) -> None:
        self.used = used
        self.layers = 0

    def expanded(self, root: Term) -> Term:
        """The term with all weights named."""
        if not has_bare_layers(root):
            return root
        if is_bare(root):
            self.layers += 1
            return term("layer", (self._fresh("W"), self._fresh("b")), "dense")
        return rebuild(root, [self.expanded(arg) for arg in root.args])

    def _fresh(self, letter: str) -> Term:
        found = f"{letter}{self.layers}"
        while found in self.used:
            found += "_"
        self.used.add(found)
        return name(found)
