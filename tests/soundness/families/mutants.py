"""The true claims of tests/claims with one word or number changed; and themselves.

Above: `families`. Below: nothing of symact.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tests.soundness.families.words import Chance, Draft, tiny
from tests.soundness.judge import OPEN, TRUE

CLAIMS = Path(__file__).resolve().parents[2] / "claims" / "true.txt"
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d]\w*|\*\*|>>|[<>=!]=|\s+|.", re.DOTALL)
_ALIKE = tuple(
    row.split()
    for row in """
+ - * /
** *
== <= >= < > !=
< <=
> >=
sin cos tanh sinh cosh
exp log sqrt erf atan
x y
pi 1 2 0
relu leaky_relu elu softplus silu gelu mish squareplus
sigmoid tanh softsign hard_sigmoid hard_tanh erf arctan normal_cdf
odd even increasing decreasing convex concave injective
strictly_increasing increasing strictly_convex convex
additive homogeneous positively_homogeneous linear affine
max min
Interval Interval.open Interval.Ropen Interval.Lopen
Naturals Integers Reals
""".strip().splitlines()
)


@cache
def corpus() -> tuple[str, ...]:
    """The true claims that are one line of plain characters."""
    lines = CLAIMS.read_text(encoding="utf-8").splitlines()
    claims = [line.partition("#")[0].strip() for line in lines]
    return tuple(claim for claim in claims if claim and claim.isascii())


def unchanged(chance: Chance) -> Draft:
    """A true claim as it stands."""
    return chance.choice(corpus()), TRUE


def token(chance: Chance) -> Draft:
    """One number or word changed to one of its kind."""
    parts = _TOKEN.findall(chance.choice(corpus()))
    places = [i for i, part in enumerate(parts) if part.isdigit() or _alike(part)]
    if not places:
        return "".join(parts), TRUE
    i = chance.choice(places)
    if parts[i].isdigit():
        moved = int(parts[i]) + chance.choice((-1, 1, 1, 2, 10))
        digits = (f"{parts[i]}.0000000001", f"({parts[i]} + {tiny(chance)})", str(max(moved, 0)))
        parts[i] = chance.choice(digits)
    else:
        parts[i] = chance.choice(
            [other for other in chance.choice(_alike(parts[i])) if other != parts[i]]
        )
    return "".join(parts), OPEN


def _alike(part: str) -> list[list[str]]:
    return [row for row in _ALIKE if part in row]


def condition(chance: Chance) -> Draft:
    """A condition dropped, or widened to its boundary, or the claim negated."""
    claim = chance.choice([c for c in corpus() if " where " in c])
    statement, _, given = claim.partition(" where ")
    if chance.random() < 0.4:
        return statement, OPEN
    if chance.random() < 0.5:
        widened = re.sub(r"(?<![<>])([<>])(?!=)", r"\1=", given)
        return f"{statement} where {widened}", OPEN
    return f"{statement} where {given.split(',')[0]}", OPEN


def both_sides(chance: Chance) -> Draft:
    """The same done to both sides of a true equation: still true where it is defined."""
    rows = [
        c
        for c in corpus()
        if c.count("==") == 1 and "<" not in c and c[:4] != "not " and "[" not in c
    ]
    claim = chance.choice(
        [c for c in rows if "@" not in c and "range(" not in c and "lambda" not in c]
    )
    statement, where, given = claim.partition(" where ")
    if "==" not in statement:
        return claim, TRUE
    left, right = (side.strip() for side in statement.split("=="))
    form = chance.choice(
        ("-({})", "2*({})", "({}) + 1", "({})**2", "tanh({})", "relu({})", "sqrt({})", "1/({})")
    )
    truth = OPEN if form in ("sqrt({})", "1/({})") else TRUE
    functions = any(re.fullmatch(r"\w+|.*>>.*|.*dense.*|.*stack.*", side) for side in (left, right))
    if functions:
        return claim, TRUE
    changed = f"{form.format(left)} == {form.format(right)}"
    if chance.random() < 0.3:
        return f"{changed} + {tiny(chance)}{where}{given}", OPEN
    return changed + where + given, truth
