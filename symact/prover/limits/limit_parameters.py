"""Limits of terms with other names: the value from sample points, and how near it the function is.

    one value at all samples: that is the candidate        different ones: split on a sign

    |b(k(y)) - L| <= C / h(y) for all y > M: C is a product of powers of what the names offer

Only samples are compared here; the proofs are found, and checked, as any others.

Above: `limit_search`. Below: `asymptotics`, `smooth`, `evaluate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from flint import arb

from symact.checker import signs
from symact.checker.derivatives import depends, substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.intervals import EnclosureError
from symact.checker.region import Region
from symact.checker.signs import SIGNS
from symact.language.elementary import difference
from symact.language.terms import Term, fold, mul, name, num, postorder, power, rebuild
from symact.prover.limits.asymptotics import Behaviour, behaviour, eventual_sign
from symact.prover.numeric.evaluate import Program, precision
from symact.prover.numeric.smooth import smooth
from symact.prover.witnesses import compare

Sample = dict[str, Fraction]

# Values in no special relation to one another, of both signs, and 0.
VALUES = tuple(map(Fraction, ("7/5", "-7/5", "18/5", "-18/5", "3/10", "-3/10", "0")))
FAR = tuple(map(Fraction, ("1/1000", "1/20", "1/2", "1", "2", "17/3", "40", "1000")))
DISTANCES = tuple(map(Fraction, ("5/2", "3", "4", "8", "20", "100", "1000", "100000")))
MAX_SAMPLES = 60
STARTS = tuple(map(Fraction, (64, 4096, 2**18)))
BITS = 300
MAX_SCALES = 4
FACTORS = (1, 2, 4, 8)


# -- samples --------------------------------------------------------------------------------------
def samples(
    region: Region, names: list[str], values: tuple[Fraction, ...] = VALUES
) -> list[Sample]:
    """Points of the region."""
    cuts = [fact for fact in region.restricting if _speaks_of(fact[0], names)]
    program = Program([term for term, _ in cuts])
    found = []
    for row in product(values, repeat=len(names)):
        point = dict(zip(names, row, strict=True))
        with precision(BITS):
            here = program.run(point)
        if all(_within(v, known) for v, (_, known) in zip(here, cuts, strict=True)):
            found.append(point)
            if len(found) >= MAX_SAMPLES:
                break
    return found


def _speaks_of(term: Term, names: list[str]) -> bool:
    return all(t.value in names for t in postorder(term) if t.op == "name")


def _within(value: object, known: signs.Signs) -> bool:
    return any(compare(value, relation, 0) is True for relation, s in SIGNS.items() if s <= known)


# -- values ---------------------------------------------------------------------------------------
def behaviour_at(body: Term, y: Term, sample: Mapping[str, Fraction]) -> Behaviour | None:
    """What the body does as y grows, for values of the other names like those of the sample."""
    for start in STARTS:
        try:
            germ = sampled_germ(body, y, start, sample)
        except (Rejected, CannotJudge, EnclosureError):
            continue
        found = behaviour(germ, y, start, sample)
        if found is not None:
            return found
    return None


def sampled_germ(body: Term, y: Term, start: Fraction, sample: Mapping[str, Fraction]) -> Term:
    """The body with every guard decided for large y. Fails with Rejected."""

    def step(node: Term, below: list[Term]) -> Term:
        if node.op not in ("ite", "kink"):
            return rebuild(node, below)
        guard, then, other = below
        sign = eventual_sign(guard, y, start, sample)
        if sign == 0 and node.op == "kink":
            raise Rejected("no derivative there")
        return then if sign in SIGNS[node.value] else other

    return fold(smooth(body), step)


@dataclass(frozen=True)
class Seen:
    """The sample points with the values there, and those where the function was seen to grow."""

    values: list[tuple[Sample, Term]]
    growing: list[tuple[Sample, Behaviour]]

    def common(self, region: Region) -> Term | None:
        """The value that they have in common."""
        return None if self.growing else _shared(region, self.values)

    def separating(self, region: Region, candidates: list[Term]) -> Term | None:
        """The candidate whose sign explains best why the values differ."""
        best, fewest = None, 0
        for term in candidates:
            if len(region.signs(term)) <= 1:
                continue
            groups: dict[int, list[tuple[Sample, Term]]] = {}
            for sample, value in self.values:
                groups.setdefault(_sign_at(term, sample), []).append((sample, value))
            mixed = sum(_shared(region, group) is None for group in groups.values())
            if len(groups) > 1 and (best is None or mixed < fewest):
                best, fewest = term, mixed
        return best


def _shared(region: Region, values: list[tuple[Sample, Term]]) -> Term | None:
    """One value that agrees with all others; where a name is 0 it has been left out of them."""
    if not values:
        return None
    _, value = min(values, key=lambda row: sum(not q for q in row[0].values()))
    for sample, other in values:
        here = value
        for x, q in sample.items():
            here = here if q else substitute(here, name(x), num(0))
        if not _equal(region, here, other):
            return None
    return value


def seen_values(body: Term, y: Term, points: list[Sample]) -> Seen:
    """What the body does at each of the points."""
    values, growing = [], []
    for sample in points:
        found = behaviour_at(body, y, sample)
        if found is not None and found.value is not None:
            values.append((sample, found.value))
        elif found is not None:
            growing.append((sample, found))
    return Seen(values, growing)


def _equal(region: Region, left: Term, right: Term) -> bool:
    try:
        return left is right or region.normal_form.equal(left, right)
    except (Rejected, CannotJudge):
        return False


def _sign_at(term: Term, sample: Sample) -> int:
    with precision(BITS):
        (value,) = Program([term]).run(sample)
    return 0 if not isinstance(value, arb) else 1 if value > 0 else -1 if value < 0 else 0


def separators(body: Term, y: Term, names: list[str]) -> list[Term]:
    """Terms whose signs a limit may depend on: names, their differences, and guards."""
    singles = [name(x) for x in names]
    pairs = [difference(a, b) for a, b in combinations(singles, 2)]
    guards = [
        t.args[0]
        for t in postorder(body)
        if t.op == "ite" and not depends(t.args[0], y) and _is_simple(t.args[0])
    ]
    return [*singles, *guards, *pairs]


def _is_simple(term: Term) -> bool:
    return all(t.op not in ("ite", "diff", "limit", "integral") for t in postorder(term)) and all(
        not t.value.startswith("'") for t in postorder(term) if t.op == "name"
    )


# -- how near -------------------------------------------------------------------------------------
def scales(
    region: Region, body: Term, value: Term, y: Term, names: list[str]
) -> Iterator[tuple[list[Any], Term]]:
    """(rate, C) with |b - L| h(y) <= C wherever it was looked at, simple ones first."""
    points = samples(region, names, tuple(s * q for q in FAR for s in (1, -1)))
    if not points:
        return
    errors = _errors(body, value, y, points)
    atoms = _atoms(region, body, y, names)
    found = 0
    for rate, growth in _RATES:
        for candidate in _monomials(atoms):
            factor = _factor(candidate, growth, points, errors)
            if factor is not None:
                yield rate, mul(num(factor), candidate) if factor != 1 else candidate
                found += 1
                if found == MAX_SCALES:
                    return


_RATES: tuple[tuple[list[Any], Any], ...] = (
    (["power", 1], lambda y: y),
    (["root"], lambda y: y.sqrt()),
    (["log"], lambda y: y.log()),
)


def _errors(body: Term, value: Term, y: Term, points: list[Sample]) -> list[list[arb | None]]:
    """|b - L| at each point and distance, None where it is not known."""
    program = Program([smooth(body), value])
    rows = []
    with precision(BITS):
        for point in points:
            row = []
            for distance in DISTANCES:
                b, limit = program.run({**point, y.value: distance})
                known = isinstance(b, arb) and isinstance(limit, arb)
                row.append(abs(b - limit) if known else None)
            rows.append(row)
    return rows


def _factor(
    candidate: Term, growth: Any, points: list[Sample], errors: list[list[arb | None]]
) -> int | None:
    """The least of FACTORS with |b - L| h <= factor · candidate everywhere."""
    program = Program([candidate])
    worst = arb(0)
    with precision(BITS):
        for point, row in zip(points, errors, strict=True):
            (bound,) = program.run(point)
            if not isinstance(bound, arb) or not bound > 0:
                return None
            for distance, error in zip(DISTANCES, row, strict=True):
                if error is not None:
                    ratio = error * growth(arb(distance.numerator) / distance.denominator) / bound
                    worst = ratio if ratio > worst else worst
        return next((f for f in FACTORS if worst < f), None)


def _atoms(region: Region, body: Term, y: Term, names: list[str]) -> list[Term]:
    """Positive terms without y: names, facts, square roots."""
    found = [name(x) for x in names]
    found += [term for term, _ in region.restricting if _speaks_of(term, names)]
    found += [
        t
        for t in postorder(body)
        if t.op == "call" and t.value[0] == "sqrt" and not depends(t, y) and _is_simple(t)
    ]
    positive = []
    for term in dict.fromkeys(found):
        if term.op == "num" or all(t.op != "name" for t in postorder(term)):
            continue
        known = region.signs(term)
        if known == signs.POSITIVE:
            positive.append(term)
        elif known == signs.NEGATIVE:
            positive.append(mul(num(-1), term))
    return positive[:4]


def _monomials(atoms: list[Term]) -> Iterator[Term]:
    """1, then powers of the atoms and products of two."""
    yield num(1)
    for exponent in (1, -1, 2, -2):
        for atom in atoms:
            yield _power(atom, exponent)
    for first, second in combinations(atoms, 2):
        for i, j in product((1, -1, 2, -2), repeat=2):
            yield mul(_power(first, i), _power(second, j))


def _power(atom: Term, exponent: int) -> Term:
    return atom if exponent == 1 else power(atom, num(exponent))
