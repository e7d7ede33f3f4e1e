"""Certificates about matrices and networks of any size: good ones are accepted, others are not."""

from __future__ import annotations

import ast
import copy
import inspect
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symact.catalog import catalogue
from symact.checker import goals, induction, matrix_judge, matrix_witness
from symact.checker.judge import Result, check
from symact.checker.matrix_judge import MAX_DEPTH

WORDS = catalogue()
Body = dict[str, Any]
HOLDS: Body = {"step": "holds"}
FALSE = Path(__file__).parent.parent / "claims" / "false.txt"


def judge(text: str, kind: str, body: Any) -> Result:
    """What the checker says of a certificate."""
    return check(text, {"format": 1, "kind": kind, "body": body}, WORDS)


def normal(count: int, **inhabitant: str) -> Body:
    """The rule `normal form` with `count` relations that hold as they are."""
    point = {"values": inhabitant, "laws": []} if inhabitant else None
    return {"rule": "normal form", "relations": [HOLDS] * count, "inhabitant": point}


def layers(*proofs: Body) -> Body:
    """The rule `layers`."""
    return {"rule": "layers", "layers": list(proofs)}


def matrix(count: int, **inhabitant: str) -> Body:
    """The nested certificate for a layer by its normal form."""
    return {"kind": "matrix", "body": normal(count, **inhabitant)}


def real(relations: list[Body], **inhabitant: str) -> Body:
    """The nested certificate for a claim about real numbers."""
    point = {"values": inhabitant, "laws": []} if inhabitant else None
    return {"kind": "proof", "body": {"relations": relations, "inhabitant": point}}


def split(on: str, *cases: Body) -> Body:
    """A case split."""
    negative, zero, positive = cases
    return {"step": "split", "on": on, "negative": negative, "zero": zero, "positive": positive}


def broken(relation: int = 0, matrices: Body | None = None, **values: str) -> Body:
    """A witness."""
    body: Body = {"values": values, "relation": relation, "laws": []}
    return body if matrices is None else {**body, "matrices": matrices}


EMPTY: Body = {"step": "empty"}
RELU: Body = split(  # relu(c*x) == c*relu(x) where c >= 0
    "c",
    EMPTY,
    {"step": "substitute", "name": "c", "value": "0", "then": split("x", HOLDS, HOLDS, HOLDS)},
    split("x", HOLDS, HOLDS, HOLDS),
)
NATURAL = "where n in Naturals"

