"""Shapes: which names of a claim are matrices or vectors, and of which sizes.

    A @ B      A is p × q, B is q × r, A @ B is p × r        a vector is a plain list, a column
    u + v      equal shapes; a real number beside a matrix stands for every entry
    c*A        c is a real number
    l == r     equal shapes

Sizes that nothing fixes may be anything, and a claim is about all of them; columns that nothing
fixes are taken to be one: every operation works on them one by one.

Above: `predicates`, the checker. Below: `inference`, `kinds`, `layers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from symact.language.claims import Claim
from symact.language.functions import Value
from symact.language.inference import Inference, read
from symact.language.kinds import (
    PLAIN,
    Kind,
    Size,
    demand_list,
    exactly,
    is_open,
    prefer,
    root,
    settle,
)
from symact.language.layers import counts, is_bare, names_of, parts
from symact.language.lists import ShapeError
from symact.language.terms import Term, name
from symact.language.unfold import Unsupported
from symact.language.vocabulary import VECTOR_FUNCTIONS, Vocabulary

MAX_ENTRIES = 10_000  # entries of one matrix that stands for a list of names

Points = Callable[[int, str, Callable[[str], Term]], Value]
"""(position, letter, maker of new names) -> a new argument for a function of several arguments."""


@dataclass(frozen=True)
class Shape:
    """Rows and columns: numbers, or names for numbers that may be anything; None for a vector."""

    rows: int | str
    columns: int | str | None

    @property
    def is_vector(self) -> bool:
        """Whether it is the shape of a plain list."""
        return self.columns is None

    @property
    def is_sized(self) -> bool:
        """Whether every size is a number."""
        return not isinstance(self.rows, str) and not isinstance(self.columns, str)


@dataclass(frozen=True)
class Shapes:
    """The shapes of the matrices and vectors among the free names; other names are real numbers.

    arguments  for functions that are compared, or have a property: the shapes of their arguments,
               None for real numbers
    """

    names: Mapping[str, Shape]
    arguments: tuple[Shape | None, ...] = ()

    @property
    def is_sized(self) -> bool:
        """Whether every size is a number."""
        arguments = [shape for shape in self.arguments if shape is not None]
        return all(shape.is_sized for shape in (*self.names.values(), *arguments))


def infer(
    claim: Claim,
    vocabulary: Vocabulary,
    layers: Mapping[str, int] = MappingProxyType({}),
    given: Mapping[str, tuple[int, int | None]] = MappingProxyType({}),
) -> Shapes:
    """The shapes of the names of a claim.

    layers  how many layers some names stand for
    given   rows and columns (None: a vector) of some of the matrices and vectors

    Fails with ShapeError when shapes do not fit, with Unsupported when they cannot be told.
    """
    inference = Inference(vocabulary, layers)
    arguments = read(inference, claim)
    for which, (rows, columns) in given.items():
        size = Size(value=PLAIN) if columns is None else exactly(columns)
        demand_list(inference.names[which], name(which), exactly(rows), size)
    settle(inference.broadcasts)
    if is_open(inference.broadcasts, [*inference.names.values(), *arguments]):
        prefer(inference.broadcasts)
    shown = _Shown()
    found = {which: shown.shape(kind) for which, kind in sorted(inference.names.items())}
    return Shapes(
        {which: shape for which, shape in found.items() if shape is not None},
        tuple(shown.shape(kind) for kind in arguments),
    )


class _Shown:
    """Names the sizes that stay open: n1, n2, … in the order met."""

    def __init__(self) -> None:
        self.letters: dict[Size, str] = {}

    def shape(self, kind: Kind) -> Shape | None:
        """The shape of a list; None for a real number and for what nothing made a list."""
        found = root(kind)
        if found.real is not False:
            return None
        rows, columns = root(found.rows), root(found.columns)
        if columns.value is None and not columns.counts:
            columns.value = PLAIN
        return Shape(self._size(rows), None if columns.value == PLAIN else self._size(columns))

    def _size(self, size: Size) -> int | str:
        if size.value is not None:
            return size.value
        return self.letters.setdefault(size, f"n{len(self.letters) + 1}")


def is_about_lists(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether anything in the claim can make a name a matrix or vector. Never fails."""
    return any(demands_lists(part, vocabulary) for part in parts(claim))


def demands_lists(part: Term, vocabulary: Vocabulary) -> bool:
    """Whether the operator of a surface term works on lists only, or makes one. Never fails."""
    if part.op in ("call", "function"):
        definition = vocabulary.lookup(part.value[0])
        own = part.value[0] in VECTOR_FUNCTIONS
        return own or (definition is not None and definition.is_vector)
    return part.op in ("matmul", "list", "index", "layer")


def is_matrix_claim(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether the claim is about matrices, vectors or stacks of no particular size.

    Never fails: a claim whose shapes do not fit is none, and says so where it is unfolded.
    """
    try:
        if counts(claim) or any(is_bare(part) for part in parts(claim)):
            return True
        return is_about_lists(claim, vocabulary) and not infer(claim, vocabulary).is_sized
    except (ShapeError, Unsupported):
        return False


def sized(claim: Claim, vocabulary: Vocabulary) -> tuple[Mapping[str, Value], Points | None]:
    """Lists of real names for the matrices and vectors of a claim that fixes every size.

    Fails with Unsupported when a size is open, with ShapeError when shapes do not fit.
    """
    if not is_about_lists(claim, vocabulary):
        return {}, None
    shapes = infer(claim, vocabulary)
    if not shapes.is_sized:
        raise Unsupported("matrices of any size need a proof of their own")
    return entries(shapes, names_of(claim)), points(shapes)


def resized(shapes: Shapes, sizes: Mapping[str, int], other: int = 2) -> Shapes:
    """The shapes with every open size put at a number, `other` for those not in `sizes`."""

    def number(size: int | str) -> int:
        return sizes.get(size, other) if isinstance(size, str) else size

    def put(shape: Shape) -> Shape:
        columns = None if shape.columns is None else number(shape.columns)
        return Shape(number(shape.rows), columns)

    arguments = tuple(None if shape is None else put(shape) for shape in shapes.arguments)
    return Shapes({x: put(shape) for x, shape in shapes.names.items()}, arguments)


def entries(shapes: Shapes, used: set[str]) -> dict[str, Value]:
    """x -> [x_1, x_2, …] and A -> [[A_1_1, …], …] for given sizes, avoiding names in use."""
    taken = set(used)

    def fresh(text: str) -> Term:
        while text in taken:
            text += "_"
        taken.add(text)
        return name(text)

    return {x: _filled(shape, f"{x}_", "_", fresh) for x, shape in shapes.names.items()}


def points(shapes: Shapes) -> Points:
    """Arguments of the given sizes, made of new names. Fails with Unsupported on open sizes."""

    def argument(position: int, letter: str, fresh: Callable[[str], Term]) -> Value:
        shape = shapes.arguments[position] if position < len(shapes.arguments) else None
        return fresh(letter) if shape is None else _filled(shape, letter, "_", fresh)

    return argument


def _filled(shape: Shape, stem: str, joint: str, fresh: Callable[[str], Term]) -> Value:
    rows, columns = shape.rows, shape.columns
    if isinstance(rows, str) or isinstance(columns, str) or rows * (columns or 1) > MAX_ENTRIES:
        raise Unsupported("the size of a matrix is open or too large")
    if columns is None:
        return tuple(fresh(f"{stem}{i + 1}") for i in range(rows))
    return tuple(
        tuple(fresh(f"{stem}{i + 1}{joint}{j + 1}") for j in range(columns)) for i in range(rows)
    )
