"""A proof under construction: the checker's own sequent, and the steps that led to it.

Every fact and law goes through the checker's rule at once, so what the builder knows is what the
checker will know.

Above: `cases`, `sign_search`, `law_search`. Below: the checker.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from symact.checker.certificate import TermReader
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.laws import assume_law
from symact.checker.polynomials import Key
from symact.checker.proofs import derive
from symact.checker.region import Region
from symact.checker.signs import SIGNS
from symact.checker.tree import Sequent
from symact.language.printer import print_term
from symact.language.terms import Term, fold, rebuild
from symact.prover.algebra.factoring import term_of_form

Entry = dict[str, Any]
Factors = list[tuple[Term, int]]
Summands = list[tuple[Fraction, Factors]]
LONG_TEXT = 3_000
NAMES_OF_SIGNS = {known: relation for relation, known in SIGNS.items()}


class OutOfTime(Exception):
    """The time given to the search is used up."""


def written(term: Term) -> str:
    """The term as certificates write it: what it needs to be defined stays unsaid."""
    return print_term(fold(term, _without_needs))


def _without_needs(node: Term, below: list[Term]) -> Term:
    return below[0] if node.op in ("given", "regular") else rebuild(node, below)


class Builder:
    """A sequent that grows by facts and laws; `wrapped` nests a node in the steps taken."""

    def __init__(self, sequent: Sequent, deadline: float, depth: int = 0) -> None:
        self.sequent = sequent.extended(sequent.region.copy())
        self.deadline, self.depth = deadline, depth
        # Terms whose sign was missed, worth a case split, with the depth of the search.
        self.wishes: list[tuple[int, Term]] = []
        self.changes = 0  # facts and laws taken so far
        # Polynomials whose sign was looked for: at how many changes, and how deep in the search.
        self.searched: dict[Key, tuple[int, int]] = {}
        self._steps: list[tuple[str, list[Entry]]] = []

    @property
    def region(self) -> Region:
        """The region as it is known so far."""
        return self.sequent.region

    @property
    def reader(self) -> TermReader:
        """The checker's reader of terms."""
        return self.sequent.reader

    def learn(self, term: Term, sign: str, by: Entry) -> bool:
        """Adds a fact if the checker accepts its proof; says whether it did."""
        text = written(term)
        if len(text) > LONG_TEXT:  # too long to be read, perhaps; its form says the same
            form = term_of_form(self.region.normal_form.form(term))
            text = min(text, written(form), key=len)
        return self._take("facts", {"term": text, "sign": sign, "by": by})

    def learn_products(self, term: Term, sign: str, summands: Summands) -> bool:
        """Adds the fact that term = Σ c Π u^k has this sign."""
        body = [[str(c), [[written(u), k] for u, k in factors]] for c, factors in summands]
        return self.learn(term, sign, {"products": body})

    def law(self, law: str, of: Term, **premises: Any) -> bool:
        """Adds a law if the checker accepts it; says whether it did."""
        return self._take("laws", {"law": law, "of": written(of), **premises})

    def _take(self, kind: str, entry: Entry) -> bool:
        if time.perf_counter() > self.deadline:
            raise OutOfTime
        rule = derive if kind == "facts" else assume_law
        try:
            rule(self.region, entry, self.reader)
        except (Rejected, CannotJudge):
            return False
        if not self._steps or self._steps[-1][0] != kind:
            self._steps.append((kind, []))
        self._steps[-1][1].append(entry)
        self.changes += 1
        if self.sequent.pending:
            self.sequent = self.sequent.extended(self.region)
        return True

    def laws_taken(self) -> list[Entry]:
        """The laws among the steps, in order."""
        return self._taken("laws")

    def _taken(self, wanted: str) -> list[Entry]:
        return [entry for kind, entries in self._steps if kind == wanted for entry in entries]

    def learned(self) -> Any:
        """The laws and facts taken, as {laws, facts}; a list of such when facts came first."""
        taken: list[Entry] = [{}]
        for kind, entries in self._steps:
            if kind in taken[-1] or (kind == "laws" and "facts" in taken[-1]):
                taken.append({})
            taken[-1][kind] = list(entries)
        return taken[0] if len(taken) == 1 else taken

    def wrapped(self, node: Entry) -> Entry:
        """The node below all the steps taken so far."""
        for kind, entries in reversed(self._steps):
            field = "derive" if kind == "facts" else "laws"
            node = {"step": kind, field: entries, "then": node}
        return node


# show(builder, term, relation, depth): whether the sign is known after adding what facts it takes.
Show = Callable[[Builder, Term, str, int], bool]
