"""A function of one real variable on an interval, cut into pieces on which it is analytic.

    Γ ⊢ c_i < c_(i+1)        Γ, c_i < z < c_(i+1) ⊢ e = e_i, e_i defined and analytic
    -----------------------------------------------------------------------------------
    e is e_i between c_i and c_(i+1), for all values of the other names in Γ

The cuts c_i lie inside the interval, between its ends. A piece may also be one on which e has no
value at all.

Above: `two_points`, `integrals`, `properties`. Below: `sequents`, `resolve`, `proofs`, `laws`,
`limits`, `analytic`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from symact.checker import certificate as c
from symact.checker import signs
from symact.checker.analytic import analytic
from symact.checker.derivatives import depends, substitute
from symact.checker.failures import Rejected
from symact.checker.laws import assume_law
from symact.checker.limits import approach, require_limit
from symact.checker.obligations import interior
from symact.checker.proofs import derive
from symact.checker.resolve import is_undefined_on, resolve
from symact.checker.sequents import Sequent
from symact.language.elementary import difference
from symact.language.properties import Domain
from symact.language.terms import Term

Check = Callable[[Sequent, Any], None]

PIECE_COST = 20_000  # products of monomials that one piece counts for


@dataclass(frozen=True)
class Piece:
    """Γ with lower < z < upper, and the analytic term that is the function there, if any."""

    sequent: Sequent
    germ: Term | None


@dataclass(frozen=True)
class Meeting:
    """A cut or closed end, with the pieces on its left and right (None beyond a closed end)."""

    at: Term
    left: Piece | None
    right: Piece | None

    def sides(self) -> list[tuple[str, Piece]]:
        """The pieces that meet here, by the field that speaks of them."""
        both = (("left", self.left), ("right", self.right))
        return [(side, piece) for side, piece in both if piece is not None]


@dataclass(frozen=True)
class Pieces:
    """The function z ↦ body on a domain, piece by piece."""

    sequent: Sequent
    body: Term
    variable: Term
    domain: Domain
    cuts: tuple[Term, ...]
    pieces: tuple[Piece, ...]

    def germs(self) -> list[tuple[Piece, Term]]:
        """Every piece with its term. Fails with Rejected where the function has no value."""
        found = [(piece, piece.germ) for piece in self.pieces if piece.germ is not None]
        if len(found) < len(self.pieces):
            raise Rejected("the function has no value on a piece")
        return found

    def gaps(self) -> list[Domain]:
        """The interval of each piece, without its ends."""
        bounds = [self.domain.lower, *self.cuts, self.domain.upper]
        return [Domain(left, right) for left, right in pairwise(bounds)]

    def meetings(self) -> Iterator[Meeting]:
        """The cuts and the closed ends, from left to right."""
        domain, pieces = self.domain, self.pieces
        if domain.lower is not None and not domain.lower_open:
            yield Meeting(domain.lower, None, pieces[0])
        for cut, left, right in zip(self.cuts, pieces, pieces[1:], strict=False):
            yield Meeting(cut, left, right)
        if domain.upper is not None and not domain.upper_open:
            yield Meeting(domain.upper, pieces[-1], None)

    def value(self, at: Term) -> Term | None:
        """What the function is at a point, None where it has no value. Fails with Rejected."""
        region = self.sequent.region
        value = resolve(substitute(self.body, self.variable, at), region)
        if is_undefined_on(region, value):
            return None
        region.require_defined(value)
        return value


def read_pieces(
    sequent: Sequent, body: Term, variable: Term, domain: Domain, given: dict[str, Any]
) -> Pieces:
    """The pieces that {cuts, pieces} describe; `variable` occurs in the body alone.

    Fails with Rejected when a cut is not shown to lie between its neighbours, or a piece is not
    shown to be analytic.
    """
    cuts = [sequent.reader.term(cut) for cut in c.entries(given["cuts"])]
    ends = [*domain.ends(), *cuts]
    for end in ends:
        sequent.region.require_defined(end)
        if depends(end, variable):
            raise Rejected("an end depends on the variable")
    bounds = [domain.lower, *cuts, domain.upper]
    for left, right in pairwise(bounds):
        if left is not None and right is not None:
            if not sequent.region.holds(difference(right, left), ">"):
                raise Rejected("the cuts are not in order")
    entries = c.entries(given["pieces"])
    if len(entries) != len(bounds) - 1:
        raise Rejected("one entry for each piece is needed")
    pieces = [
        _piece(between(sequent, variable, left, right), body, variable, entry)
        for left, right, entry in zip(bounds, bounds[1:], entries, strict=False)
    ]
    return Pieces(sequent, body, variable, domain, tuple(cuts), tuple(pieces))


def between(sequent: Sequent, variable: Term, lower: Term | None, upper: Term | None) -> Sequent:
    """The sequent on Γ, lower < z < upper."""
    region = sequent.region.copy()
    if lower is not None:
        region.restrict(difference(variable, lower), signs.POSITIVE)
    if upper is not None:
        region.restrict(difference(variable, upper), signs.NEGATIVE)
    return sequent.extended(region)


def _piece(sequent: Sequent, body: Term, variable: Term, entry: Any) -> Piece:
    sequent.region.normal_form.generators.spend(PIECE_COST)
    learn(sequent, entry)
    germ = resolve(body, sequent.region)
    if is_undefined_on(sequent.region, germ):
        return Piece(sequent, None)
    return Piece(sequent, analytic(sequent.region, germ, variable))


def learn(sequent: Sequent, entry: Any) -> None:
    """Adds the laws and facts of {laws, facts}, each optional, to the sequent's own region; or of a
    list of such objects, in order.
    """
    for part in c.entries(entry) if isinstance(entry, list) else [entry]:
        given = c.fields(part, (), ("laws", "facts"))
        for law in c.entries(given.get("laws", [])):
            assume_law(sequent.region, law, sequent.reader)
        for fact in c.entries(given.get("facts", [])):
            derive(sequent.region, fact, sequent.reader)


def require_values(pieces: Pieces) -> None:
    """Fails with Rejected unless the function has a value at every point of its domain."""
    pieces.germs()
    if any(pieces.value(meeting.at) is None for meeting in pieces.meetings()):
        raise Rejected("the function has no value at a cut or end")


def require_continuous(pieces: Pieces, joins: Any, check: Check) -> None:
    """Fails with Rejected unless the function is continuous on its domain, at points with a value.

    At a cut c with a value, e(c) = e_i(c) has to be shown for the pieces on both sides: the terms
    e_i are continuous up to c when they are defined there. Or else that e tends to e(c) there.
    """
    meetings = list(pieces.meetings())
    entries = c.entries(joins)
    if len(entries) != len(meetings):
        raise Rejected("one join for each cut and closed end is needed")
    for meeting, entry in zip(meetings, entries, strict=True):
        value = pieces.value(meeting.at)
        sides = [(side, p.germ) for side, p in meeting.sides() if p.germ is not None]
        if value is None:
            c.fields(entry, ())
            continue
        given = c.fields(entry, tuple(side for side, _ in sides))
        for side, germ in sides:
            how = given[side], check
            if isinstance(given[side], dict) and "limit" in given[side]:
                _tends(pieces, (meeting.at, value), side, how)
            else:
                _extends(pieces, (meeting.at, value), germ, how)


def _extends(pieces: Pieces, at: tuple[Term, Term], germ: Term, how: tuple[Any, Check]) -> None:
    """The term of a piece is defined at its end, and is the value there."""
    (point, value), (proof, check) = at, how
    limit = substitute(germ, pieces.variable, point)
    pieces.sequent.region.require_defined(limit)
    check(pieces.sequent.on(pieces.sequent.region.copy(), (value, "==", limit)), proof)


def _tends(pieces: Pieces, at: tuple[Term, Term], side: str, how: tuple[Any, Check]) -> None:
    """The function tends to its value at a point from one side, by {limit}."""
    (point, value), (entry, check) = at, how
    function = pieces.body, pieces.variable
    base = pieces.sequent.on(pieces.sequent.region.copy(), (pieces.body, "==", value))
    where = approach("-" if side == "left" else "+", point)
    require_limit(base, function, where, value, (c.fields(entry, ("limit",))["limit"], check))


def require_regular(pieces: Pieces, at: Term, germ: Term) -> None:
    """Fails with Rejected unless the term of a piece is analytic at its end as well."""
    for term in (germ, *interior(germ)):
        pieces.sequent.region.require_defined(substitute(term, pieces.variable, at))


def read_domain(sequent: Sequent, given: dict[str, Any]) -> Domain:
    """The interval of {from, to}: each null or [`open` or `closed`, end]. Fails with Rejected."""
    ends: list[tuple[Term | None, bool]] = []
    for field in ("from", "to"):
        if given[field] is None:
            ends.append((None, True))
            continue
        row = c.entries(given[field])
        if len(row) != 2:
            raise Rejected("an end is open or closed, and a term")
        kind = c.member(row[0], ("open", "closed"))
        ends.append((sequent.reader.term(row[1]), kind == "open"))
    (lower, lower_open), (upper, upper_open) = ends
    return Domain(lower, upper, lower_open, upper_open)


def require_inside(sequent: Sequent, point: Term, domain: Domain) -> None:
    """Fails with Rejected unless the point is defined and shown to lie in the interval."""
    region = sequent.region
    region.require_defined(point)
    for end, relation, is_open in (
        (domain.lower, ">", domain.lower_open),
        (domain.upper, "<", domain.upper_open),
    ):
        wanted = relation if is_open else relation + "="
        if end is not None and not region.holds(difference(point, end), wanted):
            raise Rejected("a point is not shown to lie in the domain")
