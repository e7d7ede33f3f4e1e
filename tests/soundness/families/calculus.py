"""Derivatives, limits and integrals whose values are known, and those values changed.

Above: `families`. Below: `words`, `functions`.
"""

from __future__ import annotations

from fractions import Fraction

from tests.soundness.families.functions import built
from tests.soundness.families.words import Chance, Draft, affine, number, pick, say, term, tiny
from tests.soundness.judge import FALSE, OPEN, TRUE

# f(u) § f'(u): smooth everywhere
DERIVATIVES = """
sigmoid({u}) § sigmoid({u})*(1 - sigmoid({u}))
tanh({u}) § 1 - tanh({u})**2
softplus({u}) § sigmoid({u})
exp({u}) § exp({u})
sin({u}) § cos({u})
cos({u}) § -sin({u})
arctan({u}) § 1/(1 + {u}**2)
erf({u}) § 2/sqrt(pi)*exp(-{u}**2)
arcsinh({u}) § 1/sqrt(1 + {u}**2)
log_cosh({u}) § tanh({u})
gaussian({u}) § -2*{u}*gaussian({u})
{u}**3 § 3*{u}**2
silu({u}) § sigmoid({u}) + {u}*sigmoid({u})*sigmoid(-{u})
normal_cdf({u}) § exp(-{u}**2/2)/sqrt(2*pi)
gelu({u}) § normal_cdf({u}) + {u}*exp(-{u}**2/2)/sqrt(2*pi)
log_sigmoid({u}) § sigmoid(-{u})
sinh({u}) § cosh({u})
cosh({u}) § sinh({u})
snake({u}) § 1 + sin(2*{u})
sqrt(1 + {u}**2) § {u}/sqrt(1 + {u}**2)
log(1 + {u}**2) § 2*{u}/(1 + {u}**2)
cloglog({u}) § exp({u} - exp({u}))
""".strip().splitlines()


def _changed(chance: Chance, text: str) -> tuple[str, str]:
    """The true value, or one that is not."""
    if chance.random() < 0.55:
        return text, TRUE
    return f"{text} {pick(chance, '+', '-')} {tiny(chance)}", FALSE


def chain_rule(chance: Chance) -> Draft:
    """diff(f(g(x)), x) == f'(g(x))*g'(x)."""
    f, slope = chance.choice(DERIVATIVES).split(" § ")
    inner, rate = chance.choice(DERIVATIVES).split(" § ")
    a, b = number(chance, nonzero=True), number(chance)
    u = f"({say(a)}*x + {say(b)})"
    if chance.random() < 0.5:
        value, truth = _changed(chance, f"{say(a)}*({slope.format(u=u)})")
        return f"diff({f.format(u=u)}, x) == {value}", truth
    g, dg = f"({inner.format(u=u)})", f"{say(a)}*({rate.format(u=u)})"
    value, truth = _changed(chance, f"({slope.format(u=g)})*({dg})")
    return f"diff({f.format(u=g)}, x) == {value}", truth


def product_rule(chance: Chance) -> Draft:
    """diff(f*g, x) == f'*g + f*g', and of quotients."""
    (f, df), (g, dg) = (chance.choice(DERIVATIVES).format(u="x").split(" § ") for _ in range(2))
    if chance.random() < 0.6:
        value, truth = _changed(chance, f"({df})*({g}) + ({f})*({dg})")
        return f"diff(({f})*({g}), x) == {value}", truth
    value, truth = _changed(
        chance, f"(({df})*(1 + ({g})**2) - 2*({f})*({g})*({dg}))/(1 + ({g})**2)**2"
    )
    return f"diff(({f})/(1 + ({g})**2), x) == {value}", truth


def slope_bounds(chance: Chance) -> Draft:
    """Bounds of derivatives; the looking decides."""
    f, order = term(chance, 1), chance.choice((1, 1, 2))
    low, high = sorted((number(chance), number(chance)))
    form = pick(chance, "{d} <= {h}", "{d} >= {l}", "{l} <= {d} <= {h}", "{d} > 0", "{d} != 0")
    diff = f"diff({f}, x)" if order == 1 else f"diff({f}, x, 2)"
    return form.format(d=diff, l=say(low), h=say(high)), OPEN


