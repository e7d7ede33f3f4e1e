"""Filling in proofs: the checker's own rule is run on a certificate whose sub-proofs are still
empty, and each is searched for when the rule asks for it.

So what is proved is what the checker will ask for.

Above: `two_point_search`, `property_search`. Below: `cases`, the checker's rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symact.checker.pieces import Check
from symact.checker.sequents import Sequent
from symact.prover.builder import Entry
from symact.prover.cases import prove

Rule = Callable[[Check], object]


def fill(rule: Rule, deadline: float, depth: int = 0) -> None:
    """Runs the rule; every empty object that it wants checked becomes a proof tree. Fails with
    Stuck, OutOfTime, or as the rule does.
    """

    def search(sequent: Sequent, slot: Any) -> None:
        if not slot:
            found: Entry = prove(sequent, deadline, depth)
            slot.update(found)

    rule(search)
