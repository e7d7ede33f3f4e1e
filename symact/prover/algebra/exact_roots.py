"""Exact zeros of a function of one name: a double root is met again as a named constant.

    r = p,  ±sqrt(p),  log(p),  exp(p),  p pi,  (-b ± sqrt(d)) / 2a          p, a, b, d small

Only digits are compared here; the checker differentiates and shows the zeros by normal forms.

Above: `table_search`. Below: `cells_search`, `irrational`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb, fmpz_mat

from symact.language.terms import Term, call, const, num
from symact.prover.algebra.irrational import quadratic_roots, scaled
from symact.prover.numeric.ball_jets import Jets
from symact.prover.numeric.evaluate import Program, precision
from symact.prover.numeric.simple_numbers import ball, middle, near
from symact.prover.tables.cells_search import Root

BITS = 256
MAX_ZEROS = 12  # largest order of a zero
SMALL = Fraction(1, 2**150)  # what counts as 0, for coefficients of moderate size
CLOSE = Fraction(1, 2**60)  # a root is this close to where it was looked for
HEIGHT = 2**24  # largest numerator or denominator of a constant that is recognised
NEWTON_STEPS = 60


def exact_root(jets: Jets, term: Term) -> Root | None:
    """The zero at this constant, if there is one. `jets`: at BITS bits."""
    with precision(BITS):
        (value,) = Program([term]).run({})
        if not isinstance(value, arb):
            return None
        order = _order(jets.at(value, MAX_ZEROS))
    return Root(term, value, order) if order else None


def _order(coefficients: list[arb]) -> int:
    """How many coefficients vanish before the first that does not; 0 if none does not."""
    for k, a in enumerate(coefficients):
        if not a.is_finite():
            return 0
        if not _vanishes(a):
            return k if not a.contains(0) else 0
    return 0


def _vanishes(a: arb) -> bool:
    return bool(a.contains(0) and abs(a) < ball(SMALL))


def root_near(jets: Jets, at: Fraction) -> Root | None:
    """A zero of order 1 to 4 near `at`, recognised as a constant."""
    with precision(BITS):
        for order in (2, 1, 4, 3):
            place = _newton(jets, at, order)
            if place is None:
                continue
            for term in constants_near(place):
                found = exact_root(jets, term)
                if found is not None and abs(found.value - ball(place)) < ball(CLOSE):
                    return found
    return None


def _newton(jets: Jets, at: Fraction, order: int) -> Fraction | None:
    """The zero of the derivative of order k - 1 near `at`."""
    place, last = at, Fraction(1)
    for _ in range(NEWTON_STEPS):
        above, below = jets.at(ball(place), order)[order - 1 :]
        step = above / (order * below)
        if not step.is_finite():
            return None
        move = middle(step)
        if abs(move) > last:
            return None
        place, last = place - move, max(abs(move), SMALL)
        if abs(move) <= SMALL:
            return place
    return None


def constants_near(place: Fraction) -> Iterator[Term]:
    """Constants of small height that agree with the place to many digits."""
    with precision(BITS):
        value = ball(place)
        found = _small(value)
        if found is not None:
            yield num(found)
            return
        square, angle = _small(value * value), _small(value / arb.pi())
        above, below = _small(value.exp()), _small(value.log())
    if square is not None:
        yield from (t for t in quadratic_roots(Fraction(1), Fraction(0), -square))
    elif angle is not None:
        yield scaled(angle, const("pi"))
    elif above is not None:
        yield call("log", num(above))
    elif below is not None:
        yield call("exp", num(below))
    else:
        yield from _quadratic(place)


def _small(value: arb) -> Fraction | None:
    """The rational of small height at the value, if there is one."""
    if not value.is_finite():
        return None
    found = near(middle(value), SMALL * max(Fraction(1), abs(middle(value))))
    return found if max(abs(found.numerator), found.denominator) <= HEIGHT else None


def _quadratic(place: Fraction) -> Iterator[Term]:
    """Roots of a x^2 + b x + c = 0 for small a, b, c, found by lattice reduction."""
    scale = int(1 / SMALL)
    rows = [[int(i == j) for j in range(3)] + [round(place**i * scale)] for i in range(3)]
    short = fmpz_mat(rows).lll()
    c, b, a = (int(short[0, j]) for j in range(3))
    if a and max(abs(a), abs(b), abs(c)) <= HEIGHT:
        yield from quadratic_roots(Fraction(a), Fraction(b), Fraction(c))
