"""That a proof search came to an end without a proof.

Above: `cases`, `limit_search`. Below: `readable`.
"""

from __future__ import annotations

from symact.language.printer import print_term
from symact.language.terms import Term
from symact.prover.readable import readable


class Stuck(Exception):
    """No proof found; `term relation 0` is what could not be shown."""

    def __init__(self, term: Term, relation: str) -> None:
        super().__init__(f"could not show {print_term(readable(term))} {relation} 0")
        self.term, self.relation = term, relation
