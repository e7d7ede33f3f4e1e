"""Claims about matrices and networks of any size are decided, by certificates that are accepted."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from symact.catalog import catalogue
from symact.checker.judge import check
from symact.language.parser import parse_claim
from symact.language.shapes import is_matrix_claim
from symact.prover.matrices import prove_matrices

WORDS = catalogue()
CORPUS = Path(__file__).parent.parent / "claims"
NATURAL = "where n in Naturals"


def decided(text: str, seconds: float = 20.0) -> tuple[str, str | None]:
    """The kind of certificate that was found, and what the checker says it shows."""
    claim = parse_claim(text, WORDS)
    found = prove_matrices(claim, WORDS, time.perf_counter() + seconds)
    if found is None:
        return "none", None
    kind, body = found
    result = check(text, {"format": 1, "kind": kind, "body": body}, WORDS)
    assert result.outcome == "accept", result.message
    return kind, result.verdict


def corpus(name: str) -> list[str]:
    """The matrix claims of one file of the corpus."""
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    claims = [line.split("  #")[0] for line in lines if line and not line.startswith("#")]
    marks = ("@", "dense", "stack", "transpose", "residual")
    marked = [text for text in claims if any(mark in text for mark in marks)]
    return [text for text in marked if is_matrix_claim(parse_claim(text, WORDS), WORDS)]


def test_the_corpus_has_matrix_claims() -> None:
    """The tests below do not shrink without notice."""
    assert len(corpus("true.txt")) >= 46
    assert len(corpus("false.txt")) >= 47


@pytest.mark.parametrize("text", corpus("true.txt"))
def test_true_claims_of_the_corpus_are_proved(text: str) -> None:
    """Every true matrix claim is proved."""
    assert decided(text)[1] == "proved"


@pytest.mark.parametrize("text", corpus("false.txt"))
def test_false_claims_of_the_corpus_are_refuted(text: str) -> None:
    """Every false matrix claim is refuted."""
    assert decided(text)[1] == "refuted"


MORE = [
    ("softsign(W1 @ (W2 @ x)) == softsign((W1 @ W2) @ x)", "matrix", "proved"),
    ("gelu(W1 @ (W2 @ x) + b) == gelu((W1 @ W2) @ x + b)", "matrix", "proved"),
    ("log(A @ (B @ x)) == log((A @ B) @ x)", "witness", "refuted"),
    ("(A @ x)/c == (1/c)*(A @ x)", "witness", "refuted"),
    ("(A @ x)/c == (1/c)*(A @ x) where c != 0", "matrix", "proved"),
    ("relu((A @ x)/c) == relu((1/c)*(A @ x)) where c > 0", "matrix", "proved"),
    (f"stack(n, lambda x: a*x) == (lambda x: a**n*x) {NATURAL}", "induction", "proved"),
    (f"a**n*x == stack(n, lambda x: a*x)(x) {NATURAL}", "induction", "proved"),
    (f"stack(n, lambda x: x + b)(x) == x + n*b {NATURAL}", "induction", "proved"),
    (
        f"stack(n, lambda x: a*x + b)(x) == a**n*x + b*(a**n - 1)/(a - 1) {NATURAL}, a != 1",
        "induction",
        "proved",
    ),
    (f"stack(n, lambda x: a*x + b)(x) == a**n*x + b {NATURAL}", "witness", "refuted"),
    (f"stack(n, lambda x: a*x)(A @ y) == a**n*(A @ y) {NATURAL}", "induction", "proved"),
    (f"stack(n, relu)(relu(x)) == relu(x) {NATURAL}", "induction", "proved"),
    (f"stack(n, relu) == relu {NATURAL}", "witness", "refuted"),
    (f"affine(stack(n, dense([[1, 2], [3, 4]], [1, 1]))) {NATURAL}", "matrix", "proved"),
    (f"linear(stack(n, dense([[1, a], [3, 4]], [1, 0]))) {NATURAL}", "witness", "refuted"),
    (f"odd(stack(n, dense(W, 0) >> tanh)) {NATURAL}", "matrix", "proved"),
    (f"odd(stack(n, dense >> tanh)) {NATURAL}", "witness", "refuted"),
    (f"affine(stack(n, dense >> relu)) {NATURAL}", "witness", "refuted"),
    (f"affine(stack(n, dense >> residual(dense))) {NATURAL}", "matrix", "proved"),
    (f"positively_homogeneous(stack(n, dense(W, 0) >> relu)) {NATURAL}", "matrix", "proved"),
    ("affine(dense(W, b) >> residual(relu) >> dense(V, d))", "witness", "refuted"),
    (
        "affine(dense(W, b) >> (lambda x: piecewise((x + x, x > 0), (2*x, True))) >> dense(V, d))",
        "matrix",
        "proved",
    ),
    ("relu(transpose(A)) == transpose(relu(A))", "matrix", "proved"),
    ("relu(transpose(A)) == relu(A)", "witness", "refuted"),
    ("affine(softmax)", "witness", "refuted"),
    ("norm(v) == sum(v)", "witness", "refuted"),
    ("linear(dropout >> dense(W, 0))", "matrix", "proved"),
    ("stack(1000, lambda x: W @ x)(c*x) == c*stack(1000, lambda x: W @ x)(x)", "matrix", "proved"),
    ("A @ x == A @ y where x == 2*y", "witness", "refuted"),
    ("not A @ B == B @ A", "witness", "proved"),
]


@pytest.mark.parametrize(("text", "kind", "verdict"), MORE)
def test_claims_are_decided_in_the_expected_way(text: str, kind: str, verdict: str) -> None:
    """Each by the kind of certificate that fits it."""
    assert decided(text) == (kind, verdict)


UNDECIDED = [
    "dot(v, w) == dot(w, v)",
    "A @ x == A @ y where x == y",
    "increasing(dense(W, b))",
    "affine(stack(n, dense))",
]


@pytest.mark.parametrize("text", UNDECIDED)
def test_what_no_rule_reaches_stays_undecided(text: str) -> None:
    """True claims beyond the rules are neither proved nor refuted."""
    assert decided(text, 0.3) == ("none", None)


def test_witnesses_are_small() -> None:
    """A network is refuted as affine by single weights, two products by matrices of two rows."""
    claim = parse_claim("affine(dense(W1, b1) >> relu >> dense(W2, b2))", WORDS)
    found = prove_matrices(claim, WORDS, time.perf_counter() + 20)
    assert found is not None
    assert {len(text) for text in found[1]["matrices"].values()} <= {3, 4, 5}
    claim = parse_claim("A @ B == B @ A", WORDS)
    found = prove_matrices(claim, WORDS, time.perf_counter() + 20)
    assert found is not None
    assert found[1]["matrices"] == {"A": "[[0, 0], [1, 0]]", "B": "[[0, 1], [0, 0]]"}


@pytest.mark.parametrize("text", ["A @ B == B @ A", "affine(dense(W, b) >> tanh)"])
def test_the_search_is_the_same_every_time(text: str) -> None:
    """The same claim has the same certificate."""
    claim = parse_claim(text, WORDS)
    first, second = (prove_matrices(claim, WORDS, time.perf_counter() + 20) for _ in range(2))
    assert first == second


def test_the_deadline_is_kept() -> None:
    """A search whose time is over ends."""
    claim = parse_claim("dot(v, w) == dot(w, v)", WORDS)
    begun = time.perf_counter()
    assert prove_matrices(claim, WORDS, begun) is None
    assert time.perf_counter() - begun < 60