PROOFS: list[tuple[str, str, Body]] = [
    ("W2 @ (W1 @ x) == (W2 @ W1) @ x", "matrix", normal(1)),
    ("A @ (B @ C) == (A @ B) @ C", "matrix", normal(1)),
    ("W2 @ (W1 @ x + b1) + b2 == (W2 @ W1) @ x + (W2 @ b1 + b2)", "matrix", normal(3)),
    ("A @ (x + y) == A @ x + A @ y == A @ y + A @ x", "matrix", normal(4)),
    ("(A + B) @ (A - B) == A @ A - A @ B + B @ A - B @ B", "matrix", normal(4)),
    ("transpose(A @ B @ C) == transpose(C) @ transpose(B) @ transpose(A)", "matrix", normal(1)),
    ("transpose(transpose(A) @ B) == transpose(B) @ A", "matrix", normal(1)),
    ("c*(A @ x) == A @ (c*x)", "matrix", normal(1)),
    ("(A @ x)/2 == A @ (x/2)", "matrix", normal(1)),
    ("A @ x - A @ x == 0*(A @ y)", "matrix", normal(2)),
    ("A @ (x + 1) - 1 == A @ x + A @ (0*x + 1) - 1", "matrix", normal(3)),
    ("(A @ x)/c == (1/c)*(A @ x) where c != 0", "matrix", normal(3, c="1")),
    ("(lambda v: A @ x)(1/c) == A @ x where c > 0", "matrix", normal(2, c="1")),
    ("relu(W1 @ (W2 @ x)) == relu((W1 @ W2) @ x)", "matrix", normal(1)),
    ("sigmoid(2*(A @ x)) == sigmoid(A @ x + A @ x)", "matrix", normal(2)),
    ("relu(relu(A @ (x + x))) == relu(relu(2*(A @ x)))", "matrix", normal(1)),
    ("elu(A @ (2*x), alpha=a) == elu(A @ x + A @ x, alpha=a)", "matrix", normal(1)),
    ("transpose(relu(A @ B)) == relu(transpose(B) @ transpose(A))", "matrix", normal(1)),
    ("identity(A @ x) + 1 == (lambda v: v + 1)(A @ x)", "matrix", normal(2)),
    ("(A @ x)*(A @ x) == (A @ x)**2", "matrix", normal(1)),
    ("dense(W1, b1) >> dense(W2, b2) == dense(W2 @ W1, W2 @ b1 + b2)", "matrix", normal(3)),
    ("(lambda x, y: A @ (x + y)) == (lambda x, y: A @ x + A @ y)", "matrix", normal(2)),
    ("stack(3, dense(W, b))(x) == W@W@W@x + W@W@b + W@b + b", "matrix", normal(4)),
    ("linear(lambda x: A @ x)", "matrix", normal(3)),
    ("affine(dense(W, b))", "matrix", normal(7)),
    ("odd(dense(W, 0))", "matrix", normal(2)),
    ("linear(dense(W, 0) >> dense(V, 0))", "matrix", layers(matrix(5), matrix(5))),
    ("affine(stack(1000, dense))", "matrix", layers(matrix(7))),
    (f"affine(stack(n, dense)) {NATURAL}", "matrix", layers(matrix(7, c="1", n="0"))),
    ("linear(residual(dense(W, 0)) >> dropout)", "matrix", layers(matrix(5), matrix(3))),
    (
        "positively_homogeneous(dense(W, 0) >> relu)",
        "matrix",
        layers(matrix(2, c="1"), real([RELU], c="1", x="1")),
    ),
    (
        f"stack(n, lambda x: a*x) == (lambda x: a**n*x) {NATURAL}",
        "induction",
        {"base": real([HOLDS], a="1", n="0", x_="1"), "step": real([HOLDS], a="1", n="0", x_="1")},
    ),
    (
        f"a**n*(A @ y) == stack(n, lambda x: a*x)(A @ y) {NATURAL}",
        "induction",
        {"base": matrix(1, a="1", n="0"), "step": matrix(1, a="1", n="0")},
    ),
    (
        f"stack(n, lambda x: x + b)(A @ y) == A @ y + n*b {NATURAL}",
        "induction",
        {"base": matrix(2, n="0"), "step": matrix(2, n="0")},
    ),
    ("stack(1000, lambda x: a*x)(x) == a**1000*x", "proof", real([HOLDS])["body"]),
    ("[[0, 1], [1, 0]] @ ([[0, 1], [1, 0]] @ x) == x", "proof", real([HOLDS] * 2)["body"]),
    ("affine(dense([[1, 2]], [3]) >> dense([[4]], 5))", "proof", real([HOLDS] * 2)["body"]),
]

