"""Predicates about functions: true by the rules of building, false by what excludes them.

Above: `families`. Below: `functions`, `facts`, `words`.
"""

from __future__ import annotations

from tests.soundness.families.facts import FACTS
from tests.soundness.families.functions import Built, built
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
)
from tests.soundness.judge import FALSE, OPEN, TRUE

# what a property excludes; a strict order excludes the other order, a strict bend the other bend
EXCLUDED = {
    "strictly_increasing": ("decreasing", "strictly_decreasing", "even"),
    "strictly_decreasing": ("increasing", "strictly_increasing", "even"),
    "strictly_convex": ("concave", "strictly_concave", "affine", "linear"),
    "strictly_concave": ("convex", "strictly_convex", "affine", "linear"),
}
SHAPES = (
    "increasing strictly_increasing decreasing strictly_decreasing convex strictly_convex concave "
    "strictly_concave odd even injective"
).split()
POINTWISE = (
    "additive homogeneous positively_homogeneous linear affine odd even increasing convex".split()
)


def called(chance: Chance, f: Built) -> str:
    """The function as the first argument of a predicate: a name where it is one."""
    if f.text.endswith("(@)") and f.text.count("(") == 1 and chance.random() < 0.7:
        return f.text.removesuffix("(@)")
    name = pick(chance, "x", "x", "t", "z")
    return f"lambda {name}: {f.of(name)}"


def shape(chance: Chance) -> Draft:
    """A property that the function has, or one that this excludes, or any."""
    f = built(chance, chance.choice((0, 1, 1, 2, 2, 3)))
    own = sorted(f.has & set(SHAPES))
    excluded = sorted({q for p in f.has for q in EXCLUDED.get(p, ())})
    deed = chance.random()
    if own and deed < 0.55:
        return f"{chance.choice(own)}({called(chance, f)})", TRUE
    if excluded and deed < 0.75:
        return f"{chance.choice(excluded)}({called(chance, f)})", FALSE
    which = chance.choice(SHAPES)
    return f"{which}({called(chance, f)})", TRUE if which in f.has else OPEN


def shape_on(chance: Chance) -> Draft:
    """The same on an interval, where more is true than is known."""
    f = built(chance, chance.choice((0, 1, 2)))
    a = number(chance)
    b = a + number(chance, positive=True)
    interval = pick(
        chance, f"Interval({say(a)}, {say(b)})", f"Interval({say(a)}, oo)",
        f"Interval.open({say(a)}, {say(b)})", f"Interval(-oo, {say(b)})",
    )  # fmt: skip
    which = chance.choice([p for p in SHAPES if p not in ("odd", "even")])
    claim = f"{which}({called(chance, f)}, on={interval})"
    return claim, TRUE if which in f.has else OPEN


def shape_of_any(chance: Chance) -> Draft:
    """A random function, a random predicate: the looking decides."""
    body = term(chance, chance.choice((1, 1, 2)), ("x",), (*SMOOTH, *chance.sample(PIECEWISE, 3)))
    return f"{chance.choice((*SHAPES, *POINTWISE))}(lambda x: {body})", OPEN


def lipschitz(chance: Chance) -> Draft:
    """A constant that holds, or any."""
    f = built(chance, chance.choice((0, 1, 2)))
    if f.slope and chance.random() < 0.6:
        more = f" + {tiny(chance)}" if chance.random() < 0.3 else ""
        return f"lipschitz({called(chance, f)}, {f.slope}{more})", TRUE
    if f.slope and f.text.count("(") == 1:
        return f"lipschitz({called(chance, f)}, {f.slope} - {tiny(chance)})", FALSE
    bound = say(number(chance, positive=True))
    return f"lipschitz({called(chance, f)}, {bound})", FALSE if f.smooth == "j" else OPEN


def bounded(chance: Chance) -> Draft:
    """Bounds that hold, that are missed by a little, or that are not there."""
    f = built(chance, chance.choice((0, 1, 2)))
    if f.low and f.high:
        if chance.random() < 0.3:
            return f"bounded({called(chance, f)})", TRUE
        if chance.random() < 0.5:
            return f"bounded({called(chance, f)}, {f.low}, {f.high})", TRUE
        return f"bounded({called(chance, f)}, {f.low} + {tiny(chance)}, {f.high})", OPEN
    g = chance.choice([k for k in FACTS if not (k.low and k.high)])
    a = say(number(chance, nonzero=True))
    return f"bounded(lambda x: {g.name}({a}*x) + {say(number(chance))})", FALSE


