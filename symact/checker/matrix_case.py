"""A claim about matrices, or a part of one, on its way to a rule.

Above: `matrix_judge`, `induction`. Below: language.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from symact.language.claims import Claim, Predicate, Relation
from symact.language.shapes import Shapes
from symact.language.vocabulary import Vocabulary


@dataclass(frozen=True)
class Case:
    """A claim to be shown, and the shapes of the matrices and vectors in it."""

    claim: Claim
    shapes: Shapes
    vocabulary: Vocabulary
    depth: int = 0

    def part(self, statement: Relation | Predicate, shapes: Shapes) -> Case:
        """Another statement under the same conditions."""
        claim = replace(self.claim, statement=statement)
        return Case(claim, shapes, self.vocabulary, self.depth + 1)
