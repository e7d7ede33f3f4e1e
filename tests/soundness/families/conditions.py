"""Where-clauses: true claims that must not be lost, and conditions that no point satisfies.

Above: `families`. Below: `words`, `inequalities`.
"""

from __future__ import annotations

from tests.soundness.families.identities import sides
from tests.soundness.families.inequalities import ranged
from tests.soundness.families.words import (
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
from tests.soundness.judge import FALSE, OPEN, TRUE, VACUOUS


def vacuous(chance: Chance) -> Draft:
    """Nothing satisfies the conditions: neither proved nor refuted, whatever is claimed."""
    a = number(chance)
    b = a + number(chance, positive=True)
    u = term(chance, 1)
    empty = chance.choice((
        f"x > {say(b)}, x < {say(a)}", f"x >= {say(a)} + {tiny(chance)}, x <= {say(a)}",
        "x**2 < 0", f"abs({u}) < 0", f"({u})**2 + {tiny(chance)} <= 0", "exp(x) <= 0",
        f"x in Interval.open({say(a)}, {say(b)}), x > {say(b)}", "sin(x) > 1", "x != x",
        f"x < {say(a)}, x == {say(b)}", f"x > {say(a)}, {say(a)} > x", "0*x == 1",
        f"sigmoid({affine(chance)}) >= 1", f"1/(1 + ({u})**2) > 1", "log(x) == 0, x < 1",
        "sqrt(x) < 0", "cosh(x) < 1", "softplus(x) <= 0", f"x in Interval({say(a)}, {say(b)}), "
        f"x in Interval.Lopen({say(b)}, {say(b + 1)})", "n in Naturals, n < 0", "relu(x) < 0",
        "2 < 1", "n in Integers, 2*n == 1", "n in Naturals, 0 < n < 1", "log(x) > 0, x < 0",
        f"1/(x - {say(a)}) == 0", "x > 0, y > 0, x + y < 0", "x < y, y < x", "tanh(x)**2 == 1",
    ))  # fmt: skip
    name = "n" if empty.startswith("n in") else "x"
    claims = (f"{name} == {name}", f"{name} == {name} + 1", f"{name}**2 >= 0", "0 < 1", "1 == 2",
              f"tanh({name}) < 5", f"{name} > {say(b)}", f"1/{name} == 1/{name}")  # fmt: skip
    return where(pick(chance, *claims), empty), VACUOUS


def narrowed(chance: Chance) -> Draft:
    """A claim true or false for every real, on a part that has points."""
    claim, truth = ranged(chance)
    a = number(chance)
    condition = pick(
        chance, "x > {a}", "x <= {a}", "x != {a}", "x in Interval({a}, oo)", "x**2 > 2",
        "x in Reals", "x == {a}", "x in Integers", "x**2 + {a} > {a}", "exp(x) > 2",
    )  # fmt: skip
    return where(claim, condition.format(a=say(a))), truth if truth == TRUE else OPEN


def implied(chance: Chance) -> Draft:
    """What the conditions say, said again in another way."""
    a = number(chance)
    b = a + number(chance, positive=True)
    m, r = (a + b) / 2, (b - a) / 2
    f = pick(chance, "tanh", "softplus", "exp", "arctan", "x**3 +", "2*")
    g = f if f.endswith(("+", "*")) else f"{f}"
    forms = [
        (f"abs(x - {say(m)}) <= {say(r)}", f"{say(a)} <= x <= {say(b)}", TRUE),
        (f"abs(x - {say(m)}) < {say(r)}", f"{say(a)} <= x <= {say(b)}", FALSE),
        (f"{say(a)} <= x <= {say(b)}", f"abs(x - {say(m)}) <= {say(r)}", TRUE),
        (f"(x - {say(a)})*(x - {say(b)}) <= 0", f"x in Interval({say(a)}, {say(b)})", TRUE),
        (f"(x - {say(a)})*(x - {say(b)}) < 0", f"x in Interval.Ropen({say(a)}, {say(b)})", FALSE),
        (f"(x - {say(a)})*(x - {say(b)}) < 0", f"x in Interval.open({say(a)}, {say(b)})", TRUE),
        (f"{g}(x) > {g}({say(a)})", f"x > {say(a)}", TRUE),
        (f"{g}(x) > {g}({say(a)})", f"x >= {say(a)}", FALSE),
        (f"{g}(x) >= {g}({say(a)})", f"x >= {say(a)} - {tiny(chance)}", FALSE),
        (f"x > {say(a)}", f"{g}(x) > {g}({say(a)})", TRUE),
        (f"x >= {say(a)} + {tiny(chance)}", f"x > {say(a)}", FALSE),
        (f"x > {say(a)}", f"x in Interval({say(a)}, {say(b)})", FALSE),
        ("1/x > 0", "x > 0", TRUE),
        ("1/x != 0", "x != 0", TRUE),
        ("n**2 >= n", "n in Integers", TRUE),
        ("n**2 > n", "n in Naturals", FALSE),
        ("2**n > n", "n in Naturals", TRUE),
        ("x**2 >= x", "x in Reals", FALSE),
        ("floor(n) == n", "n in Integers", TRUE),
        ("floor(n/2) == n/2", "n in Naturals", FALSE),
        ("sin(n*pi) == 0", "n in Integers", TRUE),
        ("(n + 1)**2 == n**2 + 2*n + 1", "n in Naturals", TRUE),
        ("(1 + x)**n >= 1 + n*x", "n in Naturals, x >= -1", TRUE),
        ("(1 + x)**n > 1 + n*x", "n in Naturals, x >= -1", FALSE),
    ]  # fmt: skip
    claim, condition, truth = chance.choice(forms)
    return where(claim, condition), truth


def excluded(chance: Chance) -> Draft:
    """An equation that fails at one place only, which is excluded, or nearly."""
    at, left = number(chance), term(chance, 1)
    hole = f"piecewise(({tiny(chance)}, x == {say(at)}), (0, True))"
    claim = f"{left} + {hole} == {left}"
    near = chance.choice(([f"x != {say(at)}"], [f"x > {say(at)}"], [f"x >= {say(at)}"],
                          [f"x < {say(at)}"], [f"x != {say(at)} + {tiny(chance)}"],
                          []))  # fmt: skip
    good = near and (near[0].startswith(("x > ", "x < ")) or near[0] == f"x != {say(at)}")
    return where(claim, *near), TRUE if good else FALSE


def irrational_hole(chance: Chance) -> Draft:
    """The same at an irrational place, or at two."""
    at = pick(chance, "pi", "sqrt(2)", "log(3)", "exp(1)", "-sqrt(3)/2", "pi/4", "atan(2)")
    left, _ = sides(chance, 1)
    hole = f"piecewise((1, x == {at}), (0, True))"
    condition = pick(chance, f"x != {at}", f"x > {at}", "x in Reals", "x > 100")
    truth = FALSE if condition == "x in Reals" else TRUE
    if chance.random() < 0.3:
        return f"{left}*(x - {at})/(x - {at}) == {left} where {condition}", truth
    return f"{left} + {hole} == {left} where {condition}", truth


def equal_points(chance: Chance) -> Draft:
    """One point only is left: the claim is a statement about numbers."""
    f, at = pick(chance, *SMOOTH), number(chance)
    g = pick(chance, *SMOOTH)
    op = pick(chance, "<", "<=", "==", "!=")
    return f"{f}(x) {op} {g}(x) + {say(number(chance))} where x == {say(at)}", OPEN