def image(chance: Chance) -> Draft:
    """range(f) == set for q*f(a x + b) + r of a known image, with an end or a bracket changed."""
    row = chance.choice([k for k in FACTS if k.exact])
    q = number(chance, nonzero=True) if chance.random() < 0.5 else number(chance) * 0 + 1
    r = number(chance) if chance.random() < 0.5 else q * 0
    a, b = number(chance, nonzero=True), number(chance)
    ends = [row.low, row.high] if q > 0 else [row.high, row.low]
    closed = [row.low_closed, row.high_closed][:: 1 if q > 0 else -1]
    texts = [f"{say(q)}*({end}) + {say(r)}" if end else "" for end in ends]
    truth = TRUE
    if chance.random() < 0.5 and any(texts):
        k = chance.choice([i for i in (0, 1) if texts[i]])
        truth = FALSE
        if chance.random() < 0.5:
            closed[k] = not closed[k]
        else:
            texts[k] += f" {pick(chance, '+', '-')} {tiny(chance)}"
    low, high = texts[0] or "-oo", texts[1] or "oo"
    kind = {(1, 1): "Interval", (0, 0): "Interval.open", (0, 1): "Interval.Lopen",
            (1, 0): "Interval.Ropen"}[int(closed[0]), int(closed[1])]  # fmt: skip
    f = f"lambda x: {say(q)}*{row.name}({say(a)}*x + {say(b)}) + {say(r)}"
    if q == 1 and r == 0 and chance.random() < 0.5:
        f = row.name
    return f"range({f}) == {kind}({low}, {high})", truth


def smoothness(chance: Chance) -> Draft:
    """continuous, differentiable, smooth."""
    f = built(chance, chance.choice((0, 1, 1, 2)))
    level = "jcds".index(f.smooth)
    which, needed = chance.choice((("continuous", 1), ("differentiable", 2), ("smooth", 3)))
    simple = f.text.count("(") == 1
    if level >= needed:
        return f"{which}({called(chance, f)})", TRUE
    return f"{which}({called(chance, f)})", FALSE if simple else OPEN


def orders(chance: Chance) -> Draft:
    """differentiable(f, n) where the n-th derivative jumps at one place."""
    n, at, k = chance.randint(1, 4), number(chance), chance.randint(1, 4)
    u = f"(x - {say(at)})"
    kink = pick(chance, "relu({u})*{u}**{m}", "abs({u})*{u}**{m}", "max({u}, 0)**{n}")
    f = kink.format(u=u, m=k - 1, n=k) + f" + {chance.choice(SMOOTH)}({affine(chance)})"
    return f"differentiable(lambda x: {f}, {n})", TRUE if n < k else FALSE


def kinds(chance: Chance) -> Draft:
    """polynomial(f), universal(f), injective(f) of functions whose kind is plain."""
    polynomial = " + ".join(
        f"{say(number(chance, nonzero=True))}*x**{k}" for k in range(chance.randint(1, 5))
    )
    row = chance.choice([k for k in FACTS if k.name not in ("identity", "quadratic", "cubic")])
    other = f"{polynomial} + {say(number(chance, nonzero=True))}*{row.name}(x)"
    predicate = pick(chance, "polynomial", "universal")
    body, is_polynomial = chance.choice(((polynomial, True), (other, False)))
    truth = TRUE if is_polynomial == (predicate == "polynomial") else FALSE
    return f"{predicate}(lambda x: {body})", truth


def periodic(chance: Chance) -> Draft:
    """Functions of sin and cos with their periods, halved or changed now and then."""
    a = number(chance, positive=True)
    inner = pick(chance, "sin({u})", "cos({u})", "sin({u})*cos({u})", "sin({u}) + cos(2*{u})")
    f = pick(chance, "{}", "tanh({})", "relu({})", "exp({})").format(inner.format(u=f"{say(a)}*x"))
    period = pick(chance, "2*pi/{a}", "2*pi/{a}", "4*pi/{a}", "pi/{a}", "2*pi/{a} + {t}", "1")
    said = period.format(a=say(a), t=tiny(chance))
    truth = TRUE if period in ("2*pi/{a}", "4*pi/{a}") else OPEN
    return f"periodic(lambda x: {f}, {said})", truth
