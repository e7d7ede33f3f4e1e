"""Statements about numbers: constants to many digits, absurd sizes, exact decimals.

Above: `families`. Below: `words`.
"""

from __future__ import annotations

from fractions import Fraction

from flint import ctx

from tests.soundness.balls import Undefined, Unknown, ball, dyadic
from tests.soundness.families.words import (
    PIECEWISE,
    SMOOTH,
    Chance,
    Draft,
    decimal,
    number,
    pick,
    say,
    tiny,
)
from tests.soundness.judge import FALSE, OPEN, TRUE
from tests.soundness.reading import closed


def constant(chance: Chance, depth: int = 2) -> str:
    """A random term without names."""
    if depth == 0:
        return pick(chance, "pi", "exp(1)", "log(2)", "sqrt(2)", *[say(number(chance))] * 4)
    deed = chance.random()
    u = constant(chance, depth - 1)
    if deed < 0.55:
        return f"{pick(chance, *SMOOTH, *PIECEWISE[:8])}({u})"
    return f"({u} {pick(chance, '+', '-', '*')} {constant(chance, depth - 1)})"


def rounded(chance: Chance) -> Draft:
    """A constant against itself rounded up or down at many digits."""
    text, digits = constant(chance), chance.choice((3, 6, 10, 15, 20, 30, 40, 60))
    try:
        with ctx.workprec(600):
            middle = dyadic(ball(closed(text)))
    except (Undefined, Unknown):
        return "1 < 2", TRUE
    up = chance.random() < 0.5
    value = decimal(Fraction(int(middle.p), int(middle.q)), digits, up)
    return f"{text} {pick(chance, '<', '>', '<=', '>=', '!=')} {value}", OPEN


def exact(chance: Chance) -> Draft:
    """Decimals are exact numbers; so are sums, products and powers of fractions."""
    a, b, c = (number(chance) for _ in range(3))
    value = (a + b) * c - b**2
    wrong = chance.random() < 0.4
    if wrong:
        value += Fraction(1, 10 ** chance.choice((1, 9, 17, 30, 300)))
    op = pick(chance, "==", "==", ">=", "<=")
    claim = f"({say(a)} + {say(b)})*{say(c)} - {say(b)}**2 {op} {say(value)}"
    if not wrong:
        return claim, TRUE
    return claim, TRUE if op == "<=" else FALSE


# {k} is big, {tenth} and {double} of it; {f} < 1 and {g} > 0, as near as one likes
ABSURD_BUT_TRUE = """
10**{k} + 1 > 10**{k}
x + 1e-{k} > x
{f}(x) < 1
{f}(10**{tenth}) < 1
{g}(x) > 0
{g}(-10**3) > 0
x**{double} >= 0
x**{double} >= -1e-{k}
(x - 1e{k})**2 >= 0
floor(10**{k} + 1/2) == 10**{k}
floor(-1e-{k}) == -1
relu(x - 1e{k})*relu(-x) == 0
log(10**{k}) == {k}*log(10)
10**{k}*x**2 - x + 1e-{k}/4 >= 0
abs(x) <= 10**{k} where x**2 <= 10**{double}
sqrt(10**{double} + 1) > 10**{k}
increasing(lambda x: x + 1e-{k}*sin(x))
convex(lambda x: x**2 - (1 - 1e-{k})*x**2)
lipschitz(lambda x: (1 - 1e-{k})*tanh(x), 1)
1/(x**2 + 1e-{k}) <= 1e{k}
sin(10**{tenth}*pi) == 0
periodic(sin, 2*pi*10**{tenth})
bounded(lambda x: 1e{k}*tanh(x))
affine(lambda x: 10**{k}*x - 1e-{k})
""".strip().splitlines()
ABSURD_AND_FALSE = """
10**{k} + 1 == 10**{k}
x + 1e-{k} == x
x + 1e-{k} >= x + 2e-{k}
{f}(x) <= 1 - 1e-{k}
{g}(x) >= 1e-{k}
(x - 1e{k})**2 > 0
x < 10**{k}
relu(x - 1e{k}) == 0
exp(x) != 10**{k}
10**{k}*x**2 - x + 1e-{k}/4 > 0
10**{k}*x**2 - x + 1e-{k}/4 >= 1e-{double}
sqrt(10**{double} + 1) == 10**{k}
increasing(lambda x: 1e-{k}*x + sin(x))
increasing(lambda x: x + sin(x) - 1e-{k}*x)
convex(lambda x: exp(x) - 1e-{k}*x**2)
lipschitz(lambda x: (1 + 1e-{k})*x, 1)
x == 1e-{k} where 0 < x, x < 2e-{k}
even(lambda x: x**2 + 1e-{k}*x)
odd(lambda x: x + 1e-{k})
relu(x) == x where x > -1e-{k}
step(x) == 1 where x >= -1e-{k}
1/(x + 1e{k}) == 1/(x + 1e{k})
1/(x**2 + 1e-{k}) < 1e{k}
sin(x)**2 <= 1 - 1e-{k}
periodic(sin, 2*pi + 1e-{k})
bounded(lambda x: 1e-{k}*x)
additive(lambda x: x + 1e-{k}*x**3)
x**({double} + 1) >= -1e-{k}
""".strip().splitlines()


