"""Mutates valid certificates, and claims under them: no false claim may be accepted.

    python tools/mutate_certificates.py [--count 100000] [--seed 0] [--jobs 2] [--corpus]

A mutant changes a certificate in one or two places (numbers, signs, terms, words, subtrees), or
keeps it and changes its claim. Whatever the checker accepts is compared with the truth: an
unchanged claim must keep its verdict; a changed claim is tried at many points with 50 digits and
decided afresh. With --corpus the certificates of tests/claims are mutated too, not only those of
tests/certificates/accept. Exit code 0 when nothing false was accepted and nothing crashed, else 1
with the mutants that did it. The same seed makes the same mutants, for any number of jobs.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from symact.catalog import catalogue
from symact.checker import Result, check
from symact.language.errors import ClaimError
from symact.language.lists import ShapeError
from symact.language.parser import parse_claim
from symact.language.printer import print_claim
from symact.language.unfold import Unsupported
from symact.prover.decide import decide
from tools.sampling import contradiction

ROOT = Path(__file__).resolve().parents[1]
CHUNK = 250  # mutants made from one seed
Check = Callable[[str, Any], Result]
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """A claim and an accepted certificate."""

    claim: str
    verdict: str
    certificate: str  # JSON


def sources(with_corpus: bool = False) -> list[Source]:
    """The committed certificates, and those that the prover finds for tests/claims."""
    found = []
    for path in sorted((ROOT / "tests" / "certificates" / "accept").glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        certificate = json.dumps(document["certificate"])
        found.append(Source(document["claim"], document["verdict"], certificate))
    for name in ("true", "false") if with_corpus else ():
        lines = (ROOT / "tests" / "claims" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        for line in lines:
            claim = line.partition("# ")[0].strip()
            verdict = decide(claim) if claim and "# hard:" not in line else None
            if verdict is not None and verdict.certificate is not None:
                found.append(Source(claim, verdict.outcome, json.dumps(verdict.certificate)))
    return found


# -- mutations ------------------------------------------------------------------------------------
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d]\w*'?|\*\*|>>|[<>=!]=|\s+|.", re.DOTALL)
_ALIKE = (
    "+ - * /".split(), "** * /".split(), "== != <= >= < >".split(), "sin cos".split(),
    "exp log sqrt erf atan abs floor sin".split(), "x y t n a".split(), "pi E 1 0 2".split(),
    "relu leaky_relu elu sigmoid tanh softplus silu gelu identity step sign".split(),
    "odd even linear affine additive homogeneous positively_homogeneous".split(),
    "increasing strictly_increasing decreasing convex concave strictly_convex".split(),
    "continuous smooth injective bounded polynomial universal".split(),
    "Naturals Integers Reals".split(), "A B transpose(A)".split(), ["not ", ""], "oo 0 1".split(),
)  # fmt: skip
_WORDS = (
    "holds split facts laws substitute empty derivative".split(),
    "congruence odd even log exp sqrt sum inverse shift floor reciprocal atan-sum value".split(),
    "> >= < <= == !=".split(), "proof witness denial matrix induction".split(),
    "products range".split(), "lower upper".split(), "oo -oo + -".split(), "open closed".split(),
    "power root log".split(), ["mean value", "convexity", "limit", "integral", "holds"],
    "sin cos erf atan exp log sqrt".split(), ["normal form", "layers"],
)  # fmt: skip
_NUMBERS = (0, 1, -1, 2, 3, -2, 100, 101, 1000)


def tokens_changed(text: str, chance: random.Random) -> str:
    """The text with one token replaced by one of its kind, doubled, dropped or exchanged."""
    parts = _TOKEN.findall(text)
    if not parts:
        return "x"
    i = chance.randrange(len(parts))
    deed = chance.random()
    kinds = [kind for kind in _ALIKE if parts[i] in kind]
    if parts[i].isdigit() and deed < 0.8:
        parts[i] = str(max(0, int(parts[i][:9]) + chance.choice((-1, 1, 1, 2, 10))))
    elif kinds and deed < 0.8:
        parts[i] = chance.choice([other for other in chance.choice(kinds) if other != parts[i]])
    elif deed < 0.85:
        j = chance.randrange(len(parts))
        parts[i], parts[j] = parts[j], parts[i]
    elif deed < 0.9:
        del parts[i]
    elif deed < 0.95:
        parts[i] = f"(-{parts[i]})"
    else:
        parts[i] = chance.choice(("0", "1", "x", "pi", "x - x", "1/x", "exp(x)", "sqrt(x)"))
    return "".join(parts)


def _leaf_changed(value: Any, chance: random.Random) -> Any:
    """A number, word or term changed."""
    if isinstance(value, bool) or value is None:
        return chance.choice((None, True, {}, [], {"values": {}, "laws": []}))
    if isinstance(value, int):
        return chance.choice((value + 1, value - 1, -value, 2 * value, chance.choice(_NUMBERS)))
    kinds = [kind for kind in _WORDS if value in kind]
    if kinds and chance.random() < 0.9:
        return chance.choice(chance.choice(kinds))
    return tokens_changed(str(value), chance)


def _list_changed(value: list[Any], chance: random.Random) -> list[Any]:
    """Entries dropped, doubled, exchanged."""
    changed = list(value)
    i = chance.randrange(len(changed) + 1)
    deed = chance.randrange(4)
    if deed == 0 and changed:
        del changed[i % len(changed)]
    elif deed == 1 and changed:
        changed.insert(i, changed[i % len(changed)])
    elif deed == 2:
        chance.shuffle(changed)
    else:
        changed.reverse()
    return changed


def _places(value: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    yield path, value
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for step, below in inside:
            yield from _places(below, (*path, step))


def certificate_changed(certificate: Any, chance: random.Random) -> Any:
    """A copy with one place changed."""
    places = list(_places(certificate))
    path, value = chance.choice(places)
    if not path:
        return certificate
    alike = [other for place, other in places if place and place[-1] == path[-1]]
    alike += [other for _, other in places if type(other) is type(value)]
    deed = chance.random()
    if deed < 0.25:
        new = chance.choice(alike)
    elif isinstance(value, list):
        new = _list_changed(value, chance)
    elif isinstance(value, dict):
        leaves: Sequence[Any] = ({"step": "holds"}, {"step": "empty"}, {}, value.get("then"))
        new = chance.choice(leaves)
    else:
        new = _leaf_changed(value, chance)
    copy = json.loads(json.dumps(certificate))
    inside = copy
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = new
    return copy


def claim_changed(claim: str, chance: random.Random) -> str:
    """The claim with one token changed, or a condition or the `not` dropped or added."""
    statement, where, conditions = claim.partition(" where ")
    deed = chance.random()
    if where and deed < 0.1:
        return statement
    if where and deed < 0.4:
        return statement + where + tokens_changed(conditions, chance)
    if deed < 0.45:
        return statement.removeprefix("not ") + where + conditions
    if deed < 0.5:
        return f"not {claim}"
    return tokens_changed(statement, chance) + where + conditions


_WRAPPINGS = ("-({})", "2*({})", "({}) + 1", "({})**2", "sqrt({})", "1/({})")


def both_changed(claim: str, certificate: Any, chance: random.Random) -> tuple[str, Any]:
    """One side of the claim, and one term of the certificate, changed in the same way."""
    wrapping = chance.choice(_WRAPPINGS)
    statement, where, conditions = claim.partition(" where ")
    sides = re.split(r" (==|<=|>=|<|>) ", statement)
    i = chance.randrange(0, len(sides), 2)
    sides[i] = wrapping.format(sides[i])
    words = {word for kind in _WORDS for word in kind}
    terms = [path for path, value in _places(certificate) if isinstance(value, str)]
    copy = json.loads(json.dumps(certificate))
    path = chance.choice(terms)
    inside = copy
    for step in path[:-1]:
        inside = inside[step]
    if inside[path[-1]] not in words:
        inside[path[-1]] = wrapping.format(inside[path[-1]])
    return " ".join(sides) + where + conditions, copy


def mutant(source: Source, chance: random.Random) -> tuple[str, Any]:
    """(claim, certificate), one of them changed, now and then both."""
    claim, certificate = source.claim, json.loads(source.certificate)
    deed = chance.random()
    if " where " in claim and chance.random() < 0.15:  # without conditions, and so without a point
        claim = claim.partition(" where ")[0]
        if "inhabitant" in certificate["body"]:
            certificate["body"]["inhabitant"] = None
        return claim, certificate
    if chance.random() < 0.1:
        return both_changed(claim, certificate, chance)
    if deed < 0.45:
        claim = claim_changed(claim, chance)
    if deed > 0.35:
        for _ in range(chance.choice((1, 1, 2))):
            certificate = certificate_changed(certificate, chance)
    return claim, certificate


# -- running --------------------------------------------------------------------------------------
@dataclass
class Tally:
    """What the checker said."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_mutant: str = ""

    def add(self, other: Tally) -> None:
        """Counts another tally in."""
        self.outcomes += other.outcomes
        self.failures += other.failures
        if other.slowest > self.slowest:
            self.slowest, self.slowest_mutant = other.slowest, other.slowest_mutant


