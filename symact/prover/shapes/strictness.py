"""Points at which a derivative is not a bound that it nowhere crosses: so the function itself stays
strictly on one side.

Only a choice: that the derivative differs there is proved, and checked.

Above: `two_point_search`. Below: `piece_search`, `limit_parameters`, `evaluate`,
`variable_zeros`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symact.checker.derivatives import derivative, substitute
from symact.checker.failures import CannotJudge
from symact.language.elementary import difference
from symact.language.properties import Domain
from symact.language.terms import Term, add, mul, num, postorder
from symact.prover.algebra.variable_zeros import zeros_in
from symact.prover.builder import Entry, written
from symact.prover.limits.limit_parameters import Sample, samples
from symact.prover.numeric.evaluate import BITS, UNKNOWN, Program, precision
from symact.prover.numeric.smooth import smooth
from symact.prover.shapes.piece_search import Found

STEPS = tuple(map(Fraction, ("1", "1/2", "2", "1/4", "3")))
NUMBERS = tuple(map(Fraction, ("0", "1", "-1", "1/2", "2", "-2")))
PARTS = tuple(map(Fraction, ("1/2", "1/4", "3/4", "1/8")))
MAX_PARAMETERS = 2
APART = Fraction(1, 10**9)

Strict = int | list[Entry]  # the field `strict`


def ways(found: Found, differs: tuple[int, Term] | None) -> Iterator[Strict | None]:
    """What to say of strictness, `differs` being the order of a derivative and its bound; None: to
    cut at zeros first.
    """
    if differs is None:
        yield 0
        return
    yield 1
    points = _apart(found, *differs)
    if points is not None:
        yield points
    yield None


def flat_points(found: Found, order: int) -> tuple[Term, ...]:
    """Where the derivative of this order is 0."""
    form, variable = found.pieces.sequent.region.normal_form, found.pieces.variable
    slopes = [_derivative(germ, variable, order) for _, germ in found.pieces.germs()]
    return tuple(zero for slope in slopes for zero in zeros_in(form, slope, variable))


def _derivative(germ: Term, variable: Term, order: int) -> Term:
    for _ in range(order):
        germ = derivative(germ, variable)
    return germ


def _apart(found: Found, order: int, bound: Term) -> list[Entry] | None:
    """A point {at, apart} for each piece, with an empty proof; None when none is seen."""
    rows: list[Entry] = []
    parameters = _parameters(found, bound)
    if len(parameters) > MAX_PARAMETERS:
        return None
    points = samples(found.pieces.sequent.region, parameters) or [{}]
    for (_, germ), gap in zip(found.pieces.germs(), found.pieces.gaps(), strict=True):
        rest = difference(_derivative(germ, found.pieces.variable, order), bound)
        at = next(
            (w for w in _inside(gap) if _differs(rest, found.pieces.variable, w, points)), None
        )
        if at is None:
            return None
        rows.append({"at": written(at), "apart": {}})
    return rows


def _parameters(found: Found, bound: Term) -> list[str]:
    """The names beside the variable."""
    terms = [bound, *found.cuts, found.pieces.body, *found.pieces.domain.ends()]
    names = {t.value for root in terms for t in postorder(root) if t.op == "name"}
    return sorted(names - {found.pieces.variable.value})


def _inside(gap: Domain) -> Iterator[Term]:
    """Simple points between the ends."""
    lower, upper = gap.lower, gap.upper
    if lower is not None and upper is not None:
        yield from (_between(lower, upper, part) for part in PARTS)
    elif lower is not None:
        yield from (_sum(lower, num(step)) for step in STEPS)
    elif upper is not None:
        yield from (_sum(upper, num(-step)) for step in STEPS)
    else:
        yield from map(num, NUMBERS)


def _between(lower: Term, upper: Term, part: Fraction) -> Term:
    if lower.op == upper.op == "num":
        return num(lower.value + part * (upper.value - lower.value))
    return add(mul(num(1 - part), lower), mul(num(part), upper))


def _sum(left: Term, right: Term) -> Term:
    if left.op == right.op == "num":
        return num(left.value + right.value)
    return add(left, right)


def _differs(rest: Term, variable: Term, at: Term, points: list[Sample]) -> bool:
    """Whether the term at w is clearly not 0, at all samples of the other names."""
    try:
        program = Program([smooth(substitute(rest, variable, at))])
    except CannotJudge:
        return False
    with precision(BITS):
        values = [program.run(dict(point))[0] for point in points]
    return all(v is not None and v is not UNKNOWN and abs(v) > float(APART) for v in values)