def absurd(chance: Chance) -> Draft:
    """Huge and tiny numbers, where anything that rounds goes wrong."""
    k = chance.choice((17, 20, 50, 100, 300))
    words = {
        "k": k,
        "tenth": k // 10,
        "double": 2 * k,
        "f": pick(chance, "sigmoid", "tanh", "erf", "normal_cdf", "softsign", "cloglog", "elliott"),
        "g": pick(chance, "exp", "softplus", "gaussian", "sigmoid", "squareplus"),
    }
    rows, truth = chance.choice(((ABSURD_BUT_TRUE, TRUE), (ABSURD_AND_FALSE, FALSE)))
    return chance.choice(rows).format(**words), truth


def near_integers(chance: Chance) -> Draft:
    """Constants that agree to many digits and are not equal."""
    return chance.choice((
        ("exp(pi*sqrt(163)) == 262537412640768744", FALSE),
        ("exp(pi*sqrt(163)) < 262537412640768744", TRUE),
        ("exp(pi*sqrt(163)) > 262537412640768743.9999999999992", TRUE),
        ("exp(pi) - pi == 20", FALSE), ("exp(pi) - pi < 20", TRUE), ("pi == 355/113", FALSE),
        ("pi < 355/113", TRUE), ("sqrt(2) + sqrt(3) == pi", FALSE),
        ("pi**4 + pi**5 == exp(6)", FALSE),
        ("pi**4 + pi**5 < exp(6)", TRUE), ("sqrt(2)*sqrt(3) == sqrt(6)", TRUE),
        ("sqrt(3 + 2*sqrt(2)) == 1 + sqrt(2)", TRUE), ("4*atan(1/5) - atan(1/239) == pi/4", TRUE),
        ("4*atan(1/5) - atan(1/238) == pi/4", FALSE), ("atan(1) + atan(2) + atan(3) == pi", TRUE),
        ("log(2) + log(3) == log(6)", TRUE), ("log(2)*log(3) == log(6)", FALSE),
        ("sin(1)**2 + cos(1)**2 == 1", TRUE), ("cos(pi/5) == (1 + sqrt(5))/4", TRUE),
        ("sqrt(2)**2 == 2", TRUE), ("exp(log(7)/2)**2 == 7", TRUE), ("tanh(log(3)) == 4/5", TRUE),
        ("sigmoid(log(3)) == 3/4", TRUE), (f"sigmoid(log(3)) == 3/4 + {tiny(chance)}", FALSE),
        ("163/log(163) < 31.999999", TRUE), ("sin(11) < -0.99999", TRUE), ("sin(11) > -1", TRUE),
        ("log(640320**3 + 744)/sqrt(163) == pi", FALSE), ("exp(1) < 2.718281828459045235361", TRUE),
        ("gelu(-0.751791524693564457457904947) <= -0.16997120747990366", TRUE),
    ))  # fmt: skip


def comparisons(chance: Chance) -> Draft:
    """Two random constants."""
    left, right = constant(chance), constant(chance, 1)
    return f"{left} {pick(chance, '<', '<=', '==', '>', '!=')} {right}", OPEN
