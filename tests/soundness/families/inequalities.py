"""Inequalities in one variable, tight ones above all.

Above: `families`, `tight`. Below: `words`, `facts`.
"""

from __future__ import annotations

from tests.soundness.families.facts import FACTS, Known
from tests.soundness.families.words import (
    PIECEWISE,
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

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def compare(chance: Chance, low: str, op: str, high: str) -> str:
    """low op high, or the same from the other side."""
    if chance.random() < 0.5:
        return f"{low} {op} {high}"
    return f"{high} {MIRRORED[op]} {low}"


def between(chance: Chance, *, attained: bool) -> tuple[str, str, str]:
    """(operator, truth, addition to the high side) where low <= high, with equality or without."""
    deed = chance.random()
    if deed < 0.4:
        return "<=", TRUE, ""
    if deed < 0.7:
        return "<", FALSE if attained else TRUE, ""
    little = tiny(chance)
    if deed < 0.85:
        return pick(chance, "<", "<="), TRUE, f" + {little}"
    return pick(chance, "<", "<="), FALSE if attained else OPEN, f" - {little}"


# convex functions with their derivatives: name, derivative, lowest argument
CONVEX = (
    ("exp({})", "exp({})"), ("softplus({})", "sigmoid({})"), ("log_cosh({})", "tanh({})"),
    ("({})**2", "2*({})"), ("squareplus({})", "(1 + ({})/sqrt(({})**2 + 4))/2"),
    ("({})**4", "4*({})**3"), ("-log_sigmoid({})", "-sigmoid(-({}))"), ("cosh({})", "sinh({})"),
    ("sqrt(1 + ({})**2)", "({})/sqrt(1 + ({})**2)"),
    ("exp({}) + softplus(-({}))", "exp({}) - sigmoid(-({}))"),
)  # fmt: skip
CONVEX_ABOVE_0 = (
    ("-log({})", "-1/({})"), ("({})*log({})", "1 + log({})"), ("1/({})", "-1/({})**2"),
    ("-sqrt({})", "-1/(2*sqrt({}))"), ("({})**3", "3*({})**2"), ("1/sqrt({})", "-({})**(-3/2)/2"),
)  # fmt: skip


def _filled(form: str, argument: str) -> str:
    return form.format(*[argument] * form.count("{}"))


def tangent(chance: Chance) -> Draft:
    """A convex function lies above its tangent, and touches it."""
    positive = chance.random() < 0.4
    f, slope = chance.choice(CONVEX_ABOVE_0 if positive else CONVEX)
    at = number(chance, positive=positive)
    line = f"{_filled(f, say(at))} + ({_filled(slope, say(at))})*(x - {say(at)})"
    op, truth, change = between(chance, attained=True)
    claim = compare(chance, line, op, _filled(f, "x") + change)
    conditions = ["x > 0"] if positive else []
    if chance.random() < 0.2 and not change:
        conditions.append(f"x != {say(at)}")
        truth = TRUE
    return where(claim, *conditions), truth


def ranged(chance: Chance) -> Draft:
    """A bounded activation at a random term lies within its range."""
    known = chance.choice([k for k in FACTS if k.low or k.high])
    inside = affine(chance) if chance.random() < 0.6 else term(chance, 1)
    value = f"{known.name}({inside})"
    if known.high and (not known.low or chance.random() < 0.5):
        pair, closed = (value, known.high), known.high_closed
    else:
        pair, closed = (known.low, value), known.low_closed
    op = pick(chance, "<", "<=")
    truth = TRUE if op == "<=" or not closed else OPEN
    if known.low and known.high and chance.random() < 0.3:
        both = op == "<=" or not (known.low_closed or known.high_closed)
        return f"{known.low} {op} {value} {op} {known.high}", TRUE if both else OPEN
    if chance.random() < 0.3:
        return compare(chance, pair[0], op, f"{pair[1]} + {tiny(chance)}"), TRUE
    if chance.random() < 0.3 and inside == "x":
        return compare(chance, f"{pair[0]} + {tiny(chance)}", op, pair[1]), FALSE
    return compare(chance, pair[0], op, pair[1]), truth


def squares(chance: Chance) -> Draft:
    """f^2 + g^2 >= 2 f g, with equality where f = g; expanded, moved, divided."""
    f, root = term(chance, 1), number(chance)
    h = term(chance, 1)
    g = f"({f} + (x - {say(root)})*{h})"
    form = pick(
        chance,
        "2*({f})*({g}) § ({f})**2 + ({g})**2",
        "4*({f})*({g}) § (({f}) + ({g}))**2",
        "0 § ({f} - {g})**2",
        "0 § (({f}) - ({g}))**4 + (x - {r})**2",
        "0 § abs(x - {r}) + ({h})**2*(x - {r})**2",
        "({f})**2 § ({f})**2 + (x - {r})**2/(1 + ({g})**2)",
        "0 § log(1 + (({f}) - ({g}))**2)",
        "1 § exp((({f}) - ({g}))**2)",
        "1 § cosh(({f}) - ({g}))",
        "0 § sqrt(({h})**2*(x - {r})**2)",
    )
    low, high = form.format(f=f, g=g, h=h, r=say(root)).split(" § ")
    op, truth, change = between(chance, attained=True)
    return compare(chance, low, op, high + change), truth


def compared_to_itself(chance: Chance) -> Draft:
    """Known inequalities between activations at a random argument, true for every real."""
    u = affine(chance) if chance.random() < 0.7 else term(chance, 1)
    low, op, high = chance.choice(PAIRS).split(" ; ")
    if chance.random() < 0.25:
        return f"{high.format(u=u)} {op} {low.format(u=u)}", OPEN
    truth = TRUE
    if op == "<" and chance.random() < 0.3:
        op = "<="
    elif op == "<=" and chance.random() < 0.3:
        op, truth = "<", OPEN
    return compare(chance, low.format(u=u), op, high.format(u=u)), truth


# low ; relation ; high, for every real u; strict when never equal
PAIRS = """
1 + {u} ; <= ; exp({u})
{u} ; < ; softplus({u})
relu({u}) ; < ; softplus({u})
softplus({u}) ; <= ; relu({u}) + log(2)
tanh({u})**2 ; < ; 1
abs(tanh({u})) ; <= ; abs({u})
abs(sin({u})) ; <= ; abs({u})
abs(arctan({u})) ; <= ; abs({u})
abs(arcsinh({u})) ; <= ; abs({u})
abs(softsign({u})) ; <= ; abs(tanh({u}))
abs(softsign({u})) ; <= ; abs(isru({u}))
gelu({u}) ; <= ; relu({u})
silu({u}) ; <= ; relu({u})
mish({u}) ; <= ; relu({u})
-0.17 ; < ; gelu({u})
-0.279 ; < ; silu({u})
-0.309 ; < ; mish({u})
elu({u}) ; <= ; softplus({u})
log_cosh({u}) ; <= ; abs({u})
abs({u}) - log(2) ; < ; log_cosh({u})
log_cosh({u}) ; <= ; {u}**2/2
1 - {u}**2 ; <= ; gaussian({u})
gaussian({u}) ; <= ; 1/(1 + {u}**2)
1 - {u}**2/2 ; <= ; cos({u})
0 ; <= ; lisht({u})
{u}**2/(1 + {u}**2) ; <= ; {u}*arctan({u})
{u}*tanh({u}) ; <= ; {u}**2
cosh({u}) ; <= ; exp({u}**2/2)
2*abs({u}) ; <= ; 1 + {u}**2
sqrt(1 + {u}**2) ; <= ; 1 + abs({u})
sigmoid({u})*sigmoid(-{u}) ; <= ; 1/4
log_sigmoid({u}) ; < ; 0
{u} ; < ; squareplus({u})
{u}*exp(-{u}) ; <= ; exp(-1)
hard_tanh({u})**2 ; <= ; {u}**2
erf({u})**2 ; < ; 1
log(1 + {u}**2) ; <= ; {u}**2
exp({u}) + exp(-{u}) - 2 ; <= ; {u}**2*cosh({u})
""".strip().splitlines()


def random_pair(chance: Chance) -> Draft:
    """Two random terms, on an interval or everywhere: the looking decides."""
    functions = (*SMOOTH, *(chance.sample(PIECEWISE, 4)))
    low, high = (term(chance, chance.randint(1, 2), ("x",), functions) for _ in range(2))
    claim = compare(chance, low, pick(chance, "<", "<="), f"{high} + {say(number(chance))}")
    return where(claim, *interval(chance)), OPEN


def interval(chance: Chance) -> list[str]:
    """No condition, or one that x lies in an interval."""
    a = number(chance)
    b = a + number(chance, positive=True)
    forms = [
        [], [], [f"x > {say(a)}"], [f"{say(a)} <= x <= {say(b)}"],
        [f"x >= {say(a)}", f"x < {say(b)}"],
        [f"x in Interval({say(a)}, {say(b)})"], [f"x in Interval.open({say(a)}, {say(b)})"],
        [f"x <= {say(b)}"], [f"x in Interval({say(a)}, oo)"], [f"abs(x) < {say(b - a)}"],
    ]  # fmt: skip
    return chance.choice(forms)


def slopes(chance: Chance) -> Draft:
    """|f(x) - f(y)| <= L |x - y| and |f'| <= L for a function with a known constant."""
    known: Known = chance.choice([k for k in FACTS if k.slope])
    a = number(chance, nonzero=True)
    u, v = (f"{known.name}({say(a)}*{name})" for name in "xy")
    bound = f"{say(abs(a))}*{known.slope}"
    less = chance.random() < 0.3
    if less:
        bound = f"{bound} - {tiny(chance)}"
    form = pick(
        chance, "abs({u} - {v}) <= ({b})*abs(x - y)", "abs(diff({u}, x)) <= {b} where x != 0"
    )
    if known.smooth == "c" and "diff" in form:
        form = "abs({u} - {v}) <= ({b})*abs(x - y)"
    return form.format(u=u, v=v, b=bound), FALSE if less else TRUE  # the constants are sharp