# expression ; point ; value: limits that exist. {a}, {b}: rationals, a > 0
LIMITS = """
sin({a}*x)/x ; 0 ; {a}
tanh({a}*x)/x ; 0 ; {a}
(exp({a}*x) - 1)/x ; 0 ; {a}
log(1 + {a}*x)/x ; 0 ; {a}
(1 - cos({a}*x))/x**2 ; 0 ; {a}**2/2
(sigmoid({a}*x) - 1/2)/x ; 0 ; {a}/4
(x**2 - {a}**2)/(x - {a}) ; {a} ; 2*{a}
(sqrt(x) - sqrt({a}))/(x - {a}) ; {a} ; 1/(2*sqrt({a}))
sinc({a}*x) ; 0 ; 1
sigmoid({a}*x + {b}) ; oo ; 1
sigmoid({a}*x + {b}) ; -oo ; 0
tanh({a}*x + {b}) ; -oo ; -1
arctan({a}*x + {b}) ; oo ; pi/2
erf({a}*x + {b}) ; oo ; 1
x*exp(-{a}*x) ; oo ; 0
log(x)/x**{a} ; oo ; 0
softplus({a}*x) - {a}*x ; oo ; 0
softplus({a}*x) ; -oo ; 0
gelu(x) ; -oo ; 0
silu({a}*x) ; -oo ; 0
gelu({a}*x)/x ; oo ; {a}
({a}*x**2 + {b}*x + 1)/(2*x**2 - x + 3) ; oo ; {a}/2
({a}*x + {b})/(x**2 + 1) ; -oo ; 0
sqrt(x**2 + {a}*x) - x ; oo ; {a}/2
(1 + {a}/x)**x ; oo ; exp({a})
x*sin({a}/x) ; oo ; {a}
relu(x)/({a} + x) ; oo ; 1
softsign({a}*x + {b}) ; -oo ; -1
log_cosh(x) - abs(x) ; oo ; -log(2)
exp(-{a}*x**2 + {b}*x) ; oo ; 0
floor({a}*x)/x ; oo ; {a}
elu({a}*x + {b}) ; -oo ; -1
""".strip().splitlines()
# expression ; point: no limit there, or an infinite one
NO_LIMITS = """
sin({a}*x) ; oo
step(x - {b}) ; {b}
sign(x - {b}) ; {b}
1/(x - {b}) ; {b}
1/(x - {b})**2 ; {b}
exp(1/x) ; 0
abs(x - {b})/(x - {b}) ; {b}
floor(x) ; 2
exp({a}*x) ; oo
softplus({a}*x) ; oo
log({a}*x) ; oo
x*cos(x) ; oo
sin(1/x) ; 0
x ; -oo
""".strip().splitlines()


def limits(chance: Chance) -> Draft:
    """limit(e, x, p) == value, right or changed; or of what has no limit."""
    a, b = number(chance, positive=True), number(chance)
    if chance.random() < 0.25:
        row = chance.choice(NO_LIMITS).format(a=say(a), b=say(b))
        body, at = (part.strip() for part in row.split(";"))
        return f"limit({body}, x, {at}) == {pick(chance, '0', '1', '1/2', say(a))}", FALSE
    row = chance.choice(LIMITS).format(a=say(a), b=say(b))
    body, at, value = (part.strip() for part in row.split(";"))
    said, truth = _changed(chance, value)
    return f"limit({body}, x, {at}) == {said}", truth


def limit_of_continuous(chance: Chance) -> Draft:
    """The limit of a continuous function is its value."""
    body, at = term(chance, chance.randint(1, 2)), number(chance)
    value = f"(lambda x: {body})({say(at)})"
    side = pick(chance, "", ', "+"', ', "-"')
    said, truth = _changed(chance, value)
    return f"limit({body}, x, {say(at)}{side}) == {said}", truth


def antiderivative(chance: Chance) -> Draft:
    """The integral of f' is f(b) - f(a)."""
    f, df = chance.choice(DERIVATIVES).format(u="x").split(" § ")
    a, b = sorted((number(chance), number(chance)))
    value = f"(lambda x: {f})({say(b)}) - (lambda x: {f})({say(a)})"
    said, truth = _changed(chance, value)
    body = f"diff({f}, x)" if chance.random() < 0.3 else df
    return f"integral({body}, x, {say(a)}, {say(b)}) == {said}", truth


INTEGRALS = """
exp(-{a}*x) ; 0 ; oo ; 1/{a}
exp(-x**2) ; -oo ; oo ; sqrt(pi)
1/(1 + x**2) ; -oo ; oo ; pi
1/x**2 ; {a} ; oo ; 1/{a}
x*exp(-{a}*x) ; 0 ; oo ; 1/{a}**2
sigmoid(x)*sigmoid(-x) ; -oo ; oo ; 1
relu(x) ; -{a} ; {a} ; {a}**2/2
abs(x) ; -{a} ; {a} ; {a}**2
step(x) ; -1 ; {a} ; {a}
sin(x) ; 0 ; pi ; 2
tanh({a}*x) ; -2 ; 2 ; 0
hard_tanh(x) ; 0 ; {a} + 1 ; {a} + 1/2
floor(x) ; 0 ; 3 ; 3
exp(-abs(x)) ; -oo ; oo ; 2
x**3*cos(x) ; -{a} ; {a} ; 0
""".strip().splitlines()
DIVERGENT = """
1/x ; 1 ; oo
1/x ; 0 ; 1
1/x ; -1 ; 1
1/x**2 ; 0 ; 1
exp(x) ; 0 ; oo
sigmoid(x) ; 0 ; oo
1/(x - {a}) ; 0 ; {a}
log(x) ; -1 ; 1
""".strip().splitlines()