SWAP = {"A": "[[0, 1], [0, 0]]", "B": "[[0, 0], [1, 0]]"}
NET = {"W1": "[[1]]", "b1": "[0]", "W2": "[[1/2]]", "b2": "[0]"}
WITNESSES: list[tuple[str, Body]] = [
    ("A @ B == B @ A", broken(0, SWAP)),
    ("transpose(A @ B) == transpose(A) @ transpose(B)", broken(0, SWAP)),
    (
        "W2 @ (W1 @ x) == (W1 @ W2) @ x",
        broken(0, {"W1": SWAP["A"], "W2": SWAP["B"], "x": "[1, 0]"}),
    ),
    (
        "linear(dense(W, b))",
        broken(
            0,
            {"W": "[[1, 2]]", "b": "[3]"},
            x1="0",
            x2="0",
            y1="0",
            y2="0",
            c="0",
            x1_="0",
            x2_="0",
        ),
    ),
    (
        "affine(dense(W1, b1) >> relu >> dense(W2, b2))",
        broken(0, NET, x1="1", y1="-1", c="0", x1_="0"),
    ),
    (
        "affine(dense(W1, b1) >> tanh >> dense(W2, b2))",
        broken(0, NET, x1="1", y1="1", c="0", x1_="0"),
    ),
    (
        "linear(stack(1000, dense))",
        broken(0, {"W1": "[[1]]", "b1": "[1]"}, x1="0", y1="0", c="0", x1_="0"),
    ),
    (f"odd(stack(n, dense)) {NATURAL}", broken(0, {"W1": "[[1]]", "b1": "[1]"}, x1="0", n="2")),
    (f"stack(n, relu)(x) == relu(x) {NATURAL}", broken(0, None, x="-1", n="0")),
    (f"stack(n, dense(W, 0))(x) == W @ x {NATURAL}", broken(0, {"W": "[[2]]", "x": "[1]"}, n="0")),
    ("norm(v) == sum(v)", broken(0, {"v": "[3, -4]"})),
    ("affine(softmax)", broken(0, {}, x1="0", x2="1", y1="0", y2="1", c="0", x1_="0", x2_="0")),
    ("(A @ x)/c == (1/c)*(A @ x)", broken(0, {"A": "[[1]]", "x": "[1]"}, c="0")),
    ("[[1, 2], [3, 4]] @ x == x", broken(1, None, x_1="1", x_2="0")),
    ("[[1, 2], [3, 4]] @ x == x", broken(1, {"x": "[1, 0]"})),
    ("A @ x == A @ y where x == 2*y", broken(0, {"A": "[[1]]", "x": "[2]", "y": "[1]"})),
]

ACCEPTED = [(text, kind, body, "proved") for text, kind, body in PROOFS] + [
    (text, "witness", body, "refuted") for text, body in WITNESSES
]


@pytest.mark.parametrize(("text", "kind", "body", "verdict"), ACCEPTED)
def test_good_certificates_are_accepted(text: str, kind: str, body: Body, verdict: str) -> None:
    """What follows is accepted, with the verdict that it shows."""
    result = judge(text, kind, body)
    assert (result.outcome, result.verdict, result.message) == ("accept", verdict, "")


@pytest.mark.parametrize(("text", "kind", "body", "verdict"), ACCEPTED[::4])
def test_negated_claims_change_places(text: str, kind: str, body: Body, verdict: str) -> None:
    """The certificate of a claim decides its negation the other way."""
    other = {"proved": "refuted", "refuted": "proved"}[verdict]
    assert judge(f"not {text}", kind, body).verdict == other


def mutants(body: Any) -> Iterator[Any]:
    """The certificate with one field or entry left out, one added, or one text changed."""
    if isinstance(body, dict):
        for field in body:
            yield {k: v for k, v in body.items() if k != field}
            for changed in mutants(body[field]):
                yield {**body, field: changed}
        yield {**body, "more": "1"}
    elif isinstance(body, list):
        for index in range(len(body)):
            yield body[:index] + body[index + 1 :]
            for changed in mutants(body[index]):
                yield [*body[:index], changed, *body[index + 1 :]]
        yield [*body, *body[:1]] if body else [{}]
    elif isinstance(body, str):
        yield body + "'"
        yield None


@pytest.mark.parametrize(("text", "kind", "body"), [row[:3] for row in ACCEPTED])
def test_maimed_certificates_are_not_accepted(text: str, kind: str, body: Body) -> None:
    """A certificate from which anything is missing, or to which more is added, shows nothing."""
    for mutant in mutants(copy.deepcopy(body)):
        assert judge(text, kind, mutant).outcome != "accept", mutant
    for other in {"proof", "witness", "matrix", "induction"} - {kind}:
        assert judge(text, other, body).outcome != "accept"


