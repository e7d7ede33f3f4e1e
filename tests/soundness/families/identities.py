"""Equations made by rewriting: two sides that are equal because every step was; and those changed.

Above: `families`. Below: `words`.
"""

from __future__ import annotations

from tests.soundness.families.words import (
    KINKED,
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

Sides = tuple[str, str]

# One argument u, or two: equal for all real values. `§` separates the sides.
RULES = """
tanh({u}) § 2*sigmoid(2*{u}) - 1
sigmoid({u}) § 1 - sigmoid(-{u})
sigmoid({u}) § 1/(1 + exp(-{u}))
softplus({u}) § {u} + softplus(-{u})
softplus({u}) § log(1 + exp({u}))
log_sigmoid({u}) § -softplus(-{u})
relu({u}) § ({u} + abs({u}))/2
relu({u}) - relu(-{u}) § {u}
abs({u}) § max({u}, -{u})
abs({u}) § sqrt({u}**2)
abs({u}) § {u}*sign({u})
max({u}, {v}) § {u} + {v} - min({u}, {v})
max({u}, {v}) § ({u} + {v} + abs({u} - {v}))/2
min({u}, {v}) § -max(-{u}, -{v})
exp({u})*exp({v}) § exp({u} + {v})
exp({u})/exp({v}) § exp({u} - {v})
({u} + {v})**2 § {u}**2 + 2*{u}*{v} + {v}**2
({u} - {v})*({u} + {v}) § {u}**2 - {v}**2
({u} + {v})**3 § {u}**3 + 3*{u}**2*{v} + 3*{u}*{v}**2 + {v}**3
log(exp({u})) § {u}
log(exp({u})*(1 + {v}**2)) § {u} + log(1 + {v}**2)
silu({u}) § {u}*sigmoid({u})
gelu({u}) § {u}*normal_cdf({u})
mish({u}) § {u}*tanh(softplus({u}))
erf(-{u}) § -erf({u})
arctan(-{u}) § -arctan({u})
sin({u})**2 § 1 - cos({u})**2
sin(2*{u}) § 2*sin({u})*cos({u})
cos({u} + {v}) § cos({u})*cos({v}) - sin({u})*sin({v})
cosh({u})**2 § 1 + sinh({u})**2
gaussian({u})**2 § exp(-2*{u}**2)
hard_tanh({u}) § max(-1, min(1, {u}))
relu6({u}) § relu({u}) - relu({u} - 6)
leaky_relu({u}) § relu({u}) - relu(-{u})/100
softshrink({u}) § {u} - hard_tanh(2*{u})/2
softsign({u}) § {u}/(1 + abs({u}))
log_cosh({u}) § {u} + softplus(-2*{u}) - log(2)
step({u}) § 1 - step(-{u}) + piecewise((1, {u} == 0), (0, True))
asinh({u}) § log({u} + sqrt(1 + {u}**2))
squareplus({u}) § ({u} + sqrt({u}**2 + 4))/2
normal_cdf({u}) + normal_cdf(-{u}) § 1
tanh({u}) § sinh({u})/cosh({u})
bipolar_sigmoid({u}) § tanh({u}/2)
snake({u}) § {u} + (1 - cos(2*{u}))/2
hard_swish({u}) § {u}*hard_sigmoid({u})
elu({u}) § max(0, {u}) + min(0, exp({u}) - 1)
""".strip().splitlines()


def sides(chance: Chance, depth: int, names: tuple[str, ...] = ("x",)) -> Sides:
    """Two texts for one value, by rules at random places."""
    if depth <= 0:
        same = term(chance, chance.randrange(2), names)
        return same, same
    deed = chance.random()
    u = sides(chance, depth - 1, names)
    if deed < 0.2:
        f = pick(chance, *SMOOTH, *PIECEWISE)
        return f"{f}({u[0]})", f"{f}({u[1]})"
    v = sides(chance, chance.randrange(depth), names)
    if deed < 0.35:
        op = chance.choice("+-*")
        return f"({u[0]} {op} {v[0]})", f"({u[1]} {op} {v[1]})"
    left, right = chance.choice(RULES).split(" § ")
    pair = (left.format(u=f"({u[0]})", v=f"({v[0]})"), right.format(u=f"({u[1]})", v=f"({v[1]})"))
    turned = pair[::-1] if chance.random() < 0.5 else pair
    return f"({turned[0]})", f"({turned[1]})"


def rewritten(chance: Chance) -> Draft:
    """A true equation."""
    left, right = sides(chance, chance.choice((1, 1, 2, 2, 3)))
    return f"{left} == {right}", TRUE


def rewritten_of_two(chance: Chance) -> Draft:
    """A true equation in two names."""
    left, right = sides(chance, chance.choice((1, 2)), ("x", "y"))
    return f"{left} == {right}", TRUE


def moved(chance: Chance) -> Draft:
    """A true equation, one side moved by next to nothing; as an inequality it may be true."""
    left, right = sides(chance, chance.choice((1, 1, 2)))
    little = tiny(chance)
    if chance.random() < 0.5:
        return f"{left} == {right} + {little}", FALSE
    op, truth = chance.choice(
        (("<", TRUE), ("<=", TRUE), (">", FALSE), (">=", FALSE), ("!=", TRUE))
    )
    return f"{left} {op} {right} + {little}", truth


def not_strict(chance: Chance) -> Draft:
    """Equal sides compared: true with equality, else false."""
    left, right = sides(chance, chance.choice((1, 1, 2)))
    op = pick(chance, "<=", ">=", "<", ">", "!=")
    return f"{left} {op} {right}", TRUE if "=" in op and op != "!=" else FALSE


def scaled(chance: Chance) -> Draft:
    """One side multiplied by nearly 1."""
    left, right = sides(chance, chance.choice((1, 2)))
    return f"{left} == (1 + {tiny(chance)})*{right}", OPEN


def unlike(chance: Chance) -> Draft:
    """Two terms that have nothing to do with one another."""
    kinds = pick(chance, *PIECEWISE)
    left = term(chance, 2, ("x",), (*SMOOTH, kinds))
    right = term(chance, 2, ("x",), (*SMOOTH, kinds))
    return f"{left} {pick(chance, '==', '==', '!=')} {right}", OPEN


def powers_of_sums(chance: Chance) -> Draft:
    """Polynomial identities with one coefficient changed now and then."""
    n, a = chance.randint(2, 5), number(chance, nonzero=True)
    parts, binomial = [], 1
    wrong = chance.randrange(n + 1) if chance.random() < 0.4 else None
    for k in range(n + 1):
        factor = binomial * a**k
        if k == wrong:
            factor += 1
        parts.append(f"{say(factor)}*x**{n - k}*y**{k}")
        binomial = binomial * (n - k) // (k + 1)
    return f"(x + {say(a)}*y)**{n} == {' + '.join(parts)}", FALSE if wrong is not None else TRUE


def undefined(chance: Chance) -> Draft:
    """u/u == 1 and its like: false where u is 0 somewhere, true where that is excluded."""
    root, slope = number(chance), number(chance, nonzero=True)
    u = f"({say(slope)}*(x - {say(root)}))"
    f = term(chance, 1)
    forms = [
        (f"{u}/{u} == 1", f"x != {say(root)}"),
        (f"{f} + 1/{u} == {f} + 1/{u}", f"x != {say(root)}"),
        (f"{f}*{u}/{u} == {f}", f"{u} != 0"),
        (f"sqrt({u})**2 == {u}", f"{u} >= 0"),
        (f"exp(log({u})) == {u}", f"{u} > 0"),
        (f"log({u}**2) == 2*log(abs({u}))", f"x != {say(root)}"),
        (f"{u}**2/{u} == {u}", f"x > {say(root)}"),
        (f"diff(abs({u}), x) == {say(slope)}*sign({u}/{say(slope)})*{say(sign(slope))}",
         f"x != {say(root)}"),
        (f"diff(relu({u}), x) == {say(slope)}*step({u})", f"{u} != 0"),
        (f"0*log({u}) == 0", f"{u} > 0"),
        (f"{f} - {f} + 0/{u} == 0", f"{u}**2 > 0"),
    ]  # fmt: skip
    claim, condition = chance.choice(forms)
    return (where(claim, condition), TRUE) if chance.random() < 0.5 else (claim, FALSE)


def sign(value: object) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)  # type: ignore[operator]


def at_kinks(chance: Chance) -> Draft:
    """Activations beside and at their kinks, values and derivatives: the looking decides."""
    f, g = pick(chance, *PIECEWISE), pick(chance, *KINKED)
    a = affine(chance)
    form = pick(
        chance,
        "diff({f}({a}), x) == diff({g}({a}), x)",
        "{f}({a}) == {g}({a})",
        "{f}({f}({a})) == {f}({a})",
        "{f}({a})*{g}({a}) == {g}({a})*{f}({a})",
        "{f}(x) + {f}(-x) == 0",
        "{f}({a}) == {g}({a}) where x > 10",
        "diff({f}(x), x) == diff({f}(x), x)",
        "diff({f}(x)**2, x) == 2*{f}(x)*diff({f}(x), x)",
    )
    return form.format(f=f, g=g, a=a), OPEN