def integrals(chance: Chance) -> Draft:
    """Known integrals, proper and improper; and integrals that do not exist."""
    a = say(number(chance, positive=True))
    if chance.random() < 0.25:
        body, low, high = (p.strip() for p in chance.choice(DIVERGENT).format(a=a).split(";"))
        return f"integral({body}, x, {low}, {high}) == {pick(chance, '0', '1', '-1')}", FALSE
    row = chance.choice(INTEGRALS).format(a=a)
    body, low, high, value = (part.strip() for part in row.split(";"))
    said, truth = _changed(chance, value)
    return f"integral({body}, x, {low}, {high}) == {said}", truth


def integral_bounds(chance: Chance) -> Draft:
    """The integral of what lies between two numbers lies between their multiples."""
    f = built(chance, chance.choice((0, 1)))
    width = number(chance, positive=True)
    low = number(chance)
    ends = f"{say(low)}, {say(low + width)}"
    if f.high and f.smooth != "j":
        claim = f"integral({f.of('x')}, x, {ends}) <= {say(width)}*({f.high})"
        return claim, TRUE
    return f"integral({f.of('x')}, x, {ends}) >= {say(number(chance))}", OPEN


def series(chance: Chance) -> Draft:
    """A Taylor polynomial agrees with the function at its centre, with its derivatives too."""
    body, at, count = term(chance, 1), number(chance), chance.randint(1, 4)
    k = chance.randrange(count)
    name = f"series({body}, x, {say(at)}, {count})"
    if k == 0:
        return f"{name} == {body} where x == {say(at)}", TRUE if "abs" not in body else OPEN
    order = f", {k}" if k > 1 else ""
    claim = f"diff({name}, x{order}) == diff({body}, x{order}) where x == {say(at)}"
    return claim, TRUE if "abs" not in body else OPEN


def polynomial_derivatives(chance: Chance) -> Draft:
    """Derivatives of any order of a polynomial, worked out here."""
    coefficients = [number(chance) for _ in range(chance.randint(2, 6))]
    order = chance.randint(1, 4)
    text = " + ".join(f"{say(c)}*x**{k}" for k, c in enumerate(coefficients))
    found = list(coefficients)
    for _ in range(order):
        found = [k * c for k, c in enumerate(found)][1:]
    wrong = chance.random() < 0.4
    if wrong:
        found = found or [Fraction(0)]
        found[chance.randrange(len(found))] += Fraction(1, 10 ** chance.choice((1, 6, 30)))
    value = " + ".join(f"{say(c)}*x**{k}" for k, c in enumerate(found)) or "0"
    return f"diff({text}, x, {order}) == {value}", FALSE if wrong else TRUE


def parameter(chance: Chance) -> Draft:
    """Derivatives by one name of terms with another one in them."""
    f, df = chance.choice(DERIVATIVES).split(" § ")
    u, outer = chance.choice(
        (("(a*x)", "a"), ("(a + x)", "1"), ("(x*a - b)", "a"), ("(x**2 + a)", "2*x"))
    )
    value, truth = _changed(chance, f"{outer}*({df.format(u=u)})")
    return f"diff({f.format(u=u)}, x) == {value}", truth


def kinks(chance: Chance) -> Draft:
    """Derivatives of kinked terms, everywhere and off the kink."""
    at, slope = number(chance), number(chance, nonzero=True)
    u = f"({say(slope)}*(x - {say(at)}))"
    f = pick(chance, "abs({u})", "relu({u})", "max({u}, 0)", "{u}*sign({u})", "leaky_relu({u})")
    other = term(chance, 1)
    left, right = (f"diff({f.format(u=u)} + {affine(chance)}**2, x)" for _ in range(2))
    claim = f"{left} == {right}"
    deed = chance.random()
    if deed < 0.3:
        return claim, FALSE
    if deed < 0.6:
        return f"{claim} where x != {say(at)}", OPEN
    whole = f"({f.format(u=u)})**2"
    if deed < 0.8:
        return f"diff({whole}, x) == diff({whole}, x)", TRUE
    return f"diff({f.format(u=u)}, x) == diff({f.format(u=u)}, x) + 0*({other})", FALSE