X = "[1, 0]"
REJECTED: list[tuple[str, str, Any, str]] = [
    ("A @ B == A @ B", "matrix", [], "an object is needed"),
    ("A @ B == A @ B", "matrix", {**normal(1), "rule": "trust me"}, "an unknown word is used"),
    ("A @ B == B @ A", "matrix", normal(2), "the relation does not follow"),
    ("A @ B == B @ A", "matrix", normal(1), "one proof per relation is needed"),
    ("A @ B == A @ B", "matrix", normal(1, c="1"), "an unneeded inhabitant is given"),
    ("A @ x == B @ x where c > 0, c < 0", "matrix", normal(2, c="1"), "a condition does not hold"),
    ("(A @ x)/c == (1/c)*(A @ x)", "matrix", normal(3), "domain obligation not shown"),
    ("(lambda v: A @ x)(1/c) == A @ x", "matrix", normal(2), "domain obligation not shown"),
    ("(lambda v: 0*b)((A @ x)/c) == 0*b", "matrix", normal(2), "domain obligation not shown"),
    ("c*(A @ x) + 1/c - 1/c == c*(A @ x)", "matrix", normal(4), "domain obligation not shown"),
    (
        "(lambda v: c*(A @ x))(c*(A @ x) + 1/c) == c*(A @ x)",
        "matrix",
        normal(2),
        "domain obligation not shown",
    ),
    ("log(A @ x) == log(A @ (x + 0*x))", "matrix", normal(2), "domain obligation not shown"),
    ("relu((A @ x)/c) == relu((A @ x)/c)", "matrix", normal(2), "domain obligation not shown"),
    ("0*log(A @ x) == 0*x", "matrix", normal(3), "domain obligation not shown"),
    ("relu(A @ x) == leaky_relu(A @ x)", "matrix", normal(2), "the relation does not follow"),
    ("relu(A @ x) == relu(B @ x)", "matrix", normal(2), "the relation does not follow"),
    ("W @ (x + 1) == W @ x + 1", "matrix", normal(3), "the relation does not follow"),
    ("A @ B == A @ B", "matrix", layers(matrix(1)), "the layers rule does not apply"),
    ("even(dense(W, 0) >> relu)", "matrix", layers(), "the layers rule does not apply"),
    (
        "odd(dense(W, 0), on=Interval(0, 1))",
        "matrix",
        layers(matrix(2)),
        "the layers rule does not apply",
    ),
    ("linear(dense(W, 0) >> dense(V, 0))", "matrix", layers(matrix(5)), "one proof per layer"),
    (
        "affine(stack(n, dense))",
        "matrix",
        layers(matrix(7)),
        "the number of layers is not a natural",
    ),
    (
        "affine(stack(n, dense)) where n in Integers",
        "matrix",
        layers(matrix(7, c="1", n="1")),
        "the number of layers is not a natural number",
    ),
    (
        "affine(lambda x: [[0, 1], [1, 0]] @ x)",
        "matrix",
        layers(real([HOLDS, HOLDS])),
        "the layer is not a function of real numbers, entry by entry",
    ),
    (
        "linear(dense(W, 0) >> (lambda x: x*norm([x])))",
        "matrix",
        layers(matrix(5), real([HOLDS, HOLDS])),
        "a real number and a list",
    ),
    (
        "affine((lambda x: x + b) >> dense(W, 0) >> (lambda y: y + norm(b)))",
        "matrix",
        layers(real([HOLDS, HOLDS]), matrix(7), real([HOLDS, HOLDS])),
        "the layer is not a function of real numbers, entry by entry",
    ),
    (
        "affine(dense(W, b) >> relu)",
        "matrix",
        layers(matrix(7), real([HOLDS, HOLDS])),
        "sign of a guard not known",
    ),
    (
        "linear(dense(W, b) >> dense(V, 0))",
        "matrix",
        layers(matrix(5), matrix(5)),
        "does not follow",
    ),
    (f"stack(n, relu)(x) != relu(x) {NATURAL}", "induction", {}, "a field is missing"),
    (
        f"stack(n, relu)(x) >= relu(x) {NATURAL}",
        "induction",
        {"base": {}, "step": {}},
        "induction is for one equation",
    ),
    (
        f"n*x + n*x == 2*n*x {NATURAL}",
        "induction",
        {"base": {}, "step": {}},
        "induction is for a stack of layers",
    ),
    (
        "stack(n, identity)(x) == x",
        "induction",
        {"base": {}, "step": {}},
        "the number of layers is not a natural number",
    ),
    (
        "stack(3, identity)(x) == x",
        "induction",
        {"base": {}, "step": {}},
        "the number of layers is not a natural number",
    ),
    (
        f"stack(n, lambda x: n*x)(x) == n**n*x {NATURAL}",
        "induction",
        {"base": {}, "step": {}},
        "the layers are not alike",
    ),
    (
        f"stack(n, identity)(n*x) == n*x {NATURAL}",
        "induction",
        {"base": {}, "step": {}},
        "the layers are not alike",
    ),
    (
        f"stack(n, identity)(x) == x {NATURAL}, n > 3",
        "induction",
        {"base": {}, "step": {}},
        "the layers are not alike",
    ),
    (
        f"stack(n, dense)(x) == x {NATURAL}",
        "induction",
        {"base": {}, "step": {}},
        "the layers are not alike",
    ),
    (
        f"stack(n, relu)(x) == relu(x) {NATURAL}",
        "induction",
        {"base": real([split("x", HOLDS, HOLDS, HOLDS)], n="0", x="1"), "step": {}},
        "the relation does not follow",
    ),
    (
        f"stack(n, lambda x: a*x)(x) == x {NATURAL}",
        "induction",
        {"base": real([HOLDS], n="0", x="1"), "step": real([HOLDS], a="1", n="0", x="1")},
        "the relation does not follow",
    ),
    ("A @ B == B @ A", "witness", broken(0, {"A": "[[1]]", "B": "[[2]]"}), "the relation holds"),
    ("A @ B == B @ A", "witness", broken(0, {"A": SWAP["A"]}), "exactly the matrices"),
    ("A @ B == B @ A", "witness", broken(0, {**SWAP, "C": "[[1]]"}), "exactly the matrices"),
    ("A @ B == B @ A", "witness", broken(0, {**SWAP, "B": "[[1]]"}), "the matrices do not fit"),
    ("A @ B == B @ A", "witness", broken(0, {**SWAP, "B": X}), "the matrices do not fit"),
    ("A @ B == B @ A", "witness", broken(0, {**SWAP, "B": "[1, 0; 0]"}), "a matrix cannot be read"),
    ("A @ B == B @ A", "witness", broken(0, {**SWAP, "B": "[[x, 0], [0, 0]]"}), "rational numbers"),
    (
        "A @ B == B @ A",
        "witness",
        broken(0, {**SWAP, "B": "[[pi, 0], [0, 0]]"}),
        "rational numbers",
    ),
    ("A @ B == B @ A", "witness", broken(0, {**SWAP, "B": "3"}), "a matrix of rational numbers"),
    ("A @ B == B @ A", "witness", broken(0, {**SWAP, "B": "relu"}), "a matrix of rational numbers"),
    ("A @ B == B @ A", "witness", {**broken(), "matrices": []}, "an object is needed"),
    ("A @ B == B @ A", "witness", broken(0, SWAP, A="0"), "every name a value"),
    (
        "c*(A @ x) == A @ x",
        "witness",
        broken(0, {"A": "[[1]]", "x": "[1]", "c": "[2]"}),
        "exactly the matrices",
    ),
    (
        "dense(W1, b1) >> dense(W2, b2) == dense(W2 @ W1, b1)",
        "witness",
        broken(0, {"W1": "[[1]]", "b1": "[1, 2]", "W2": "[[1]]", "b2": "[1]"}, x1="0"),
        "the matrices do not fit together",
    ),
    (f"stack(n, relu)(x) == x {NATURAL}", "witness", broken(0, None, x="-1"), "number of layers"),
    (
        f"stack(n, relu)(x) == x {NATURAL}",
        "witness",
        broken(0, None, x="-1", n="1/2"),
        "the number of layers is not a natural number in range",
    ),
    (
        f"stack(n, relu)(x) == x {NATURAL}",
        "witness",
        broken(0, None, x="-1", n="100000"),
        "the number of layers is not a natural number in range",
    ),
    ("stack(n, relu)(x) == x", "witness", broken(0, None, x="-1", n="1"), "every name a value"),
    (
        f"stack(n, relu)(x) == x {NATURAL}, n < 1",
        "witness",
        broken(0, None, x="-1", n="1"),
        "condition",
    ),
]


