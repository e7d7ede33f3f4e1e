"""Inequalities and equations in several variables.

Above: `families`. Below: `facts`, `functions`, `words`.
"""

from __future__ import annotations

from tests.soundness.families.facts import FACTS
from tests.soundness.families.functions import built
from tests.soundness.families.inequalities import between, compare
from tests.soundness.families.words import (
    KINKED,
    SMOOTH,
    Chance,
    Draft,
    affine,
    number,
    pick,
    say,
    term,
    tiny,
    where,
)
from tests.soundness.judge import FALSE, OPEN, TRUE

# low ; high ; conditions: low <= high, with equality somewhere
CLASSICAL = """
2*x*y ; x**2 + y**2 ;
4*x*y ; (x + y)**2 ;
x*y + y*z + z*x ; x**2 + y**2 + z**2 ;
3*(x*y + y*z + z*x) ; (x + y + z)**2 ;
(x*a + y*b)**2 ; (x**2 + y**2)*(a**2 + b**2) ;
2*sqrt(x*y) ; x + y ; x >= 0, y >= 0
4 ; (x + y)*(1/x + 1/y) ; x > 0, y > 0
2 ; x/y + y/x ; x > 0, y > 0
abs(x + y) ; abs(x) + abs(y) ;
abs(abs(x) - abs(y)) ; abs(x - y) ;
max(x + y, 0) ; max(x, 0) + max(y, 0) ;
relu(x + y) ; relu(x) + relu(y) ;
abs(relu(x) - relu(y)) ; abs(x - y) ;
2*exp((x + y)/2) ; exp(x) + exp(y) ;
2*softplus((x + y)/2) ; softplus(x) + softplus(y) ;
(x + y)**2 ; 2*x**2 + 2*y**2 ;
0 ; (x - y)*(tanh(x) - tanh(y)) ;
0 ; (x - y)*(sigmoid(x) - sigmoid(y)) ;
0 ; (exp(x) - exp(y))*(x**3 - y**3) ;
(x**2 - y**2)*(x**2 - y**2) ; (x**2 + y**2)**2 ;
x**3*y + x*y**3 ; x**4 + y**4 ;
2*x**2*y ; x**4 + y**2 ;
x**2*y**4 + x**4*y**2 + 1 - 1 ; x**6 + y**6 ;
3*x**2*y**2 ; x**4*y**2 + x**2*y**4 + 1 ;
sqrt(x**2 + y**2) ; abs(x) + abs(y) ;
abs(sin(x) - sin(y)) ; abs(x - y) ;
abs(tanh(x) - tanh(y)) ; abs(x - y) ;
x*y ; x**2/2 + y**2/2 ;
x ; max(x, y) ;
min(x, y) ; (x + y)/2 ;
max(x, y) ; log(exp(x) + exp(y)) ;
(x + y)/2 ; log((exp(x) + exp(y))/2) ;
log(exp(x) + exp(y)) ; max(x, y) + log(2) ;
x*y ; exp(x) + y*log(y) - y ; y > 0
1 + x + y ; exp(x + y) ;
log(x) - log(y) ; x/y - 1 ; x > 0, y > 0
0 ; x*log(x/y) - x + y ; x > 0, y > 0
x*y*z ; (x**3 + y**3 + z**3)/3 ; x > 0, y > 0, z > 0
""".strip().splitlines()
NEVER_EQUAL = ("max(x, y) ; log(exp(x) + exp(y)) ;",)


def classical(chance: Chance) -> Draft:
    """A known inequality; strict, moved, or turned round it is false."""
    row = chance.choice(CLASSICAL)
    low, high, conditions = (part.strip() for part in row.split(";"))
    given = [conditions] if conditions else []
    if row in NEVER_EQUAL:
        return compare(chance, low, pick(chance, "<", "<="), high), TRUE
    if conditions and chance.random() < 0.15:
        return f"{low} <= {high}", OPEN
    op, truth, change = between(chance, attained=True)
    return where(compare(chance, low, op, high + change), *given), truth


def substituted(chance: Chance) -> Draft:
    """A known inequality at random arguments."""
    rows = [row for row in CLASSICAL if row.endswith(";") and row not in NEVER_EQUAL]
    low, high = (part.strip() for part in chance.choice(rows).split(";")[:2])
    inner = {name: term(chance, 1, ("x", "y")) for name in "xyzab"}

    def at(text: str) -> str:
        from re import sub

        return sub(r"\b[xyzab]\b", lambda m: f"({inner[m.group()]})", text)

    return compare(chance, at(low), "<=", at(high)), TRUE


