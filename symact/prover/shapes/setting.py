"""What the strategies for properties work with: the property, its region, and a clock.

Above: `property_proofs`, `property_denials`. Below: `piece_search`, `graph_samples`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from symact.checker.sequents import Sequent
from symact.language.predicates import Property
from symact.language.properties import Domain
from symact.language.terms import Term
from symact.prover.builder import Entry, written
from symact.prover.numeric import graph_samples
from symact.prover.shapes.piece_search import Found, Graph, find_pieces


@dataclass(frozen=True)
class Setting:
    """A property on a region.

    text     the function as the claim writes it
    numbers  the property at some values of its parameters, for a numerical look
    """

    sequent: Sequent
    of: Property
    text: str
    numbers: Property
    deadline: float

    @cached_property
    def pieces(self) -> Found:
        """The pieces of the function on its domain. Fails with Stuck."""
        return self.pieces_on(self.of.domain)

    def pieces_on(self, domain: Domain, extra: tuple[Term, ...] = ()) -> Found:
        """The pieces of the function on a domain."""
        graph = Graph(self.of.body, self.of.variable, domain)
        return find_pieces(self.sequent, graph, self.deadline, extra)

    @cached_property
    def graph(self) -> graph_samples.Graph:
        """The function as numbers. Fails with CannotJudge."""
        of = self.numbers
        return graph_samples.Graph(of.body, of.variable, of.domain)

    @cached_property
    def samples(self) -> list[graph_samples.Sample]:
        """Values of the function."""
        return self.graph.samples()

    def fresh(self) -> str:
        """A name that occurs nowhere yet."""
        used = {self.of.variable.value, *self.of.names()}
        text = "y"
        while text in used:
            text += "_"
        return text


def ends(domain: Domain) -> Entry:
    """The fields `from` and `to` of a domain."""
    fields: Entry = {}
    for field, end, is_open in (
        ("from", domain.lower, domain.lower_open),
        ("to", domain.upper, domain.upper_open),
    ):
        fields[field] = None if end is None else ["open" if is_open else "closed", written(end)]
    return fields