@pytest.mark.parametrize(("text", "kind", "body", "message"), REJECTED)
def test_bad_certificates_are_rejected(text: str, kind: str, body: Any, message: str) -> None:
    """Nothing is shown by a certificate with one fault, and the message names the fault."""
    result = judge(text, kind, body)
    assert result.outcome != "accept"
    assert message in result.message


def test_every_rejection_has_its_certificate() -> None:
    """Each place that rejects is reached by a row of the table above."""
    modules = (induction, matrix_judge, matrix_witness)
    sources = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules]
    sources.append(inspect.getsource(goals.check_proof))
    messages = [
        node.exc.args[0].value
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id == "Rejected"
        and isinstance(node.exc.args[0], ast.Constant)
    ]
    assert len(messages) == 18
    seen = {judge(text, kind, body).message for text, kind, body, _ in REJECTED}
    assert set(messages) <= seen


BEYOND: list[tuple[str, str, Body, str]] = [
    ("A @ x == A @ y where x == y", "matrix", normal(2), "conditions on matrices"),
    ("(A @ x)*(A @ y) == (A @ y)*(A @ x)", "matrix", normal(1), "several matrices"),
    ("A + 1 == 1 + A where transpose(A) == A", "matrix", normal(1), "conditions on matrices"),
    ("A @ B + 1 == 1 + transpose(transpose(A @ B))", "matrix", normal(1), "added to a matrix"),
    (  # false: of inner sizes that need not agree
        "cos(A - A) @ cos(B - B) == cos(C - C) @ cos(D - D)",
        "matrix",
        normal(1),
        "function of a zero matrix",
    ),
    (
        "(0*A + 1) @ (0*B + 1) == (0*C + 1) @ (0*D + 1)",
        "matrix",
        normal(1),
        "added to a matrix",
    ),
    ("[[1, 2], [3, 4]] @ (A @ x) == A @ x", "matrix", normal(1), "a list is needed here"),
    ("A @ x + [1, 2] == A @ x + [1, 2]", "matrix", normal(1), "lists beside matrices"),
    (
        "linear((lambda X: transpose(A @ X)) >> (lambda X: transpose(X)))",
        "matrix",
        layers(matrix(3), matrix(3)),
        "transposed vector",
    ),
    (
        "linear((lambda X: X + A) >> (lambda X: transpose(X)))",
        "matrix",
        layers(matrix(3), matrix(3)),
        "vectors beside matrices",
    ),
    (
        "linear((lambda X: X @ A) >> (lambda X: transpose(X)))",
        "matrix",
        layers(matrix(3), matrix(3)),
        "no matrix form for this product",
    ),
    ("stack(9, lambda x: A @ x + B @ x)(x) == x", "matrix", normal(1), "matrix form too large"),
    ("stack(1999, lambda x: A @ A @ x)(x) == x", "matrix", normal(1), "matrix form too large"),
    ("softmax(A @ x) == softmax(A @ x)", "matrix", normal(1), "a list is needed"),
    ("A @ x < A @ y", "matrix", normal(1), "only be compared with =="),
    ("A @ B == B @ A", "proof", real([HOLDS])["body"], "any size"),
    ("A @ B == B @ A", "witness", broken(), "any size"),
    ("[1, 2] @ [[1, 2]] == x", "matrix", normal(1), "sizes 1 and 2 do not fit"),
]


