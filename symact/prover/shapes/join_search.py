"""Proofs of continuity at cuts and ends: a slot where the term of a piece is defined there, else a
limit that is found.

Above: `two_point_search`, `property_proofs`, `property_denials`. Below: `piece_search`,
`limit_search`.
"""

from __future__ import annotations

from symact.checker.derivatives import substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.limits import approach
from symact.checker.obligations import obligations
from symact.checker.pieces import Meeting, Pieces
from symact.language.terms import Term
from symact.prover.builder import Entry, OutOfTime
from symact.prover.cases import prove
from symact.prover.limits.far_out import NotShown
from symact.prover.limits.limit_search import Search, Undecided, Way
from symact.prover.shapes.piece_search import Found

SIDES = {"left": "-", "right": "+"}
NOT_FOUND = (Rejected, CannotJudge, NotShown, Undecided, OutOfTime)


def joins(found: Found, deadline: float) -> list[Entry]:
    """The field `joins`: one object for each cut and closed end."""
    rows = found.joins()
    for meeting, row in zip(found.pieces.meetings(), rows, strict=True):
        for side, piece in meeting.sides():
            if side in row and not is_defined(found.pieces, piece.germ, meeting.at):
                row[side] = _limit(found.pieces, meeting, side, deadline)
    return rows


def cover(found: Found, deadline: float) -> Entry:
    """The fields of a function that is continuous."""
    return {**found.fields(), "joins": joins(found, deadline)}


def is_defined(pieces: Pieces, germ: Term | None, at: Term) -> bool:
    """Whether the term of a piece is known to be defined at its end."""
    if germ is None:
        return True
    there = substitute(germ, pieces.variable, at)
    return all(pieces.sequent.region.holds(*need) for need in obligations(there))


def _limit(pieces: Pieces, meeting: Meeting, side: str, deadline: float) -> Entry:
    """{limit}: the function tends to its value; a slot if that is not found."""
    value = pieces.value(meeting.at)
    if value is None:
        return {}
    base = pieces.sequent.on(pieces.sequent.region.copy(), (pieces.body, "==", value))
    way = Way((pieces.body, pieces.variable), approach(SIDES[side], meeting.at))
    try:
        _, (entry,) = Search(base, prove, deadline).limit([way], value)
    except NOT_FOUND:
        return {}
    return {"limit": entry}