def judged(source: Source, text: str, certificate: Any, check: Check, chance: Any) -> str:
    """What happened to one mutant; begins with FALSE when it must not have."""
    try:
        result = check(text, certificate)
    except ClaimError:
        return "not a claim"
    if result.outcome != "accept" or result.verdict is None:
        return result.outcome
    if result.statement == print_claim(parse_claim(source.claim, catalogue())):
        same = result.verdict == source.verdict
        return "accepted: the same claim" if same else f"FALSE: {result.verdict} now"
    try:
        problem = contradiction(text, result.verdict, certificate, chance)
    except (Unsupported, ShapeError):
        return "accepted: another claim, not sampled"
    return f"FALSE: {problem}" if problem else "accepted: another true claim"


def run_chunk(sources: Sequence[Source], seed: str, count: int, check: Check = check) -> Tally:
    """`count` mutants made from one seed."""
    chance, tally = random.Random(seed), Tally()
    for _ in range(count):
        source = chance.choice(sources)
        text, certificate = mutant(source, chance)
        shown = json.dumps({"claim": text, "certificate": certificate, "from": source.claim})
        begun = time.process_time()
        try:
            outcome = judged(source, text, certificate, check, chance)
        except Exception as crash:  # a crash of anything is what is looked for
            outcome = f"FALSE: crash {crash!r}"
        seconds = time.process_time() - begun
        if seconds > tally.slowest:
            tally.slowest, tally.slowest_mutant = seconds, shown
        tally.outcomes[outcome.partition(":")[0] if "FALSE" in outcome else outcome] += 1
        if outcome.startswith("FALSE"):
            tally.failures.append(f"{outcome}\n  {shown}")
    return tally


def run(sources: Sequence[Source], count: int, seed: int, jobs: int) -> Tally:
    """`count` mutants, in chunks of their own seeds."""
    sizes = [min(CHUNK, count - start) for start in range(0, count, CHUNK)]
    total = Tally()
    with ProcessPoolExecutor(jobs) as pool:
        waiting = [
            pool.submit(run_chunk, sources, f"{seed}/{index}", size)
            for index, size in enumerate(sizes)
        ]
        for future in waiting:
            total.add(future.result())
    return total


def main(arguments: list[str]) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--corpus", action="store_true", help="mutate tests/claims too")
    options = parser.parse_args(arguments)
    begun = time.perf_counter()
    tally = run(sources(options.corpus), options.count, options.seed, options.jobs)
    for outcome, times in tally.outcomes.most_common():
        print(f"{times:8d}  {outcome}")
    print(f"{tally.outcomes.total()} mutants in {time.perf_counter() - begun:.0f} s")
    print(f"slowest: {tally.slowest:.2f} s  {tally.slowest_mutant[:300]}")
    print("\n".join(tally.failures))
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
