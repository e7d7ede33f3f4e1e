"""Piecewise linear functions with rational breakpoints: every property is known exactly.

Above: `families`. Below: `words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tests.soundness.families.words import Chance, Draft, number, pick, say, tiny
from tests.soundness.judge import FALSE, TRUE

Numbers = list[Fraction]


@dataclass(frozen=True)
class Line:
    """Slopes s[0] … s[n], breakpoints b[1] < … < b[n], the value v at the first one, and jumps.

    At a breakpoint the value is that of the piece to the right; before the jump j it is j less.
    """

    slopes: tuple[Fraction, ...]
    breaks: tuple[Fraction, ...]
    start: Fraction
    jumps: tuple[Fraction, ...]

    def values(self) -> Numbers:
        """The values at the breakpoints."""
        found = [self.start]
        for i in range(1, len(self.breaks)):
            gap = self.breaks[i] - self.breaks[i - 1]
            found.append(found[-1] + self.slopes[i] * gap + self.jumps[i])
        return found

    def before(self) -> Numbers:
        """The limits from the left at the breakpoints."""
        return [v - j for v, j in zip(self.values(), self.jumps, strict=True)]

    @property
    def is_continuous(self) -> bool:
        """Whether no breakpoint has a jump."""
        return not any(self.jumps)

    def text(self, name: str) -> str:
        """The function written as pieces."""
        first = f"{say(self.before()[0])} + {say(self.slopes[0])}*({name} - {say(self.breaks[0])})"
        pieces = [f"({first}, {name} < {say(self.breaks[0])})"]
        for i, (at, value) in enumerate(zip(self.breaks, self.values(), strict=True)):
            last = i + 1 == len(self.breaks)
            condition = "True" if last else f"{name} < {say(self.breaks[i + 1])}"
            body = f"{say(value)} + {say(self.slopes[i + 1])}*({name} - {say(at)})"
            pieces.append(f"({body}, {condition})")
        return f"piecewise({', '.join(pieces)})"

    def as_relus(self, name: str) -> str:
        """The same as a network of one hidden layer; without jumps only."""
        body = f"{say(self.start)} + {say(self.slopes[0])}*({name} - {say(self.breaks[0])})"
        for i, at in enumerate(self.breaks):
            change = self.slopes[i + 1] - self.slopes[i]
            body += f" + {say(change)}*relu({name} - {say(at)})"
        return body


def line(chance: Chance, *, jumps: bool = False) -> Line:
    """A random one; now and then with slopes in order, or of one sign."""
    count = chance.randint(1, 3)
    breaks = sorted({number(chance) for _ in range(count)})
    slopes = [number(chance) for _ in range(len(breaks) + 1)]
    deed = chance.random()
    if deed < 0.25:
        slopes.sort()
    elif deed < 0.5:
        slopes = [abs(s) for s in slopes]
    elif deed < 0.6:
        slopes[0] = slopes[-1] = Fraction(0)
    steps = [Fraction(0)] * len(breaks)
    if jumps:
        steps[chance.randrange(len(steps))] = number(chance, nonzero=True)
    return Line(tuple(slopes), tuple(breaks), number(chance), tuple(steps))


def said(chance: Chance, f: Line, name: str = "x") -> str:
    """One way of writing it."""
    if f.is_continuous and chance.random() < 0.4:
        return f.as_relus(name)
    return f.text(name)


def _truth(holds: bool) -> str:
    return TRUE if holds else FALSE


def shape(chance: Chance) -> Draft:
    """Order and bend of a continuous one: the signs and the order of its slopes."""
    f = line(chance)
    s = f.slopes
    ups = list(pairwise(s))
    strict = all(x > 0 for x in s) or all(x < 0 for x in s)
    tests = {
        "increasing": all(x >= 0 for x in s),
        "strictly_increasing": all(x > 0 for x in s),
        "decreasing": all(x <= 0 for x in s),
        "strictly_decreasing": all(x < 0 for x in s),
        "convex": all(a <= b for a, b in ups),
        "concave": all(a >= b for a, b in ups),
        "strictly_convex": False,
        "injective": strict,
        "affine": len(set(s)) == 1,
        "differentiable": len(set(s)) == 1,
        "smooth": len(set(s)) == 1,
        "continuous": True,
        "bounded": s[0] == 0 == s[-1],
        "polynomial": len(set(s)) == 1,
        "universal": len(set(s)) > 1,
    }
    which = chance.choice(list(tests))
    return f"{which}(lambda x: {said(chance, f)})", _truth(tests[which])


def with_jump(chance: Chance) -> Draft:
    """A jump at one breakpoint: order may survive it, continuity and convexity never."""
    f = line(chance, jumps=True)
    up, down = all(x >= 0 for x in f.slopes), all(x <= 0 for x in f.slopes)
    jump = next(filter(None, f.jumps))
    tests = {
        "continuous": False,
        "differentiable": False,
        "convex": False,
        "concave": False,
        "increasing": up and jump > 0,
        "decreasing": down and jump < 0,
    }
    which = chance.choice(list(tests))
    return f"{which}(lambda x: {f.text('x')})", _truth(tests[which])


def constant(chance: Chance) -> Draft:
    """The Lipschitz constant is the steepest slope, to the last digit."""
    f = line(chance)
    steepest = max(map(abs, f.slopes))
    change = pick(chance, "", "", f" + {tiny(chance)}", f" - {tiny(chance)}")
    truth = FALSE if change.startswith(" -") else TRUE
    if chance.random() < 0.5:
        return f"lipschitz(lambda x: {said(chance, f)}, {say(steepest)}{change})", truth
    x, y = said(chance, f, "x"), said(chance, f, "y")
    return f"abs(({x}) - ({y})) <= ({say(steepest)}{change})*abs(x - y)", truth


def least(chance: Chance) -> Draft:
    """The least value, at a breakpoint when the outer slopes point there."""
    f = line(chance)
    text, low = said(chance, f), min(f.values())
    deed = chance.random()
    if f.slopes[0] > 0 or f.slopes[-1] < 0:
        return f"{text} >= {say(low - 10**6)}", FALSE
    if deed < 0.4:
        return f"{text} >= {say(low)}", TRUE
    if deed < 0.6:
        return f"{text} > {say(low)}", FALSE
    if deed < 0.8:
        return f"{text} > {say(low)} - {tiny(chance)}", TRUE
    return f"{text} >= {say(low)} + {tiny(chance)}", FALSE


def image(chance: Chance) -> Draft:
    """The exact image of a continuous one."""
    f = line(chance)
    values = f.values()
    low = None if f.slopes[0] > 0 or f.slopes[-1] < 0 else min(values)
    high = None if f.slopes[0] < 0 or f.slopes[-1] > 0 else max(values)
    change = ""
    truth = TRUE
    if low is not None and chance.random() < 0.5:
        change, truth = f" {'-' if low == high else pick(chance, '+', '-')} {tiny(chance)}", FALSE
    ends = f"{'-oo' if low is None else say(low) + change}, {'oo' if high is None else say(high)}"
    return f"range(lambda x: {said(chance, f)}) == Interval({ends})", truth


def values_and_slopes(chance: Chance) -> Draft:
    """Values at breakpoints and derivatives between and at them."""
    f = line(chance, jumps=chance.random() < 0.3)
    text, i = f.text("x"), chance.randrange(len(f.breaks))
    at, value = f.breaks[i], f.values()[i]
    right = f.slopes[i + 1]
    inside = (
        f"{say(at)} < x < {say(f.breaks[i + 1])}" if i + 1 < len(f.breaks) else f"x > {say(at)}"
    )
    wrong = inside.replace(" < x", " <= x").replace("x > ", "x >= ")
    smooth = not f.jumps[i] and f.slopes[i] == right
    forms = [
        (f"{text} == {say(value)} where x == {say(at)}", True),
        (f"{text} == {say(value)} + {tiny(chance)} where x == {say(at)}", False),
        (f"diff({text}, x) == {say(right)} where {inside}", True),
        (f"diff({text}, x) == {say(right)} where {wrong}", smooth),
        (f"diff({text}, x) == diff({text}, x)", all(
            not j and a == b
            for j, a, b in zip(f.jumps, f.slopes, f.slopes[1:], strict=False))),
        (f"diff({text}, x, 2) == 0 where {inside}", True),
        (f"limit({text}, x, {say(at)}, \"+\") == {say(value)}", True),
        (f"limit({text}, x, {say(at)}) == {say(value)}", not f.jumps[i]),
        (f"limit({text}, x, {say(at)}, \"-\") == {say(f.before()[i])}", True),
        (f"limit({text}, x, {say(at)}, \"-\") == {say(value)}", not f.jumps[i]),
    ]  # fmt: skip
    claim, holds = chance.choice(forms)
    return claim, _truth(holds)


def two_ways(chance: Chance) -> Draft:
    """Pieces and relus say the same; one slope or breakpoint changed, they do not."""
    f = line(chance)
    if chance.random() < 0.6:
        return f"{f.text('x')} == {f.as_relus('x')}", TRUE
    return (
        f"{f.text('x')} == {f.as_relus('x')} + {tiny(chance)}*relu(x - {say(number(chance))})",
        FALSE,
    )