@pytest.mark.parametrize(("text", "kind", "body", "message"), BEYOND)
def test_what_is_beyond_the_checker_is_not_judged(
    text: str, kind: str, body: Body, message: str
) -> None:
    """A limit is named, and is no rejection."""
    result = judge(text, kind, body)
    assert result.outcome == "cannot judge"
    assert message in result.message


def test_nesting_of_certificates_is_limited() -> None:
    """A layer that is proved as a network of one layer, over and over, is given up."""
    proof = matrix(7)
    for _ in range(MAX_DEPTH + 1):
        proof = {"kind": "matrix", "body": layers(proof)}
    assert judge("affine(lambda x: A @ x + b)", **proof).message == "proof too deep"


def false_matrix_claims() -> list[str]:
    """The lines of the corpus of false claims that are about matrices or layers."""
    lines = FALSE.read_text(encoding="utf-8").splitlines()
    claims = [line.split("  #")[0] for line in lines if line and not line.startswith("#")]
    return [c for c in claims if "@" in c or "dense" in c or "transpose" in c or "stack" in c]


@pytest.mark.parametrize("text", false_matrix_claims())
def test_no_simple_proof_of_a_false_claim_is_accepted(text: str) -> None:
    """A false claim is proved by no number of normal forms, of layers, or of both."""
    proofs = [normal(k) for k in range(1, 12)]
    parts = [matrix(k) for k in (2, 3, 5, 7)] + [real([HOLDS] * k) for k in (1, 2)]
    draw = random.Random(7)
    proofs += [layers(*draw.choices(parts, k=k)) for k in (1, 1, 2, 2, 3, 3, 5, 5)]
    for body in proofs:
        result = judge(text, "matrix", body)
        assert result.outcome != "accept" or text.startswith("not ")


