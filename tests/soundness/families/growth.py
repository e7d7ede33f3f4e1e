"""Sums of exponentials, powers and logarithms far out: which summand wins is known exactly.

Above: `families`. Below: `words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tests.soundness.families.inequalities import compare
from tests.soundness.families.words import Chance, Draft, number, pick, say, tiny, where
from tests.soundness.judge import FALSE, OPEN, TRUE

Key = tuple[Fraction, Fraction, int]


@dataclass(frozen=True)
class Summand:
    """c exp(r x) x^p log(x)^q for x > 1; a larger (r, p, q) wins."""

    key: Key
    factor: Fraction

    def text(self) -> str:
        """The summand as a text."""
        rate, degree, logs = self.key
        parts = [say(self.factor)]
        parts += [f"exp({say(rate)}*x)"] if rate else []
        parts += [f"x**{say(degree)}"] if degree else []
        parts += [f"log(x)**{say(logs)}"] if logs else []
        return "*".join(parts)


def _sum(chance: Chance, lead: Key | None = None) -> list[Summand]:
    """Summands with distinct keys, the winning one first."""
    keys = {lead or _key(chance)}
    for _ in range(chance.randint(0, 2)):
        keys.add(_key(chance))
    ordered = sorted(keys, reverse=True)
    if lead is not None:
        ordered = [key for key in ordered if key <= lead]
    return [Summand(key, number(chance, nonzero=True)) for key in ordered]


def _key(chance: Chance) -> Key:
    rate = Fraction(chance.choice((0, 0, 0, 0, 1, -1, 2))) / chance.choice((1, 1, 2))
    degree = Fraction(chance.choice((0, 0, 1, 2, -1, -2, 3))) / chance.choice((1, 1, 2))
    return rate, degree, chance.choice((0, 0, 0, 1, 2))


def _text(chance: Chance, summands: list[Summand]) -> str:
    shuffled = chance.sample(summands, len(summands))
    return f"({' + '.join(s.text() for s in shuffled)})"


def ratio(chance: Chance) -> Draft:
    """The limit of a quotient at oo: 0, the quotient of the factors, or none."""
    top = _sum(chance)
    below = _sum(chance, top[0].key if chance.random() < 0.6 else None)
    body = f"{_text(chance, top)}/{_text(chance, below)}"
    if top[0].key > below[0].key:
        return f"limit({body}, x, oo) == {say(number(chance))}", FALSE
    value = Fraction(0) if top[0].key < below[0].key else top[0].factor / below[0].factor
    if chance.random() < 0.4:
        return (
            f"limit({body}, x, oo) == {say(value)} {pick(chance, '+', '-')} {tiny(chance)}",
            FALSE,
        )
    return f"limit({body}, x, oo) == {say(value)}", TRUE


def far(chance: Chance) -> Draft:
    """The sign of a sum for x beyond a number: the looking decides."""
    body = _text(chance, _sum(chance))
    start = chance.choice((1, 2, 5, 10, 100, 1000))
    return where(compare(chance, "0", pick(chance, "<", "<="), body), f"x > {start}"), OPEN


# f(x) and its Taylor polynomial at 0 as coefficients
EXPANSIONS = (
    ("exp(x)", "1 1 1/2 1/6 1/24 1/120"), ("sin(x)", "0 1 0 -1/6 0 1/120"),
    ("cos(x)", "1 0 -1/2 0 1/24 0"), ("tanh(x)", "0 1 0 -1/3 0 2/15"),
    ("sigmoid(x)", "1/2 1/4 0 -1/48 0 1/480"), ("log(1 + x)", "0 1 -1/2 1/3 -1/4 1/5"),
    ("arctan(x)", "0 1 0 -1/3 0 1/5"), ("1/(1 - x)", "1 1 1 1 1 1"),
    ("sqrt(1 + x)", "1 1/2 -1/8 1/16 -5/128 7/256"), ("silu(x)", "0 1/2 1/4 0 -1/48 0"),
    ("gaussian(x)", "1 0 -1 0 1/2 0"), ("arcsinh(x)", "0 1 0 -1/6 0 3/40"),
    ("cosh(x)", "1 0 1/2 0 1/24 0"), ("x/tanh(x)", "1 0 1/3 0 -1/45 0"),
)  # fmt: skip


def remainder(chance: Chance) -> Draft:
    """(f(x) - Taylor polynomial)/x^k at 0: the next coefficient; one term too few, and none."""
    f, row = chance.choice(EXPANSIONS)
    c = [Fraction(text) for text in row.split()]
    k = chance.randint(1, len(c) - 1)
    polynomial = " + ".join(f"{say(c[i])}*x**{i}" for i in range(k))
    side = pick(chance, "", "", ', "+"', ', "-"')
    deed = chance.random()
    if deed < 0.6:
        return f"limit(({f} - ({polynomial}))/x**{k}, x, 0{side}) == {say(c[k])}", TRUE
    if deed < 0.8:
        return (
            f"limit(({f} - ({polynomial}))/x**{k}, x, 0{side}) == {say(c[k])} + {tiny(chance)}",
            FALSE,
        )
    if c[k]:
        return f"limit(({f} - ({polynomial}))/x**{k + 1}, x, 0{side}) == {say(c[k])}", FALSE
    return f"limit(({f} - ({polynomial}))/x**{k}, x, 0{side}) == 0", TRUE
