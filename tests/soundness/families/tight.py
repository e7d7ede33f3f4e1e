"""Claims just on the right or just on the wrong side of the truth, as found numerically.

Which side it is, is not taken from here: the search has to see it. A prover that rounds, samples
or compares with a tolerance does not survive these.

Above: `families`. Below: `inequalities`, `functions`, the search of this package.
"""

from __future__ import annotations

from fractions import Fraction

from flint import ctx, fmpq

from tests.soundness.balls import Number, Undefined, Unknown, ball, compare, dyadic, rational
from tests.soundness.extremes import smallest
from tests.soundness.families.functions import built
from tests.soundness.families.inequalities import compare as compared
from tests.soundness.families.inequalities import interval, random_pair
from tests.soundness.families.words import (
    PIECEWISE,
    SMOOTH,
    Chance,
    Draft,
    affine,
    decimal,
    number,
    pick,
    say,
    term,
    where,
)
from tests.soundness.judge import OPEN
from tests.soundness.lists import Unreadable
from tests.soundness.points import ORDINARY
from tests.soundness.reading import Compiled, Reader, tree

PLACES = ORDINARY[:-4]
LARGEST = 10**4
DIGITS = (2, 3, 4, 6, 8, 10, 13, 16, 20, 25)


def _least(body: str) -> tuple[Fraction, Fraction] | None:
    """(place, value) of about the least value of the term for x in [-100, 100]."""
    function = _compiled(body)
    try:
        with ctx.workprec(200):
            found = smallest(lambda v: function({"x": v}), PLACES)
            if found is None or abs(ball(found[1]).mid()) > LARGEST:
                return None
            place, value = found[0], dyadic(found[1])
    except (Undefined, Unknown, Unreadable):
        return None
    return _fraction(place), _fraction(value)


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _compiled(body: str) -> Compiled:
    return Reader(body).compile(tree(body))


def _rounded(chance: Chance, value: Fraction) -> str:
    return decimal(value, chance.choice(DIGITS), up=chance.random() < 0.5)


def _body(chance: Chance, kinks: int = 2) -> str:
    """A term in x that is no polynomial."""
    functions = (*SMOOTH, *chance.sample(PIECEWISE, kinks))
    f, g = (f"{chance.choice(functions)}({affine(chance)})" for _ in range(2))
    other = term(chance, 1, ("x",), functions)
    return pick(chance, f, f"({f} + {g})", f"({f} - {g})", f"{f}*{g}", f"({f} + {other})",
                f"{f}*{affine(chance)}")  # fmt: skip


def least_value(chance: Chance) -> Draft:
    """f(x) >= c, c about the least value."""
    form = pick(chance, "{f}", "{f}", "diff({f}, x)", "{f} - {g}", "{f}*gaussian(x/3)")
    body = form.format(f=_body(chance), g=term(chance, 1, ("x",), SMOOTH))
    found = _least(body)
    if found is None:
        return random_pair(chance)
    low = _rounded(chance, found[1])
    return compared(chance, low, pick(chance, "<", "<="), body), OPEN


def on_interval(chance: Chance) -> Draft:
    """The same where x lies in an interval about the lowest place, or beside it."""
    body = _body(chance)
    found = _least(body)
    if found is None:
        return random_pair(chance)
    end = _rounded(chance, found[0])
    condition = pick(chance, "x >= {e}", "x <= {e}", "x > {e}", "{e} <= x <= {e} + 1")
    low = _rounded(chance, found[1])
    return where(f"{body} {pick(chance, '>', '>=')} {low}", condition.format(e=end)), OPEN


def shape(chance: Chance) -> Draft:
    """c x + f(x) is increasing, c x^2/2 + f(x) convex, f Lipschitz: c about what is needed."""
    body = _body(chance, 0)
    order = chance.choice((1, 1, 2))
    slope = f"diff({body}, x)" if order == 1 else f"diff({body}, x, 2)"
    found = _least(slope)
    if found is None:
        return random_pair(chance)
    c = _rounded(chance, -found[1])
    if order == 2:
        return f"{pick(chance, '', 'strictly_')}convex(lambda x: {c}*x**2/2 + {body})", OPEN
    which = pick(chance, "increasing", "strictly_increasing", "injective", "lipschitz")
    if which == "lipschitz":
        return f"lipschitz(lambda x: {body}, {_rounded(chance, abs(found[1]))})", OPEN
    return f"{which}(lambda x: {c}*x + {body})", OPEN


def turning_point(chance: Chance) -> Draft:
    """f is increasing from where it is lowest, to some digits."""
    body = pick(chance, "silu({u})", "gelu({u})", "mish({u})", "{u}*exp({u})", "{u}**4 - {u}",
                "exp({u}) - 2*{u}", "{f}").format(u=f"({say(number(chance, positive=True))}*x)",
                                                  f=_body(chance))  # fmt: skip
    found = _least(body)
    if found is None:
        return random_pair(chance)
    end = _rounded(chance, found[0])
    which, side = chance.choice((("increasing", f"Interval({end}, oo)"),
                                 ("decreasing", f"Interval(-oo, {end})"),
                                 ("increasing", f"Interval({end}, {end} + 1)")))  # fmt: skip
    return f"{pick(chance, '', 'strictly_')}{which}(lambda x: {body}, on={side})", OPEN


def root(chance: Chance) -> Draft:
    """f(x) > q beyond the place where an increasing f is q, to some digits."""
    q = number(chance)
    tried = (built(chance, chance.choice((1, 2))) for _ in range(30))
    f = next((f for f in tried if "strictly_increasing" in f.has), None)
    if f is None:
        return random_pair(chance)
    place = _crossing(_compiled(f.of("x")), rational(q))
    if place is None:
        return random_pair(chance)
    end = _rounded(chance, place)
    condition, op = chance.choice((("x > {e}", ">"), ("x >= {e}", ">="), ("x < {e}", "<"),
                                   ("x <= {e}", "<="), ("x != {e}", "!=")))  # fmt: skip
    return where(f"{f.of('x')} {op} {say(q)}", condition.format(e=end)), OPEN


def _crossing(function: Compiled, level: Number) -> Fraction | None:
    """Where an increasing function takes the level, within 2^-120; None beyond [-32, 32]."""
    low, high = fmpq(-32), fmpq(32)
    with ctx.workprec(200):
        try:
            if not function({"x": low}) < level < function({"x": high}):
                return None
            for _ in range(126):
                middle = (low + high) / 2
                if compare(function({"x": middle}), "<", level):
                    low = middle
                else:
                    high = middle
        except (Undefined, Unknown):
            return None
    return _fraction(low)


def beside_a_kink(chance: Chance) -> Draft:
    """Two terms that agree at the kinks, or differ there by next to nothing."""
    f, at = _body(chance), number(chance)
    u = f"(x - {say(at)})"
    form = pick(chance, "relu({d} - abs({u}))", "{d}*gaussian({u}*10**6)", "relu({u} - {d})*{d}",
                "{d}/(1 + (10**9*{u})**2)", "max(0, {d} - {u}**2)")  # fmt: skip
    bump = form.format(u=u, d=_small(chance))
    op = pick(chance, "<=", "==", ">=", "<")
    return where(f"{f} + {bump} {op} {f}", *interval(chance)), OPEN


def _small(chance: Chance) -> str:
    return f"1e-{chance.choice((2, 5, 9, 14))}"