def chords(chance: Chance) -> Draft:
    """A convex function of a mean is at most the mean of its values."""
    f = built(chance, chance.choice((0, 1, 2)))
    which = {"convex", "concave"} & f.has
    p = number(chance, positive=True)
    weight = p / (1 + p)
    mean = f"({say(weight)}*x + {say(1 - weight)}*y)"
    low, high = f.of(mean), f"{say(weight)}*{f.of('x')} + {say(1 - weight)}*{f.of('y')}"
    if "convex" in which:
        return compare(chance, low, "<=", high), TRUE
    if "concave" in which:
        return compare(chance, high, "<=", low), TRUE
    return compare(chance, low, "<=", high), OPEN


def ordered(chance: Chance) -> Draft:
    """f(x) <= f(y) where x < y, for an increasing function; also with equality."""
    f = built(chance, chance.choice((0, 1, 2)))
    condition = pick(chance, "x < y", "x <= y", "y > x", "0 < x, x < y")
    strict = chance.random() < 0.5 and "<=" not in condition
    op, kind = ("<", "strictly_increasing") if strict else ("<=", "increasing")
    other = kind.replace("increasing", "decreasing")
    claim = where(f"{f.of('x')} {op} {f.of('y')}", condition)
    has_other = other in f.has and strict and "strictly_decreasing" in f.has
    return claim, TRUE if kind in f.has else FALSE if has_other else OPEN


def equations(chance: Chance) -> Draft:
    """Random relations of two names; the looking decides."""
    functions = (*SMOOTH, *chance.sample(KINKED, 3))
    left, right = (term(chance, chance.randint(1, 2), ("x", "y"), functions) for _ in range(2))
    op = pick(chance, "==", "<=", "<", "!=")
    conditions = chance.choice(
        ([], [], ["x > y"], ["x > 0", "y > 0"], ["x**2 + y**2 < 1"], ["x == y"])
    )
    return where(f"{left} {op} {right} + {say(number(chance))}", *conditions), OPEN


def additive(chance: Chance) -> Draft:
    """f(x + y) against f(x) + f(y): only multiples of the identity are additive."""
    row = chance.choice(FACTS)
    a = say(number(chance, nonzero=True))
    is_linear = row.name == "identity"
    which = pick(chance, "additive", "linear", "affine", "homogeneous")
    if which == "affine":
        body = f"{row.name}({a}*x) + {say(number(chance))}"
        return f"affine(lambda x: {body})", TRUE if is_linear else FALSE
    if which == "homogeneous":
        return f"homogeneous(lambda x: {row.name}({a}*x))", TRUE if is_linear else FALSE
    moved = f" + {tiny(chance)}" if chance.random() < 0.3 else ""
    truth = TRUE if is_linear and not moved else FALSE
    return f"{which}(lambda x: {row.name}({a}*x){moved})", truth


def conditional(chance: Chance) -> Draft:
    """An equation or inequality under an equation between the names."""
    a, b = number(chance), number(chance, nonzero=True)
    f = pick(chance, *SMOOTH)
    forms = [
        (f"{f}(x) == {f}({say(b)}*y + {say(a)})", f"x == {say(b)}*y + {say(a)}", TRUE),
        (f"{f}(x) == {f}({say(b)}*y + {say(a)}) + {tiny(chance)}",
         f"x == {say(b)}*y + {say(a)}", FALSE),
        ("(x + y)**2 == 1", "x + y == 1", TRUE),
        ("x*y <= 1/4", "x + y == 1", TRUE),
        ("x*y < 1/4", "x + y == 1", FALSE),
        ("x**2 + y**2 >= 1/2", "x + y == 1", TRUE),
        ("x + y <= sqrt(2)", "x**2 + y**2 == 1", TRUE),
        ("x + y <= 1.4142135623730950488", "x**2 + y**2 == 1", FALSE),
        ("x*y == 0", "x == 0", TRUE),
        ("x == 0", "x*y == 0", FALSE),
        ("x == y", "x**2 == y**2", FALSE),
        ("x == y", "x**3 == y**3", TRUE),
        ("x == y", "exp(x) == exp(y)", TRUE),
        (f"x*{say(abs(b))} <= y*{say(abs(b))}", "x <= y", TRUE),
        ("1/x >= 1/y", "x <= y", FALSE),
        ("1/x >= 1/y", "0 < x <= y", TRUE),
        ("x**2 <= y**2", "x <= y", FALSE),
        ("x**2 <= y**2", "abs(x) <= y", TRUE),
        (f"{f}({affine(chance)}) == {f}(0)", f"x == {say(a)}", OPEN),
    ]  # fmt: skip
    claim, condition, truth = chance.choice(forms)
    return where(claim, condition), truth
