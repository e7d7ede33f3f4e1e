"""Random numbers, arguments and terms as texts.

Above: the families. Below: nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

Chance = random.Random
Draft = tuple[str, str]  # a claim and its truth

SMOOTH = (
    "sigmoid tanh softplus exp gelu silu mish arctan erf gaussian log_cosh sin cos arcsinh isru "
    "squareplus normal_cdf bent_identity log_sigmoid lisht tanhshrink logish serf quadratic cubic "
    "bipolar_sigmoid cloglog log_log snake quick_gelu golu smish tanhexp phish gish gelu_tanh"
).split()
PIECEWISE = (
    "relu leaky_relu elu abs hard_tanh hard_sigmoid hard_swish relu6 softshrink hard_shrink step "
    "sign celu selu smelu sqnl softsign symlog isrlu squared_relu plu slu elish nlrelu "
    "penalized_tanh sparse_plus sparse_sigmoid floor hard_mish bounded_relu s_shaped_relu"
).split()
KINKED = "relu leaky_relu elu abs hard_tanh softshrink softsign hard_sigmoid celu relu6".split()


def whole(chance: Chance, low: int, high: int) -> Fraction:
    """A whole number between low and high, both possible."""
    return Fraction(chance.randint(low, high))


def number(chance: Chance, *, nonzero: bool = False, positive: bool = False) -> Fraction:
    """A small rational number; now and then a decimal with many digits."""
    while True:
        deed = chance.random()
        if deed < 0.5:
            found = whole(chance, -4, 4)
        elif deed < 0.85:
            found = Fraction(chance.randint(-9, 9), chance.randint(2, 7))
        else:
            found = Fraction(chance.randint(-3000, 3000), 10 ** chance.randint(1, 4))
        if positive:
            found = abs(found)
        if found or not (nonzero or positive):
            return found


def say(value: Fraction | int) -> str:
    """A number as a text that can stand in a product or power."""
    value = Fraction(value)
    if value.denominator == 1:
        return str(value) if value >= 0 else f"({value})"
    return f"({value})"


def tiny(chance: Chance) -> str:
    """A very small positive number: 1e-3 to 1e-40."""
    return f"1e-{chance.choice((3, 6, 9, 12, 15, 18, 20, 25, 30, 40))}"


def affine(chance: Chance, name: str = "x", slope: Fraction | None = None) -> str:
    """a*x + b, plain x half of the time."""
    if slope is None:
        if chance.random() < 0.4:
            return name
        slope = number(chance, nonzero=True)
    offset = number(chance) if chance.random() < 0.6 else Fraction(0)
    return f"({say(slope)}*{name} + {say(offset)})" if offset else f"({say(slope)}*{name})"


def pick(chance: Chance, *texts: str) -> str:
    """One of the texts."""
    return chance.choice(texts)


def term(
    chance: Chance, depth: int, names: Sequence[str] = ("x",), functions: Sequence[str] = SMOOTH
) -> str:
    """A random term that is defined everywhere, of `functions`, sums, products and quotients."""
    if depth <= 0:
        atom = chance.choice((*names, *names, say(number(chance))))
        return atom if chance.random() < 0.7 else affine(chance, chance.choice(names))
    deed = chance.random()
    inside = term(chance, depth - 1, names, functions)
    if deed < 0.45:
        short = affine(chance, chance.choice(names)) if chance.random() < 0.6 else inside
        return f"{chance.choice(functions)}({short})"
    other = term(chance, chance.randrange(depth), names, functions)
    if deed < 0.65:
        return f"({inside} {chance.choice('+-')} {other})"
    if deed < 0.8:
        return f"({inside}*{other})"
    if deed < 0.85:
        return f"(-{inside})"
    if deed < 0.93:
        below = pick(chance, "(1 + {}**2)", "(1 + exp({}))", "(2 + sin({}))", "(1 + abs({}))")
        return f"({inside}/{below.format(other)})"
    return f"(({inside})**{chance.randint(2, 3)})"


def decimal(value: Fraction, digits: int, up: bool) -> str:
    """The decimal with so many digits after the point just above (or below) the number."""
    scale = 10**digits
    scaled = value * scale
    rounded = scaled.numerator // scaled.denominator + (1 if up else 0)
    sign, size = ("-" if rounded < 0 else ""), abs(rounded)
    text = f"{size // scale}.{size % scale:0{digits}d}"
    return f"({sign}{text})" if sign else text


def where(statement: str, *conditions: str) -> str:
    """The statement under conditions."""
    return f"{statement} where {', '.join(conditions)}" if conditions else statement
