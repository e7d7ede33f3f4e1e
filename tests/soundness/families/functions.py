"""Functions built from known ones, with every property that follows from the rules of building.

    sum of increasing is increasing; convex and increasing after convex is convex; …

Above: `properties`. Below: `facts`, `words`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.soundness.families.facts import FACTS, Known
from tests.soundness.families.words import Chance, number, say

SMOOTHNESS = "jcds"  # from jumps to smooth
FLIPPED = {
    "increasing": "decreasing", "strictly_increasing": "strictly_decreasing", "convex": "concave",
    "strictly_convex": "strictly_concave",
}  # fmt: skip
FLIPPED |= {b: a for a, b in FLIPPED.items()}
KEPT = {"odd": "odd", "even": "even"}
SUMMED = tuple(FLIPPED)
BENDS = ("convex", "concave")


@dataclass(frozen=True)
class Built:
    """A function of x.

    text    its value, with `@` for the argument
    has     properties that it certainly has
    slope   a Lipschitz constant as a text, "" when none is known
    smooth  one letter of SMOOTHNESS: at least that smooth
    low, high  bounds as texts, "" when none is known
    """

    text: str
    has: frozenset[str]
    slope: str
    smooth: str
    low: str
    high: str

    def of(self, argument: str) -> str:
        """The value at an argument."""
        return self.text.replace("@", argument)


def known(row: Known) -> Built:
    """A row of the table as a function."""
    has = set()
    has |= {"increasing"} if row.order else set()
    has |= {"strictly_increasing", "injective"} if row.order == "I" else set()
    has |= {"convex"} if row.bend in ("V", "v", "l") else set()
    has |= {"concave"} if row.bend in ("C", "l") else set()
    has |= {"strictly_convex"} if row.bend == "V" else set()
    has |= {"strictly_concave"} if row.bend == "C" else set()
    has |= {"odd"} if row.parity == "o" else {"even"} if row.parity == "e" else set()
    return Built(f"{row.name}(@)", frozenset(has), row.slope, row.smooth, row.low, row.high)


def scaled(chance: Chance, f: Built) -> Built:
    """q*f."""
    q = number(chance, nonzero=True)
    has = {FLIPPED.get(p, p) for p in f.has} if q < 0 else f.has
    low, high = (f.low, f.high) if q > 0 else (f.high, f.low)
    return Built(
        f"({say(q)}*{f.text})", frozenset(has), f.slope and f"{say(abs(q))}*({f.slope})", f.smooth,
        low and f"{say(q)}*({low})", high and f"{say(q)}*({high})",
    )  # fmt: skip


def raised(chance: Chance, f: Built) -> Built:
    """f + q."""
    q = number(chance, nonzero=True)
    low, high = f.low and f"{f.low} + {say(q)}", f.high and f"{f.high} + {say(q)}"
    return replace(f, text=f"({f.text} + {say(q)})", has=f.has - {"odd"}, low=low, high=high)


def stretched(chance: Chance, f: Built) -> Built:
    """f(a x + b)."""
    a = number(chance, nonzero=True)
    b = number(chance) if chance.random() < 0.5 else number(chance) * 0
    turns = {p: FLIPPED[p] for p in FLIPPED if "creasing" in p} if a < 0 else {}
    has = {turns.get(p, p) for p in f.has} - ({"odd", "even"} if b else set())
    inside = f"({say(a)}*@ + {say(b)})" if b else f"({say(a)}*@)"
    slope = f.slope and f"{say(abs(a))}*({f.slope})"
    return replace(f, text=f.of(inside), has=frozenset(has), slope=slope)


def summed(_: Chance, f: Built, g: Built) -> Built:
    """f + g."""
    has = {p for p in (*SUMMED, *KEPT) if p in f.has and p in g.has}
    for strict in ("increasing", "decreasing", "convex", "concave"):
        pair = {strict, f"strictly_{strict}"}
        if (pair <= f.has and strict in g.has) or (pair <= g.has and strict in f.has):
            has.add(f"strictly_{strict}")
    has |= {"injective"} if {"strictly_increasing", "strictly_decreasing"} & has else set()
    return Built(
        f"({f.text} + {g.text})", frozenset(has), _joined("{} + {}", f.slope, g.slope),
        _rougher(f, g), _joined("{} + {}", f.low, g.low), _joined("{} + {}", f.high, g.high),
    )  # fmt: skip


def composed(_: Chance, f: Built, g: Built) -> Built:
    """f(g(x))."""
    has = set()
    for strict in ("", "strictly_"):
        up, down = f"{strict}increasing", f"{strict}decreasing"
        if {up} <= f.has & g.has or {down} <= f.has & g.has:
            has.add(up)
        if (up in f.has and down in g.has) or (down in f.has and up in g.has):
            has.add(down)
    for bend, other in (BENDS, BENDS[::-1]):
        if bend in f.has and bend in g.has and "increasing" in f.has:
            has.add(bend)
        if bend in f.has and other in g.has and "decreasing" in f.has:
            has.add(bend)
    has |= {"odd"} if "odd" in f.has & g.has else set()
    has |= {"even"} if "even" in g.has or ("even" in f.has and "odd" in g.has) else set()
    has |= {"injective"} if "injective" in f.has & g.has else set()
    slope = _joined("({})*({})", f.slope, g.slope)
    return Built(f.of(f"({g.text})"), frozenset(has), slope, _rougher(f, g), f.low, f.high)


def larger(_: Chance, f: Built, g: Built) -> Built:
    """max(f, g)."""
    kept = {"increasing", "strictly_increasing", "decreasing", "strictly_decreasing", "convex",
            "strictly_convex", "even"}  # fmt: skip
    has = f.has & g.has & kept
    has |= {"injective"} if {"strictly_increasing", "strictly_decreasing"} & has else set()
    smooth = min(_rougher(f, g), "c", key=SMOOTHNESS.index)
    slope = _joined("max({}, {})", f.slope, g.slope)
    low = _joined("max({}, {})", f.low, g.low) or f.low or g.low
    text = f"max({f.text}, {g.text})"
    return Built(text, frozenset(has), slope, smooth, low, _joined("max({}, {})", f.high, g.high))


def multiplied(_: Chance, f: Built, g: Built) -> Built:
    """f*g: parity only."""
    signs = [-1 if "odd" in h.has else 1 if "even" in h.has else 0 for h in (f, g)]
    parity = {1: {"even"}, -1: {"odd"}, 0: set()}[signs[0] * signs[1]]
    return Built(f"({f.text}*{g.text})", frozenset(parity), "", _rougher(f, g), "", "")


def _joined(form: str, a: str, b: str) -> str:
    return form.format(a, b) if a and b else ""


def _rougher(f: Built, g: Built) -> str:
    return min(f.smooth, g.smooth, key=SMOOTHNESS.index)


ONE: tuple[Callable[[Chance, Built], Built], ...] = (scaled, raised, stretched, stretched)
TWO: tuple[Callable[[Chance, Built, Built], Built], ...] = (
    summed, summed, composed, composed, larger, multiplied,
)  # fmt: skip


def built(chance: Chance, depth: int, among: tuple[Known, ...] = FACTS) -> Built:
    """A random function with what is known of it."""
    if depth <= 0:
        return known(chance.choice(among))
    if chance.random() < 0.5:
        return chance.choice(ONE)(chance, built(chance, depth - 1, among))
    both = built(chance, depth - 1, among), built(chance, chance.randrange(depth), among)
    return chance.choice(TWO)(chance, *both)
