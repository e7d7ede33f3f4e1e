"""Throws random and mutated text at the parser: a claim or a ClaimError within 50 ms, or it fails.

    python tools/fuzz_parser.py [--count 100000] [--seed 0]

Prints the counts of claims, terms and errors, the inputs per second and the slowest input; a claim
that was read must also print and read back as itself. Exit code 0 when nothing else happened, 1
otherwise, with the input that did it. The same seed throws the same inputs.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from symact.catalog import catalogue
from symact.language.errors import ClaimError
from symact.language.parser import parse_block, parse_claim, parse_term
from symact.language.printer import print_claim
from symact.language.vocabulary import Vocabulary

BOUND = 0.05
"""Seconds of the processor that one input may take, at the best of five readings."""

SEEDS = (
    "tanh(x) == 2*sigmoid(2*x) - 1",
    "0 < sigmoid(x) < 1 where x in Interval.open(-oo, oo)",
    "not odd(relu)",
    "odd(lambda x: sigmoid(x) - 1/2)",
    "dense(W1, b1) >> dense(W2, b2) == dense(W2 @ W1, W2 @ b1 + b2)",
    "affine(stack(n, dense)) where n in Naturals",
    "(relu >> tanh)(x) == tanh(relu(x))",
    'limit(relu(x)/x, x, 0, "+") == 1',
    "series(sigmoid(x), x, 0, 4) == 1/2 + x/4 - x**3/48",
    "integral(exp(-x^2), x, -oo, oo) == sqrt(pi)",
    "elu(x, alpha=2) == piecewise((x, x > 0), (2*(exp(x) - 1), True))",
    "[[1, 2], [3, 4]] @ [x, y] == [x + 2*y, 3*x + 4*y]",
    "softmax([x, y])[0] == sigmoid(x - y)",
    "range(tanh) == Interval.open(-1, 1)",
    "lipschitz(softplus, 1, on=Reals)",
    "σ(x) ≤ 1/4 − 2·π  # a remark",
    "√(x²) == |x|",
    "sigmoid(x)\n  == 1/(1 + exp(-x))  # by definition\n  == exp(x)/(exp(x) + 1)\n  where x > 0",
    "9**9**9**9 == 0.1e-30",
)
WORDS = """
x y z n W 0 1 2 1/2 0.1 1e9 1e999 ( ) [ ] , = == != <= >= < > + - * / ** @ >> ^ . : # ² ³ ⁻¹ √ π σ ∞
α λ ₁ ≤ ≠ − · ∈ ℝ not where in lambda True and if for oo pi E exp( log( relu( relu sigmoid elu(
alpha= odd( on= range( diff( limit( series( integral( piecewise(( stack( dense( dense Interval(
Interval.open( Reals Naturals sum( [x, v[0] "+" '-' _ __class__ f(x) // % | & ; { } ! ~ $ \\ `
"""
RARE = (" ", "\n", "\t", "\r", "\x00", "\ud800", "\u202e", "\u00a0", "\ufeff", "ª")
PIECES = (*WORDS.split(), *RARE)
_PART = re.compile(r"\s+|\([^()]*\)|\[[^][]*\]|\w+|[*<>=!]=?|.", re.DOTALL)


def _kind(parts: Sequence[str], place: int) -> str:
    """What may stand in its place: a word, a called word, a bracket, a sign or a space."""
    part = parts[place]
    if part[0].isalpha():
        return "call" if place + 1 < len(parts) and parts[place + 1][0] == "(" else "word"
    return next(
        (kind for kind in ("([", "0123456789", "<>=!≤≠", "+-*/·−@") if part[0] in kind), part
    )


def _kinds() -> dict[str, list[str]]:
    """The parts of all claims, by kind."""
    found: dict[str, list[str]] = {}
    for text in SEEDS:
        parts = _PART.findall(text)
        for place, part in enumerate(parts):
            found.setdefault(_kind(parts, place), []).append(part)
    return found


_BY_KIND = _kinds()


@dataclass
class Tally:
    """What has happened so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    slowest_text: str = ""


class Failure(Exception):
    """The parser did what it must not do."""


def inputs(seed: int) -> Iterator[str]:
    """Texts without end: soups of pieces, mutated and grafted claims, nests, any characters."""
    rng = random.Random(seed)
    makers: list[Callable[[random.Random], str]] = [_soup, _mutant, _graft, _graft, _nest, _noise]
    while True:
        yield rng.choice(makers)(rng)


def _soup(rng: random.Random) -> str:
    glue = rng.choice(["", " "])
    return glue.join(rng.choices(PIECES, k=rng.randint(1, rng.choice([8, 30, 120]))))


def _mutant(rng: random.Random) -> str:
    """A claim with a few changes: a piece put in, a stretch taken out, doubled, or moved."""
    text = rng.choice(SEEDS)
    for _ in range(rng.randint(1, 6)):
        i, j = sorted(rng.choices(range(len(text) + 1), k=2))
        j = min(j, i + rng.randint(0, 12))
        part, rest = text[i:j], text[:i] + text[j:]
        k = rng.randint(0, len(rest))
        text = rng.choice(
            [
                text[:i] + rng.choice(PIECES) + text[i:],
                text[:i] + rng.choice(PIECES) + text[j:],
                rest,
                rest[:k] + part + rest[k:],
                text[:j] + part * rng.choice([1, 1, 2, 40]) + text[j:],
            ]
        )
    return text


def _graft(rng: random.Random) -> str:
    """A claim in which words, signs and brackets with what they hold are swapped for others."""
    parts = _PART.findall(rng.choice(SEEDS))
    for _ in range(rng.randint(1, 5)):
        place = rng.randrange(len(parts))
        parts[place] = rng.choice(_BY_KIND[_kind(parts, place)])
    return "".join(parts)


def _nest(rng: random.Random) -> str:
    """One piece many times, something, and another piece many times."""
    count = rng.choice([3, 10, 40, 80, 200, 2_000])
    left, right = rng.choice(PIECES), rng.choice([")", "]", "", rng.choice(PIECES)])
    return left * count + rng.choice(["x", rng.choice(SEEDS)]) + right * count + " == x"


def _noise(rng: random.Random) -> str:
    """Characters of any kind."""
    top = rng.choice([0x7F, 0x2FF, 0x2FFF, 0x10FFFF])
    return "".join(chr(rng.randint(0, top)) for _ in range(rng.randint(0, 60)))


def examine(text: str, vocabulary: Vocabulary, tally: Tally) -> None:
    """Read one text and count what comes of it. Fails with Failure on anything that must not be."""
    tally.outcomes[_outcome(text, vocabulary)] += 1
    seconds = _seconds(text, vocabulary)
    if seconds > BOUND:
        seconds = min(_seconds(text, vocabulary) for _ in range(5))
        if seconds > BOUND:
            raise Failure(f"{seconds * 1000:.0f} ms for {text!a}")
    if seconds > tally.slowest:
        tally.slowest, tally.slowest_text = seconds, text


def _seconds(text: str, vocabulary: Vocabulary) -> float:
    """The processor time that reading the text as a claim takes."""
    start = time.process_time()
    with suppress(ClaimError):
        parse_claim(text, vocabulary)
    return time.process_time() - start


def _outcome(text: str, vocabulary: Vocabulary) -> str:
    """claim, block, term, or error."""
    try:
        claim = parse_claim(text, vocabulary)
    except ClaimError as error:
        _check_position(text, error)
        return _other_outcome(text, vocabulary)
    except Exception as error:
        raise Failure(f"{type(error).__name__}: {error} for {text!a}") from error
    printed = print_claim(claim)
    try:
        again = parse_claim(printed, vocabulary)
    except ClaimError as error:
        if "too deeply" in error.message or "too long" in error.message:
            return "claim at the limits"  # its print has more brackets than were typed
        raise Failure(f"the print {printed!a} of {text!a} is refused: {error}") from error
    if again != claim:
        raise Failure(f"the print {printed!a} of {text!a} is another claim")
    return "claim"


def _other_outcome(text: str, vocabulary: Vocabulary) -> str:
    """What is no claim may be a term; no reader fails otherwise."""
    result = "error"
    for name, read in (("term", parse_term), ("block", parse_block)):
        try:
            read(text, vocabulary)
            result = name
        except ClaimError as error:
            _check_position(text, error)
        except Exception as error:
            raise Failure(f"{type(error).__name__}: {error} for {text!a}") from error
    return result


def _check_position(text: str, error: ClaimError) -> None:
    """The error points into the text, and can be shown."""
    lines = text.split("\n")
    inside = 1 <= error.line <= len(lines) and 1 <= error.column <= len(lines[error.line - 1]) + 1
    if not inside:
        raise Failure(f"position {error.line}:{error.column} is outside {text!a}")
    try:
        str(error).encode("utf-8")
    except UnicodeEncodeError as problem:
        raise Failure(f"the message for {text!a} cannot be shown") from problem


def run(count: int, seed: int, vocabulary: Vocabulary) -> Tally:
    """Examine `count` inputs. Fails with Failure at the first that misbehaves."""
    tally = Tally()
    for _, text in zip(range(count), inputs(seed), strict=False):
        examine(text, vocabulary, tally)
    return tally


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=100_000, help="inputs to throw")
    parser.add_argument("--seed", type=int, default=0, help="which inputs")
    options = parser.parse_args()
    start = time.perf_counter()
    try:
        tally = run(options.count, options.seed, catalogue())
    except Failure as failure:
        print(failure)
        return 1
    seconds = time.perf_counter() - start
    print(", ".join(f"{count} {outcome}" for outcome, count in tally.outcomes.most_common()))
    print(f"{seconds:.1f} s, {options.count / seconds:.0f} inputs a second")
    print(f"slowest: {tally.slowest * 1000:.1f} ms for {tally.slowest_text[:200]!a}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
