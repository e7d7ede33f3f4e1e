"""Polynomials, and polynomials in a quantity of known range: truth by discriminants, exactly.

Above: `families`. Below: `words`.
"""

from __future__ import annotations

from fractions import Fraction

from tests.soundness.families.inequalities import compare
from tests.soundness.families.words import Chance, Draft, number, pick, say, where
from tests.soundness.judge import FALSE, TRUE

Q = Fraction
End = Q | None
# a quantity, and the open interval of its values for real x (a closed end would differ)
QUANTITIES: tuple[tuple[str, End, End], ...] = (
    ("x", None, None), ("exp(x)", Q(0), None), ("tanh(x)", Q(-1), Q(1)), ("sigmoid(x)", Q(0), Q(1)),
    ("softplus(x)", Q(0), None), ("erf(x)", Q(-1), Q(1)), ("arcsinh(x)", None, None),
    ("(x**3 + x)", None, None), ("exp(-2*x)", Q(0), None), ("softsign(x)", Q(-1), Q(1)),
    ("log_sigmoid(x)", None, Q(0)), ("isru(x)", Q(-1), Q(1)), ("leaky_relu(x)", None, None),
    ("normal_cdf(x)", Q(0), Q(1)), ("(1 - sigmoid(3*x))", Q(0), Q(1)),
)  # fmt: skip


def positive(a: Q, b: Q, c: Q, low: End, high: End, *, strict: bool) -> bool:
    """Whether a u^2 + b u + c > 0 (>= 0) for all u in the open interval."""

    def value(u: Q) -> Q:
        return a * u * u + b * u + c

    if not (a or b):
        return c > 0 if strict else c >= 0
    for end, side in ((low, -1), (high, 1)):
        if end is None and (a < 0 or (a == 0 and b * side < 0)):
            return False
        if end is not None and value(end) < 0:
            return False
    vertex = -b / (2 * a) if a else None
    inside = (
        vertex is not None and (low is None or low < vertex) and (high is None or vertex < high)
    )
    if vertex is None or not inside:
        return True
    return value(vertex) > 0 if strict else value(vertex) >= 0


def quadratic(chance: Chance) -> Draft:
    """A quadratic in a quantity, often with a double root, moved a little."""
    u, low, high = chance.choice(QUANTITIES)
    a, r = number(chance, nonzero=True), number(chance)
    gap = Q(chance.choice((0, 0, 0, 1, -1)), 10 ** chance.choice((1, 3, 6, 12, 20, 30)))
    b, c = -2 * a * r, a * r * r + gap
    if chance.random() < 0.3:
        b, c = number(chance), number(chance)
    op = pick(chance, "<", "<=")
    text = f"{say(a)}*{u}**2 + {say(b)}*{u}"
    truth = positive(a, b, c, low, high, strict=op == "<")
    return compare(chance, say(-c), op, text), TRUE if truth else FALSE


def quadratic_on(chance: Chance) -> Draft:
    """A quadratic in x on an open interval."""
    a, b, c = number(chance), number(chance), number(chance)
    low = number(chance)
    high = low + number(chance, positive=True)
    if chance.random() < 0.4:  # a root at an end
        c = -(a * low * low + b * low)
    op = pick(chance, ">", ">=")
    truth = positive(a, b, c, low, high, strict=op == ">")
    condition = pick(chance, "{a} < x < {b}", "x in Interval.open({a}, {b})")
    claim = f"{say(a)}*x**2 + {say(b)}*x + {say(c)} {op} 0"
    return where(claim, condition.format(a=say(low), b=say(high))), TRUE if truth else FALSE


def cubic(chance: Chance) -> Draft:
    """x^3 + a x^2 + b x: increasing iff a^2 <= 3 b, to the last digit."""
    a = number(chance)
    b = a * a / 3
    deed = chance.random()
    little = Q(1, 10 ** chance.choice((1, 3, 6, 10, 20, 30)))
    if deed < 0.6:
        b += little if deed < 0.3 else -little
    f = f"x**3 + {say(a)}*x**2 + {say(b)}*x + {say(number(chance))}"
    holds = a * a <= 3 * b
    which = pick(chance, "increasing", "strictly_increasing", "injective")
    return f"{which}(lambda x: {f})", TRUE if holds else FALSE


def bend(chance: Chance) -> Draft:
    """A cubic is convex exactly where 6 x + 2 a >= 0; a quartic everywhere iff 3 b^2 <= 8 c."""
    a, b = number(chance), number(chance)
    little = Q(chance.choice((0, 0, 1, -1)), 10 ** chance.choice((1, 3, 6, 10, 20)))
    if chance.random() < 0.5:
        start = -a / 3 + little
        claim = (
            f"convex(lambda x: x**3 + {say(a)}*x**2 + {say(b)}*x, on=Interval({say(start)}, oo))"
        )
        return claim, TRUE if little >= 0 else FALSE
    c = 3 * b * b / 8 + little
    claim = f"convex(lambda x: x**4 + {say(b)}*x**3 + {say(c)}*x**2 + {say(a)}*x)"
    return claim, TRUE if little >= 0 else FALSE


def form(chance: Chance) -> Draft:
    """a u^2 + b u v + c v^2 for u, v over all reals: true iff a, c >= 0 and b^2 <= 4 a c."""
    p, q = number(chance), number(chance, nonzero=True)
    little = Q(chance.choice((0, 0, 1, -1)), 10 ** chance.choice((1, 3, 6, 12, 30)))
    a, b, c = p * p, 2 * p * q, q * q + little
    u, v = chance.choice((("x", "y"), ("x", "y"), ("arcsinh(x)", "y"), ("(x - 1)", "(y + x)"),
                          ("tanh(x)", "tanh(y)"), ("sin(x)", "arctan(y)")))  # fmt: skip
    holds = c >= 0 and b * b <= 4 * a * c
    claim = f"{say(a)}*{u}**2 + {say(b)}*{u}*{v} + {say(c)}*{v}**2 >= 0"
    if chance.random() < 0.3:
        return claim.replace(">= 0", "> 0"), FALSE
    return claim, TRUE if holds else FALSE


def roots(chance: Chance) -> Draft:
    """A product of linear factors is nonzero off its roots, and zero at them."""
    found = [number(chance) for _ in range(chance.randint(1, 4))]
    product = "*".join(f"(x - {say(r)})" for r in found)
    others = [f"x != {say(r)}" for r in dict.fromkeys(found)]
    missing = chance.random() < 0.5
    if missing:
        others.pop(chance.randrange(len(others)))
    return where(f"{product} != 0", *others), FALSE if missing else TRUE


def between_roots(chance: Chance) -> Draft:
    """The sign of a product of factors between two neighbouring roots."""
    found = sorted({number(chance) for _ in range(chance.randint(2, 4))})
    if len(found) < 2:
        found.append(found[0] + 1)
    i = chance.randrange(len(found) - 1)
    above = len(found) - 1 - i  # factors that are negative between found[i] and found[i + 1]
    op = ">" if above % 2 == 0 else "<"
    said, truth = (op, TRUE) if chance.random() < 0.6 else ("<" if op == ">" else ">", FALSE)
    product = "*".join(f"(x - {say(r)})" for r in found)
    widen = chance.random() < 0.3
    relation = "<=" if widen else "<"
    truth = FALSE if widen else truth
    claim = f"{product} {said} 0"
    return where(claim, f"{say(found[i])} {relation} x < {say(found[i + 1])}"), truth
