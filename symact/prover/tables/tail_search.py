"""Where a function of one name has one sign for good: the checker's tails, tried further and
further out.

Above: `table_search`, `cuts`. Below: the checker's tails.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symact.checker.failures import CannotJudge, Rejected
from symact.checker.intervals import EnclosureError
from symact.checker.tails import tail_sign
from symact.language.terms import Term

# (order, starts): one summand is mostly enough and by far the quickest.
ATTEMPTS = ((1, (2, 4, 8, 16, 32, 64, 512, 2**13)), (3, (2, 4, 16, 64)), (6, (2, 4, 16, 64)))


@dataclass(frozen=True)
class Tail:
    """f has the sign wherever it is defined and side · x >= start; shown with so many summands."""

    side: int
    start: Fraction
    sign: int
    order: int


def tail(
    function: Term, variable: Term, side: int, least: Fraction | None, bits: int
) -> Tail | None:
    """The tail on one side that begins early; not before side · x = `least`."""
    for order, tried in ATTEMPTS:
        starts = [Fraction(s) for s in tried if least is None or s > least]
        for start in [least, *starts] if least is not None and least >= 1 else starts:
            try:
                sign = tail_sign(function, variable, start, side, order, bits)
            except (Rejected, EnclosureError):
                continue
            except CannotJudge:
                break
            return Tail(side, start, sign, order) if sign else None
    return None
