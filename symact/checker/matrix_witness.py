"""What a witness with matrices is about: the claim with those matrices put in.

    the values of the numbers of layers, and matrices of shapes that fit, make a claim about reals
    ----------------------------------------------------------------------------------------------
    where that claim fails (see `witness`), the claim for all sizes fails

Layers with weights of their own get weights W1, b1, W2, b2, … in the order in which `dense` is
written, the same in all layers of a stack: that is one choice of their weights.

Above: `judge`. Below: `certificate`, language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symact.checker import certificate as c
from symact.checker.failures import Rejected
from symact.language.claims import Claim
from symact.language.errors import ClaimError
from symact.language.functions import Value
from symact.language.layers import counts, with_weights
from symact.language.limits import MAX_STACK
from symact.language.lists import ShapeError
from symact.language.parser import parse_term
from symact.language.predicates import Goal, goal_of
from symact.language.shapes import infer, points, resized
from symact.language.terms import Term, num
from symact.language.unfold import Unfolder, Unsupported
from symact.language.vocabulary import Vocabulary


def witness_goal(claim: Claim, body: Any, vocabulary: Vocabulary) -> Goal:
    """The goal that the rest of the witness has to break. Fails with Rejected."""
    given = c.fields(body, ("values", "relation", "laws"), ("matrices",))
    layers = _layers(claim, given["values"], vocabulary)
    if "matrices" not in given and not layers:
        return goal_of(claim, vocabulary)
    return instance(claim, vocabulary, layers, _matrices(given.get("matrices", {}), vocabulary))


def instance(
    claim: Claim, vocabulary: Vocabulary, layers: Mapping[str, int], matrices: Mapping[str, Value]
) -> Goal:
    """The claim for these numbers of layers and these matrices.

    Fails with Rejected unless these are all the matrices and vectors, of shapes that fit.
    """
    concrete = with_weights(claim)
    if infer(concrete, vocabulary, layers).names.keys() != matrices.keys():
        raise Rejected("the witness does not give exactly the matrices of the claim")
    try:
        shapes = infer(concrete, vocabulary, layers, {x: _size(m) for x, m in matrices.items()})
    except ShapeError as problem:
        raise Rejected("the matrices do not fit together") from problem
    numbers = {x: num(count) for x, count in layers.items()}
    at_two = points(resized(shapes, {}))  # a size that no matrix fixes may be any: it is 2
    return goal_of(concrete, vocabulary, {**matrices, **numbers}, at_two)


def _layers(claim: Claim, values: Any, vocabulary: Vocabulary) -> dict[str, int]:
    """The numbers of layers among the values."""
    found: dict[str, int] = {}
    for which in sorted(counts(claim)):
        if not isinstance(values, dict) or which not in values:
            raise Rejected("the witness does not give the number of layers")
        value = c.TermReader(vocabulary).rational(values[which])
        if value.denominator != 1 or not 0 <= value <= MAX_STACK:
            raise Rejected("the number of layers is not a natural number in range")
        found[which] = int(value)
    return found


def _matrices(given: Any, vocabulary: Vocabulary) -> dict[str, Value]:
    if not isinstance(given, dict):
        raise Rejected("an object is needed")
    return {c.text(x): _matrix(text, vocabulary) for x, text in given.items()}


def _matrix(given: Any, vocabulary: Vocabulary) -> Value:
    """A list of rational numbers, or a list of rows of them."""
    try:
        value = Unfolder(vocabulary).value(parse_term(c.text(given), vocabulary), {})
    except (ClaimError, Unsupported, ShapeError) as problem:
        raise Rejected("a matrix cannot be read") from problem
    if not isinstance(value, tuple) or not value or not all(map(_is_row, value)):
        raise Rejected("a matrix of rational numbers is needed")
    return value


def _is_row(value: Value) -> bool:
    """Whether it is a number or a row of them; the language knows rows of one length only."""
    if isinstance(value, tuple):
        return bool(value) and all(isinstance(entry, Term) and _is_row(entry) for entry in value)
    return isinstance(value, Term) and value.op == "num"


def _size(value: Value) -> tuple[int, int | None]:
    """Rows and columns; None for the columns of a vector."""
    rows = value if isinstance(value, tuple) else ()
    return len(rows), len(rows[0]) if isinstance(rows[0], tuple) else None
