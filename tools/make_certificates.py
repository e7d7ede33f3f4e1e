"""Writes tests/certificates/accept: certificates that the prover finds, and a few made by hand.

    python tools/make_certificates.py [--check]

Every step, law and rule of the checker is used at least once (tests/checker/test_certificates.py
counts). With --check nothing is written: exit code 1 if a file differs from what would be written.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from symact.checker import check
from symact.prover.decide import decide
from tools.property_certificates import PROPERTIES
from tools.shape_certificates import SHAPES

ACCEPT = Path(__file__).resolve().parents[1] / "tests" / "certificates" / "accept"

# name -> claim of tests/claims; the prover makes the certificate
CLAIMS = {
    "identity-tanh-by-sigmoid": "tanh(x) == 2*sigmoid(2*x) - 1",
    "identity-two-names": "tanh(x + y) == (tanh(x) + tanh(y))/(1 + tanh(x)*tanh(y))",
    "identity-cubic-neurons": "(cubic(x + y) - cubic(x - y) - 2*cubic(y))/6 == x**2*y",
    "identity-natural-power": "2**(n + 1) == 2*2**n where n in Naturals",
    "identity-powers-of-exp": "sigmoid(x)*sigmoid(-x) == exp(x)/(1 + exp(x))**2",
    "derivative-of-sigmoid": "diff(sigmoid(x), x) == sigmoid(x)*(1 - sigmoid(x))",
    "derivative-of-gelu": "diff(gelu(x), x) == (1 + erf(x/sqrt(2)))/2 + x*exp(-x**2/2)/sqrt(2*pi)",
    "derivative-off-the-kink": "diff(abs(x), x) == sign(x) where x != 0",
    "derivative-across-a-kink": "diff(squared_relu(x), x) == 2*relu(x)",
    "products-of-roots": "asinh(-x) == -asinh(x)",
    "series-of-sigmoid": "series(sigmoid(x), x, 0, 4) == 1/2 + x/4 - x**3/48",
    "split-relu": "relu(x) - relu(-x) == x",
    "split-two-guards": "hardtanh(x) == relu(x + 1) - relu(x - 1) - 1",
    "split-with-condition": "leaky_relu(x, a) == max(x, a*x) where 0 < a < 1",
    "substitute-at-a-corner": "relu(x + y) - 2*relu(x + y - 1) == 1 where x == 0, y == 1",
    "empty-cases": "abs(softsign(x)) < 1",
    "products-square": "x**2 + y**2 >= 2*x*y",
    "products-no-real-root": "x**2 + x + 1 > 0",
    "products-cosh": "cosh(x) >= 1",
    "range-of-sin": "sin(x) <= 1",
    "monotone-exp": "exp(-x) < 1 where x > 0",
    "monotone-log": "softplus(x) > 0",
    "strictly-increasing-sigmoid": "strictly_increasing(sigmoid)",
    "law-exp": "exp(softplus(x)) == 1 + exp(x)",
    "law-log": "log(exp(x)) == x",
    "law-log-of-a-product": "log(x*y) == log(x) + log(y) where x > 0, y > 0",
    "law-sqrt": "sqrt(x**4) == x**2",
    "law-odd-erf": "erf(-x) == -erf(x)",
    "law-odd-atan": "atan(-x) == -atan(x)",
    "law-odd-and-even": "odd(sine)",
    "law-even": "even(cosine)",
    "law-sum": "sin(2*x) == 2*sin(x)*cos(x)",
    "law-inverse": "sin(atan(x)) == isru(x)",
    "law-shift": "periodic(lambda x: x - floor(x), 1)",
    "law-floor": "floor(x) == 0 where 0 <= x < 1",
    "monotone-floor": "increasing(lambda x: floor(x))",
    "derivative-between-jumps": "diff(floor(x), x) == 0 where 0 < x < 1",
    "derivative-at-a-jump": "diff(floor(x), x) == 0",
    "law-reciprocal": "atan(x) + atan(1/x) == pi/2 where x > 0",
    "law-reciprocal-below": "atan(x) + atan(1/x) == -pi/2 where x < 0",
    "law-value-of-atan": "arctan(1) == pi/4",
    "law-value-of-sin-and-cos": "snake(x + pi) == snake(x) + pi",
    "predicate-odd": "odd(tanh)",
    "predicate-linear": "linear(lambda x: 3*x)",
    "predicate-positively-homogeneous": "positively_homogeneous(relu)",
    "predicate-not-additive": "not additive(relu)",
    "predicate-bounded": "bounded(tanh, -1, 1)",
    "domain-in-where": "exp(log(x)) == x where x > 0",
    "domain-chain": "sigmoid(log(p/(1 - p))) == p where 0 < p < 1",
    "domain-quotient": "x/x == 1 where x != 0",
    "domain-of-the-root": "sqrt(x)**2 == x where x >= 0",
    "domain-partial-fractions": "1/(x - 1) - 1/(x + 1) == 2/(x**2 - 1) where x > 1",
    "lists-of-given-length": "[[1, 2], [3, 4]] @ [x, y] == [x + 2*y, 3*x + 4*y]",
    "stack-of-given-height": "stack(4, relu)(x) == relu(x)",
    "witness-rational": "sigmoid(0) == 0",
    "witness-thirty-digits": "sigmoid(1) == 0.731058578630004879251159944109",
    "witness-undefined-side": "diff(relu(x), x) == step(x)",
    "witness-in-a-condition": "sigmoid(log(p)) == p where p > 0",
    "witness-for-a-negation": "not odd(relu)",
    "refuted-negation": "not tanh(x) == 2*sigmoid(2*x) - 1",
    "witness-natural": "2**n == n**2 where n in Naturals",
    "witness-integer": "floor(n/2) == n/2 where n in Integers",
    "matrix-associative": "A @ (B @ C) == (A @ B) @ C",
    "matrix-transposed-product": "transpose(A @ B) == transpose(B) @ transpose(A)",
    "matrix-two-layers": "(dense(W1, b1) >> dense(W2, b2))(x) == (W2 @ W1) @ x + (W2 @ b1 + b2)",
    "matrix-inner-function": (
        "(dense(W1, 0) >> dense(W2, 0) >> tanh)(x) == (dense(W2 @ W1, 0) >> tanh)(x)"
    ),
    "layers-any-number": "affine(stack(n, dense)) where n in Naturals",
    "layers-homogeneous": "positively_homogeneous(dense(W1, 0) >> relu >> dense(W2, 0))",
    "layers-thousand": "linear(stack(1000, dense(W, 0) >> (lambda x: a*x)))",
    "induction-powers": "stack(n, lambda x: a*x)(x) == a**n*x where n in Naturals",
    "witness-matrices": "A @ B == B @ A",
    "witness-weights-of-a-network": "affine(dense(W1, b1) >> relu >> dense(W2, b2))",
    "witness-number-of-layers": "stack(n, lambda x: a*x)(x) == a*x where n in Naturals",
}


HOLDS = {"step": "holds"}


def _proof(*trees: Any, inhabitant: Any = None) -> dict[str, Any]:
    body = {"relations": list(trees), "inhabitant": inhabitant}
    return {"format": 1, "kind": "proof", "body": body}


def _laws(*laws: dict[str, Any], then: Any = None) -> dict[str, Any]:
    return {"step": "laws", "laws": list(laws), "then": then or HOLDS}


def _cells(term: str, sign: str, begin: str | None, *rows: list[Any], **other: Any) -> Any:
    """The fact `term sign 0`, by cells from `begin` on for g = term in x, unless said otherwise."""
    cells = {"name": "x", "term": term, "of": "x", "bits": 64, "order": 6, "from": begin}
    return {
        "term": other.pop("fact", term),
        "sign": sign,
        "by": {"cells": cells | {"cells": list(rows)} | other},
    }


def _by_cells(*facts: Any, **point: str) -> dict[str, Any]:
    inhabitant = {"values": point, "laws": []} if point else None
    return _proof({"step": "facts", "derive": list(facts), "then": HOLDS}, inhabitant=inhabitant)


# name -> (claim, certificate) for rules that the prover has other ways around
HAND: dict[str, tuple[str, dict[str, Any]]] = {
    "hand-congruence": (
        "floor((x**2 - 1)/(x - 1)) == floor(x + 1) where x > 1",
        _proof(
            _laws(
                {"law": "congruence", "of": "floor((x**2 - 1)/(x - 1))", "to": "x + 1"},
            ),
            inhabitant={"values": {"x": "2"}, "laws": []},
        ),
    ),
    "hand-atan-sum": (
        "atan(1/2) + atan(1/3) == atan(1)",
        _proof(_laws({"law": "atan-sum", "of": "atan(1)", "left": "1/2", "right": "1/3"})),
    ),
    "hand-derivative": (
        "log(2*x) == log(2) + log(x) where x > 0",
        _proof(
            {
                "step": "derivative",
                "name": "x",
                "at": "1",
                "slope": HOLDS,
                "value": _laws({"law": "log", "of": "log(1)", "exp": "0", "factors": []}),
            },
            inhabitant={"values": {"x": "3"}, "laws": []},
        ),
    ),
    "hand-derivative-on-a-ray": (
        "atan(x) + atan(1/x) == pi/2 where x > 0",
        _proof(
            {
                "step": "derivative",
                "name": "x",
                "at": "1",
                "slope": HOLDS,
                "value": _laws(
                    {"law": "value", "of": "atan(1)", "multiple": 1},
                ),
            },
            inhabitant={"values": {"x": "1"}, "laws": []},
        ),
    ),
    "hand-value-of-sin": (
        "sin(pi/6) == 1/2",
        _proof(_laws({"law": "value", "of": "sin(pi/6)", "multiple": 2})),
    ),
    "hand-layers-of-reals": (
        "odd(tanh >> (lambda x: 3*x))",
        {
            "format": 1,
            "kind": "matrix",
            "body": {
                "rule": "layers",
                "layers": [
                    {"kind": "proof", "body": {"relations": [HOLDS], "inhabitant": None}},
                    {"kind": "proof", "body": {"relations": [HOLDS], "inhabitant": None}},
                ],
            },
        },
    ),
    "hand-substitute-a-natural": (
        "2**n == 4 where n in Naturals, n == 2",
        _proof(
            {"step": "substitute", "name": "n", "value": "2", "then": HOLDS},
            inhabitant={"values": {"n": "2"}, "laws": []},
        ),
    ),
    "hand-value-of-erf": (
        "erf(x - x) == 0",
        _proof(_laws({"law": "value", "of": "erf(x - x)", "multiple": 0})),
    ),
    "hand-empty-by-a-split": (
        "x + 1 > x",
        _proof(
            {
                "step": "split",
                "on": "x - x",
                "negative": {"step": "empty"},
                "zero": HOLDS,
                "positive": {"step": "empty"},
            }
        ),
    ),
    "hand-witness-with-laws": (
        "sqrt(x) < 2 where x > 1",
        {
            "format": 1,
            "kind": "witness",
            "body": {
                "values": {"x": "4"},
                "relation": 0,
                "laws": [{"law": "sqrt", "of": "sqrt(4)", "outer": "2", "inner": []}],
            },
        },
    ),
    "hand-odd-powers-of-negatives": (
        "1/x**3 < 0 where x < 0",
        _proof(
            {
                "step": "facts",
                "derive": [
                    {"term": "1/x**3", "sign": "<", "by": {"products": [["1", [["x", -3]]]]}}
                ],
                "then": HOLDS,
            },
            inhabitant={"values": {"x": "-1"}, "laws": []},
        ),
    ),
    "hand-range-of-atan": (
        "atan(x) < pi/2",
        _proof(
            {
                "step": "facts",
                "derive": [
                    {
                        "term": "pi/2 - atan(x)",
                        "sign": ">",
                        "by": {"range": {"function": "atan", "of": "x", "side": 1}},
                    }
                ],
                "then": HOLDS,
            },
        ),
    ),
    # cells: what each kind of them shows
    "hand-cells-an-enclosure": (
        "atan(x) + sin(x) > 1 where 1 <= x <= 2",
        _by_cells(_cells("atan(x) + sin(x) - 1", ">", "1", ["S", "2", 1]), x="1"),
    ),
    "hand-cells-a-monotone-piece": (
        "exp(x) > 5/2 where 1 <= x <= 9",
        _by_cells(_cells("exp(x) - 5/2", ">", "1", ["N", "9", 1, 1]), x="1"),
    ),
    "hand-cells-a-convex-piece": (
        "exp(x) > 3*x - 3/10 where 1 <= x <= 6/5",
        _by_cells(_cells("exp(x) - 3*x + 3/10", ">", "1", ["V", "6/5", 1, "11/10"]), x="1"),
    ),
    "hand-cells-a-double-zero": (
        "exp(x) >= 1 + x where -1 <= x <= 1",
        _by_cells(_cells("exp(x) - 1 - x", ">=", "-1", ["X", "1", 1, "0", 2]), x="0"),
    ),
    "hand-cells-beside-a-double-zero": (
        "exp(x) > 1 + x where -1 <= x <= 1, x != 0",
        _by_cells(_cells("exp(x) - 1 - x", ">", "-1", ["X", "1", 1, "0", 2]), x="1"),
    ),
    "hand-cells-a-zero-at-an-end": (
        "sin(x) <= x where 0 <= x <= 2",
        _by_cells(_cells("sin(x) - x", "<=", "0", ["X", "2", -1, "0", 3]), x="1"),
    ),
    "hand-cells-beside-a-pole": (
        "1/(1 + x) < 2 where x > -1, -1/3 <= x <= 1",
        _by_cells(_cells("1/(1 + x) - 2", "<", "-1/3", ["S", "1", -1]), x="0"),
    ),
    "hand-cells-beyond-an-irrational-zero": (
        "(x**2 - 2)*(1 + erf(x)) > 0 where 1 <= x <= 3, x > sqrt(2)",
        _by_cells(
            _cells(
                "(x**2 - 2)*(1 + erf(x))", ">", "1", ["X", "2", 1, "sqrt(2)", 1], ["N", "3", 1, 1]
            ),
            x="2",
        ),
    ),
    "hand-cells-a-tail": (
        "exp(x) > x**2 where x >= 0",
        _by_cells(
            _cells("exp(x) - x**2", ">", "0", ["S", "2", 1], ["S", "3", 1], ["T", None, 1, 2]),
            x="0",
        ),
    ),
    "hand-cells-a-tail-on-the-left": (
        "x**2*exp(x) < 1 where x <= 0",
        _by_cells(
            _cells(
                "x**2*exp(x) - 1", "<", None, ["T", "-4", -1, 2], ["S", "-2", -1], ["S", "0", -1]
            ),
            x="0",
        ),
    ),
    "hand-cells-of-another-term": (
        "exp(sin(x)) >= 1 + sin(x)",
        _by_cells(
            {
                "term": "1 - sin(x)",
                "sign": ">=",
                "by": {"range": {"function": "sin", "of": "x", "side": 1}},
            },
            {
                "term": "1 + sin(x)",
                "sign": ">=",
                "by": {"range": {"function": "sin", "of": "x", "side": -1}},
            },
            _cells(
                "exp(z) - 1 - z",
                ">=",
                "-1",
                ["X", "1", 1, "0", 2],
                name="z",
                of="sin(x)",
                fact="exp(sin(x)) - 1 - sin(x)",
            ),
        ),
    ),
}


class Failure(Exception):
    """A claim of the tables above without an accepted certificate."""


def _document(claim: str, verdict: str | None, certificate: dict[str, Any]) -> dict[str, Any]:
    return {"claim": claim, "verdict": verdict, "certificate": certificate}


def documents() -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, {claim, verdict, certificate}) for every row of the tables. Fails with Failure."""
    for name, claim in CLAIMS.items():
        verdict = decide(claim)
        if verdict.certificate is None:
            raise Failure(f"{name}: {claim} is {verdict.outcome}: {verdict.reason}")
        yield name, _document(claim, verdict.outcome, verdict.certificate)
    for name, (claim, certificate) in (HAND | SHAPES | PROPERTIES).items():
        result = check(claim, certificate)
        if result.outcome != "accept":
            raise Failure(f"{name}: {claim}: {result.outcome}: {result.message}")
        yield name, _document(claim, result.verdict, certificate)


def written(document: dict[str, Any]) -> str:
    """The text of the file."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the files, or compares them with --check; files of other names are removed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    only_compare = parser.parse_args(arguments).check
    try:
        wanted = {f"{name}.json": written(document) for name, document in documents()}
    except Failure as problem:
        print(problem, file=sys.stderr)
        return 1
    present = {path.name: path.read_text(encoding="utf-8") for path in ACCEPT.glob("*.json")}
    differing = sorted(
        file for file in wanted.keys() | present.keys() if wanted.get(file) != present.get(file)
    )
    for file in differing:
        print(file)
        if not only_compare and file in wanted:
            (ACCEPT / file).write_text(wanted[file], encoding="utf-8")
        elif not only_compare:
            (ACCEPT / file).unlink()
    print(f"{len(wanted)} certificates, {len(differing)} differ")
    return 1 if only_compare and differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
