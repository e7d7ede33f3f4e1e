"""The sign rule `cells`: the signs of a term of one name, read off on pieces of the real line.

    t = g[z := u]      u defined on Γ      Γ ⊢ a <= u <= b      cells tile [a, b]
    ----------------------------------------------------------------------------- cells
    Γ ⊢ t ρ 0             where the signs of g on the cells together allow only ρ

A piece begins where the one before it ends (the first at a), so pieces leave no gap; each ends
beyond its beginning, so none is empty. Only the first may begin, and only the last may end, at
infinity (a = -oo, b = oo), and both are tails.

Above: `proofs`. Below: `cell_rules` (what one cell shows), `region`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symact.checker import certificate as c
from symact.checker.cell_rules import MAX_ORDER, RULES, Cell, Graph, sign
from symact.checker.derivatives import substitute
from symact.checker.failures import Rejected
from symact.checker.intervals import EnclosureError
from symact.checker.region import Region
from symact.checker.signs import Signs
from symact.language.elementary import difference
from symact.language.terms import Term, num, postorder

PRECISIONS = 32, 8_192  # bits, the fewest and the most


def cells(region: Region, term: Term, body: Any, reader: c.TermReader) -> Signs:
    """The signs that the term, defined on the region, can have there.

    Fails with Rejected, or with CannotJudge for what is not analytic and past limits.
    """
    given = c.fields(body, ("name", "term", "of", "bits", "order", "from", "cells"))
    graph = Graph(
        region,
        reader,
        reader.term(given["term"]),
        reader.name(given["name"]),
        reader.term(given["of"]),
        c.integer(given["bits"], *PRECISIONS),
        c.integer(given["order"], 1, MAX_ORDER),
    )
    begin = None if given["from"] is None else reader.rational(given["from"])
    tiles = _tiles(begin, c.entries(given["cells"]), reader)
    _require_instance(graph, term, tiles)
    known: Signs = frozenset()
    for kind, cell in tiles:
        try:
            known |= RULES[kind][1](graph, cell)
        except EnclosureError as problem:
            raise Rejected("no enclosure on a cell") from problem
    _require_bound(graph, tiles[0][1].begin, ">=")
    _require_bound(graph, tiles[-1][1].end, "<=")
    return known


def _tiles(begin: Fraction | None, rows: list[Any], reader: c.TermReader) -> list[tuple[str, Cell]]:
    """(kind, piece) for each list [kind, end, sign, …]; at least one, and no end is left out."""
    tiles: list[tuple[str, Cell]] = []
    for row in rows:
        parts = c.entries(row)
        kind = c.member(parts[0] if parts else None, tuple(RULES))
        if len(parts) != RULES[kind][0]:
            raise Rejected("a cell has too many entries, or too few")
        if tiles and begin is None:
            raise Rejected("a cell follows the one without an end")
        end = None if parts[1] is None else reader.rational(parts[1])
        tiles.append((kind, Cell(begin, end, sign(parts[2]), parts[3:])))
        begin = end
    if not tiles:  # no cell has no sign, which would allow any
        raise Rejected("there are no cells")
    return tiles


def _require_instance(graph: Graph, term: Term, tiles: list[tuple[str, Cell]]) -> None:
    """t = g[z := u], with both sides defined, for a g without other names.

    The rule's caller has shown that t is defined. On a piece with two ends g is shown to be
    analytic; a tail speaks only of points where g is defined, so there that is asked for.
    """
    region = graph.region
    if any(t.op == "name" and t is not graph.variable for t in postorder(graph.function)):
        raise Rejected("the function of the cells has another name")
    region.require_defined(graph.of)
    instance = substitute(graph.function, graph.variable, graph.of)
    if instance is term:
        return
    if not region.normal_form.equal(term, instance):
        raise Rejected("the term is not the function of the cells")
    if tiles[0][1].begin is None or tiles[-1][1].end is None:
        region.require_defined(instance)


def _require_bound(graph: Graph, bound: Fraction | None, relation: str) -> None:
    """Γ ⊢ u `relation` bound, unless the cells reach to infinity."""
    if bound is not None and not graph.region.holds(difference(graph.of, num(bound)), relation):
        raise Rejected("the cells do not reach as far as the values")
