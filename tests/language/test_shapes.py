"""Shapes: what is a matrix, a vector, a number; of which size; and what does not fit."""

from __future__ import annotations

import pytest

from symact.catalog import catalogue
from symact.language.claims import Claim
from symact.language.layers import counts, names_of, with_weights
from symact.language.lists import ShapeError
from symact.language.parser import parse_claim
from symact.language.predicates import goal_of
from symact.language.printer import print_claim
from symact.language.shapes import Shape, Shapes, infer, is_matrix_claim, resized, sized
from symact.language.unfold import Unsupported

WORDS = catalogue()


def read(text: str) -> Claim:
    """The claim that the text states."""
    return parse_claim(text, WORDS)


def shown(shapes: Shapes) -> str:
    """`A: 2×n1, x: n1; f: n1`: the names, then the arguments of functions."""
    names = ", ".join(f"{x}: {_shape(s)}" for x, s in shapes.names.items())
    return names + "".join(f"; {_shape(s) if s else 'real'}" for s in shapes.arguments)


def _shape(shape: Shape) -> str:
    return str(shape.rows) if shape.is_vector else f"{shape.rows}×{shape.columns}"


SHAPES = [
    ("W2 @ (W1 @ x) == (W2 @ W1) @ x", "W1: n1×n2, W2: n3×n1, x: n2"),
    ("A @ x + b == b + A @ x", "A: n1×n2, b: n1, x: n2"),
    ("A @ B == B @ A", "A: n1×n1, B: n1×n1"),
    ("A @ B == A + B", "A: n1×n1, B: n1×n1"),
    ("transpose(A) == A", "A: n1×n1"),
    ("transpose(A @ B) == transpose(B) @ transpose(A)", "A: n1×n2, B: n2×n3"),
    ("c*(A @ x) == A @ (c*x)", "A: n1×n2, x: n2"),
    ("c*(A @ x) + c == c + c*(A @ x)", "A: n1×n2, x: n2"),
    ("2*x + A @ y == A @ y + x + x", "A: n1×n2, x: n1, y: n2"),
    ("(A @ x)/c == A @ (x/c)", "A: n1×n2, x: n2"),
    ("a*x + A @ y == x + B @ y", "A: n1×n2, B: n1×n2, x: n1, y: n2"),
    ("relu(A @ x - b) == max(0, A @ x - b)", "A: n1×n2, b: n1, x: n2"),
    ("elu(A @ x, alpha=a) == elu(A @ x, a)", "A: n1×n2, x: n2"),
    ("(A @ x)**2 == (A @ x)*(A @ x)", "A: n1×n2, x: n2"),
    ("A @ [x, y] == [1, 2, 3]", "A: 3×2"),
    ("[[1, 2], [3, 4], [5, 6]] @ x == y", "x: 2, y: 3"),
    ("[[1, 2], [3, 4]] @ A == A @ [[1, 2], [3, 4]]", "A: 2×2"),
    ("[1, 2] @ x == 3", "x: 2"),
    ("[[1, 2], [3, 4]] @ x == x + b", "b: 2, x: 2"),
    ("x == [1, 2]", "x: 2"),
    ("sum(v) == dot(v, w)", "v: n1, w: n1"),
    ("norm(v) == v[0]", "v: n1"),
    ("softmax(v) == v", "v: n1"),
    ("affine(dense(W, b))", "W: n1×n2, b: n1; n2"),
    ("affine(dense(W, 0) >> relu >> dense(V, d))", "V: n1×n2, W: n2×n3, d: n1; n3"),
    ("affine(lambda x: A @ x + b)", "A: n1×n2, b: n1; n2"),
    ("affine(residual(dense(W, b)))", "W: n1×n1, b: n1; n1"),
    ("affine(stack(3, dense(W, b)))", "W: n1×n1, b: n1; n1"),
    ("affine(stack(1000, dense))", "; n1"),
    ("linear(stack(1000, dense(W, 0) >> (lambda x: a*x)))", "W: n1×n1; n1"),
    ("linear(lambda A: transpose(A @ B))", "B: n1×n2; n3×n1"),
    ("odd(transpose)", "; n1×n2"),
    (
        "(lambda X: X + A) >> transpose == transpose >> (lambda X: X + B)",
        "A: n1×n2, B: n2×n1; n1×n2",
    ),
    ("odd(softmax)", "; n1"),
    ("(lambda x, y: A @ x + y) == (lambda x, y: y + A @ x)", "A: n1×n2; n2; n1"),
    ("dropout >> dense(W, 0) == dense(W, 0)", "W: n1×n2; n2"),
    ("odd(lambda x: c*x)", "; real"),
    ("softmax([x + c, y])[0] == softmax([x, y - c])[0]", ""),
    ("[x, y] + c == [x + c, y + c]", ""),
    ("[2, 5] @ ([[1, 3], [4, 1]] @ [x, y] + [1, 2]) + c == z", ""),
    ("a*x == x*a", ""),
    ("W @ x == W @ y where x == y", "W: n1×n2, x: n2, y: n2"),
    ("c*(W @ x) == W @ x where c > 0", "W: n1×n2, x: n2"),
    ("piecewise((A @ x, c > 0), (b, True)) == b", "A: n1×n2, b: n1, x: n2"),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_shapes_are_inferred(text: str, expected: str) -> None:
    """Every matrix and vector has its shape, and nothing else has one."""
    assert shown(infer(read(text), WORDS)) == expected


MISFITS = [
    ("[[1, 2], [3, 4]] @ [1, 2, 3] == [x, y]", "sizes"),
    ("dense([[1, 2]], [1, 2])(x) == y", "sizes"),
    ("dense([[1, 2]], 0) >> dense([[1, 2]], 0) == relu", "sizes"),
    ("A @ [1, 2] == A @ [1, 2, 3]", "sizes"),
    ("dense(W, b)(x) == W @ W @ b @ x", "a vector stands where a matrix is needed"),
    ("transpose([1, 2]) == x", "a vector stands where a matrix is needed"),
    ("A @ x == 0", "a real number and a list"),
    ("sum(v) == v", "a real number and a list"),
    ("elu(A @ x, alpha=x) == A @ x", "a real number and a list"),
    ("A @ (x**y) == A @ x where y == A @ x", "a real number and a list"),
    ("x @ A == y where x in Naturals", "a real number and a list"),
    ("affine(stack(n, dense >> (lambda x: 2))) where n in Naturals", "a real number and a list"),
]


@pytest.mark.parametrize(("text", "message"), MISFITS)
def test_shapes_that_do_not_fit_are_an_error(text: str, message: str) -> None:
    """The error says what does not fit, and where."""
    with pytest.raises(ShapeError, match=message) as caught:
        infer(read(text), WORDS)
    assert " in " in str(caught.value)


UNTOLD = [
    ("A @ x == a*b", "it cannot be told"),
    ("a*x + A @ y == x*a + B @ y", "it cannot be told"),
    ("affine(conv(K, b))", "no strategy for the layer conv"),
    ("affine(flatten >> dense(W, b))", "no strategy for the layer flatten"),
    ("stack(2000, stack(1999, transpose))(A @ B) == A", "too many layers"),
]


@pytest.mark.parametrize(("text", "message"), UNTOLD)
def test_what_cannot_be_told_is_unsupported(text: str, message: str) -> None:
    """No guess is made where two readings are possible, and no layer is passed over."""
    with pytest.raises(Unsupported, match=message):
        infer(read(text), WORDS)


MATRIX_CLAIMS = [
    ("A @ B == B @ A", True),
    ("affine(dense(W, b))", True),
    ("affine(stack(1000, dense))", True),
    ("linear(stack(n, lambda x: a*x)) where n in Naturals", True),
    ("norm(v) == sum(v)", True),
    ("odd(softmax)", True),
    ("stack(1000, lambda x: a*x)(x) == a**1000*x", False),
    ("[[1, 2], [3, 4]] @ x == [x[0] + 2*x[1], 3*x[0] + 4*x[1]]", False),
    ("affine(dense([[1, 2]], [3]))", False),
    ("relu(x) >= 0", False),
    ("[[1, 2]] @ [1, 2, 3] == x", False),
    ("affine(conv(K, b))", False),
]


@pytest.mark.parametrize(("text", "expected"), MATRIX_CLAIMS)
def test_claims_about_any_size_are_told_from_others(text: str, expected: bool) -> None:
    """Open sizes, open numbers of layers and weights without names make a matrix claim."""
    assert is_matrix_claim(read(text), WORDS) is expected


def test_given_sizes_spread() -> None:
    """What is known of one name decides the others."""
    claim = read("W2 @ (W1 @ x) == (W2 @ W1) @ x")
    given = {"W1": (2, 3), "W2": (1, 2)}
    assert shown(infer(claim, WORDS, given=given)) == "W1: 2×3, W2: 1×2, x: 3"
    with pytest.raises(ShapeError, match="sizes"):
        infer(claim, WORDS, given={"W1": (2, 3), "W2": (1, 3)})
    with pytest.raises(ShapeError, match="a vector stands"):
        infer(claim, WORDS, given={"W1": (2, None)})


def test_a_number_of_layers_decides_shapes() -> None:
    """One transposition turns the sizes round, two do not."""
    claim = read("stack(n, transpose)(A) == B where n in Naturals")
    assert shown(infer(claim, WORDS, {"n": 1})) == "A: n1×n2, B: n2×n1"
    assert shown(infer(claim, WORDS, {"n": 2})) == "A: n1×n2, B: n1×n2"
    assert shown(infer(claim, WORDS)) == "A: n1×n1, B: n1×n1"


def test_open_sizes_are_put_at_numbers() -> None:
    """Given letters get their number, all others the same one."""
    shapes = infer(read("affine(dense(W, b) >> relu >> dense(V, d))"), WORDS)
    assert shown(resized(shapes, {"n1": 5, "n2": 4}, other=3)) == "V: 5×4, W: 4×3, b: 4, d: 5; 3"


def test_fixed_sizes_make_lists_of_names() -> None:
    """A claim that fixes every size is one about the entries, by names that are not in use."""
    goal = goal_of(read("[[1, 2], [3, 4]] @ x == [x_1, y] where x_1 > 0"), WORDS)
    assert goal.names() == ("x_1", "x_1_", "x_2", "y")
    goal = goal_of(read("linear(relu >> dense([[1, 2, 3]], 0))"), WORDS)
    assert goal.names() == ("c", "x1", "x1_", "x2", "x2_", "x3", "x3_", "y1", "y2", "y3")


def test_open_sizes_make_no_lists() -> None:
    """A claim about any size is not taken for one about real numbers."""
    with pytest.raises(Unsupported, match="any size"):
        sized(read("A @ B == B @ A"), WORDS)
    with pytest.raises(Unsupported, match="any size"):
        goal_of(read("norm(v) >= 0"), WORDS)


def test_too_many_entries_are_refused() -> None:
    """A matrix of 40 000 entries is not written out."""
    row = ", ".join("0" for _ in range(200))
    with pytest.raises(Unsupported, match="too large"):
        sized(read(f"A @ [{row}] == [{row}]"), WORDS)


def test_weights_get_names() -> None:
    """Every `dense` alone has its own names, none of them in use."""
    claim = with_weights(read("affine(stack(n, dense >> relu >> dense >> (lambda x: W1*x)))"))
    assert print_claim(claim) == (
        "affine(stack(n, dense(W1_, b1) >> relu >> dense(W2, b2) >> (lambda x: W1*x)))"
    )
    both = with_weights(read("stack(2, dense) == stack(2, dense)"))
    assert print_claim(both) == "stack(2, dense(W1, b1)) == stack(2, dense(W2, b2))"


COUNTS = [
    ("stack(n, relu) == stack(m, relu)", {"m", "n"}),
    ("stack(3, dense)(x) == y", set()),
    ("relu(n) == n", set()),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_numbers_of_layers_are_found(text: str, expected: set[str]) -> None:
    """The names that count layers, and no others."""
    assert counts(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["stack(n + 1, relu)(x) == relu(x)", "(lambda n: stack(n, relu)(x)) == (lambda n: relu(x))"],
)
def test_other_numbers_of_layers_are_unsupported(text: str) -> None:
    """A computed or bound number of layers is beyond this version."""
    with pytest.raises(Unsupported, match="number of layers"):
        counts(read(text))


def test_names_of_conditions_and_sets_are_in_use() -> None:
    """New names avoid those of memberships, of ends of sets and of lambdas."""
    claim = read("odd(lambda t: 0*s, on=Interval(-p, p)) where c in Naturals, d in Interval(q, 3)")
    assert names_of(claim) == {"t", "s", "p", "c", "d", "q"}