# -- soundness against numbers ------------------------------------------------------------------
@st.composite
def expressions(draw: st.DrawFn, depth: int = 4) -> str:
    """Expressions in two square matrices and a real number, of one shape."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(("A", "B", "transpose(A)")))
    left, right = draw(expressions(depth=depth - 1)), draw(expressions(depth=depth - 1))
    forms = (
        "({0} @ {1})",
        "({0} + {1})",
        "({0} - {1})",
        "(c*{0})",
        "transpose({0})",
        "relu({0})",
        "(2*{0})",
    )
    return draw(st.sampled_from(forms)).format(left, right)


@st.composite
def equations(draw: st.DrawFn) -> str:
    """An expression and a law applied to it, or a wrong one."""
    a, b, c = (draw(expressions(depth=2)) for _ in range(3))
    laws = (
        f"({a} @ {b}) @ {c} == {a} @ ({b} @ {c})",
        f"{a} @ ({b} + {c}) == {a} @ {b} + {a} @ {c}",
        f"({a} + {b}) @ {c} == {c} @ {a} + {b} @ {c}",
        f"transpose({a} @ {b}) == transpose({b}) @ transpose({a})",
        f"transpose({a} @ {b}) == transpose({a}) @ transpose({b})",
        f"relu({a} + {b}) == relu({b} + {a})",
        f"relu({a} @ {b}) == relu({b} @ {a})",
        f"{a} == {b}",
    )
    return draw(st.sampled_from(laws))


@given(equations(), st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_accepted_equations_hold_for_random_matrices(text: str, seed: int) -> None:
    """What the normal form proves, no witness refutes."""
    counts = (k for k in range(1, 40) if judge(text, "matrix", normal(k)).outcome == "accept")
    accepted = next(counts, None)
    draw = random.Random(seed)
    entries = [str(draw.randint(-2, 2)) for _ in range(9)]
    matrices = {
        "A": "[[{}, {}], [{}, {}]]".format(*entries),
        "B": "[[{}, {}], [{}, {}]]".format(*entries[4:]),
    }
    used = {x: m for x, m in matrices.items() if x in text}
    values = {"c": entries[8]} if "c*" in text else {}
    refuted = any(
        judge(text, "witness", broken(k, used, **values)).outcome == "accept" for k in range(4)
    )
    assert not (refuted and accepted)
