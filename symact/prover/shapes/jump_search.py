"""Where a function is not continuous: what it tends to from one side is not its value.

Above: `property_denials`. Below: `setting`, `join_search`, `limit_search`, `floor_search`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symact.checker.failures import CannotJudge, Rejected
from symact.checker.limits import approach
from symact.language.properties import Domain
from symact.language.terms import Term, add, num
from symact.prover.builder import Entry, written
from symact.prover.cases import prove
from symact.prover.limits.limit_search import Search, Way
from symact.prover.numeric.graph_samples import constant
from symact.prover.shapes.floor_search import some_jumps
from symact.prover.shapes.join_search import NOT_FOUND, is_defined
from symact.prover.shapes.piece_search import Found
from symact.prover.shapes.setting import Setting
from symact.prover.stuck import Stuck

Denial = tuple[str, Entry]
APART = 1e-9


def jumps(setting: Setting) -> Iterator[Denial]:
    """At a cut or closed end, against the piece on either side."""
    domain = setting.of.domain
    cuts = _cuts(setting)
    closed = [
        end
        for end, is_open in ((domain.lower, domain.lower_open), (domain.upper, domain.upper_open))
        if end is not None and not is_open
    ]
    for cut in [*cuts, *closed]:
        for side in (1, -1):
            to = _neighbour(domain, cuts, cut, side)
            if to is not None:
                yield from _from_one_side(setting, cut, to, side)


def _cuts(setting: Setting) -> list[Term]:
    """The cuts of the function; some places where a floor jumps, if there is no end of them."""
    try:
        return setting.pieces.cuts
    except (Stuck, Rejected, CannotJudge):
        of = setting.of
        return some_jumps(setting.sequent.region, of.body, of.variable)


def _from_one_side(setting: Setting, cut: Term, to: Term, side: int) -> Iterator[Denial]:
    gap = Domain(cut, to) if side > 0 else Domain(to, cut)
    try:
        found = setting.pieces_on(gap)
    except (Stuck, Rejected, CannotJudge):
        return
    if found.cuts:
        return
    germ = found.pieces.pieces[0].germ
    if germ is not None and is_defined(found.pieces, germ, cut):
        learn = found.entries[0]
        yield "jump", {"at": written(cut), "to": written(to), "learn": learn, "proof": {}}
    elif germ is not None:
        yield from _other_limit(setting, found, cut, side)


def _other_limit(setting: Setting, found: Found, cut: Term, side: int) -> Iterator[Denial]:
    """Where the term beside the point is not defined at it."""
    pieces, toward = found.pieces, "+" if side > 0 else "-"
    base = pieces.sequent.on(pieces.sequent.region.copy(), (pieces.body, "==", pieces.body))
    way = Way((pieces.body, pieces.variable), approach(toward, cut))
    try:
        value, (entry,) = Search(base, prove, setting.deadline).limit([way])
    except NOT_FOUND:
        return
    fields = {"at": written(cut), "toward": toward, "value": written(value)}
    yield "other limit", {**fields, "limit": entry, "proof": {}}


def _neighbour(domain: Domain, cuts: list[Term], cut: Term, side: int) -> Term | None:
    """A point beside the cut, inside the domain, before the next cut."""
    here = constant(cut)
    if here is None:
        return None
    end = domain.upper if side > 0 else domain.lower
    others = [c for other in cuts if (c := constant(other)) is not None]
    if end is not None and (last := constant(end)) is not None:
        others.append(last)
    beyond = [abs(c - here) for c in others if (c - here) * side > APART]
    if end is not None and not beyond:
        return None
    step = Fraction(1)
    while beyond and float(step) >= min(beyond):
        step /= 2
    return add(cut, num(side * step)) if cut.op != "num" else num(cut.value + side * step)
