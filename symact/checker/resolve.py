"""Resolving a core term on a region: guards are decided, derivatives carried out.

    Γ ⊢ g ρ 0                          Γ ⊢ ¬(g ρ 0)
    ----------------------------      ----------------------------
    ite(g ρ 0, a, b) = a              ite(g ρ 0, a, b) = b          (g has to be defined either way)

    e = L for u < p, e = R for u > p near p, both analytic at p;  D^j L(p) = D^j R(p) for j <= n;
    e(p) = L(p)
    ------------------------------------------------------------------------------------------------
    diff(e, u, n) at p  =  D^n L(p)                    (and does not exist when one equation fails)

A guard inside diff decides a neighbourhood of p, so there its sign has to be strict, or is taken on
each side of p from its first derivative that does not vanish at p.

Above: `tree`, `witness`. Below: `region`, `derivatives`, `obligations`.
"""

from __future__ import annotations

from dataclasses import dataclass

from symact.checker import signs
from symact.checker.derivatives import depends, derivative, given, regular, substitute
from symact.checker.failures import Rejected
from symact.checker.floors import is_floor, jumps, whole_value
from symact.checker.obligations import hard_obligations, interior, is_plain, obligations
from symact.checker.region import Region
from symact.checker.signs import SIGNS, Signs
from symact.language.elementary import difference
from symact.language.terms import Term, call, fold, num, power, rebuild

# How often a guard is differentiated to find on which side of its zero it is positive.
MAX_GUARD_ORDER = 6
BOUND_COST = 40  # and putting the point of one derivative around it into a guard
NODE_COST = 10  # products of monomials that resolving one node counts for
UNDEFINED = power(num(0), num(-1))  # a term that has no value
_UNKNOWN: Signs = frozenset()  # no sign is known that decides a neighbourhood


class Unresolved(Rejected):
    """The sign of `guard` is not known on the region (a case split would tell)."""

    def __init__(self, guard: Term) -> None:
        super().__init__("sign of a guard not known")
        self.guard = guard


@dataclass(frozen=True)
class Blocked:
    """A subterm that cannot be resolved yet, because the sign of `guard` is not known."""

    guard: Term


@dataclass(frozen=True)
class Approach:
    """One-sided approach of the bound name `variable` to `point`: from below (-1) or above (1)."""

    variable: Term
    point: Term
    side: int


Resolved = Term | Blocked


def resolve(root: Term, region: Region) -> Term:
    """The analytic term that `root` equals on the region. Fails with Unresolved."""
    result = _Resolver(region, None, ()).run(root)
    if isinstance(result, Blocked):
        raise Unresolved(result.guard)
    return result


def _below(node: Term) -> tuple[Term, ...]:
    """What to resolve before a node: of a derivative only the point."""
    return node.args[2:] if node.op == "diff" else node.args


class _Resolver:
    """One pass over a term: `bound` are the names and points of the derivatives around it."""

    def __init__(
        self, region: Region, approach: Approach | None, bound: tuple[tuple[Term, Term], ...]
    ) -> None:
        self.region, self.approach, self.bound = region, approach, bound

    def run(self, root: Term) -> Resolved:
        return fold(root, self._step, _below)

    def _step(self, node: Term, below: list[Resolved]) -> Resolved:
        self.region.normal_form.generators.spend(NODE_COST)
        if node.op == "ite":
            return self._branch(node.value, *below)
        terms = [b for b in below if isinstance(b, Term)]
        if len(terms) < len(below):
            return next(b for b in below if isinstance(b, Blocked))
        if node.op == "diff":
            return self._diff(node, terms[0])
        if is_floor(node) and self.approach is not None and self._varies(terms[0]):
            return self._floor(terms[0])
        return rebuild(node, terms)

    # -- guards -------------------------------------------------------------------------------
    def _branch(self, relation: str, guard: Resolved, then: Resolved, other: Resolved) -> Resolved:
        if isinstance(guard, Blocked):
            return guard
        at_point = self._inside(guard)
        if is_undefined_on(self.region, self._at(at_point)):
            return UNDEFINED if self.approach is None else Blocked(self._at(at_point))
        doubt = self.region.unsure(self._at(at_point))
        if doubt is not None:
            return Blocked(doubt)
        known = self._guard_signs(guard, at_point)
        if not known:
            return Blocked(self._at(at_point))
        if known <= SIGNS[relation]:
            chosen = then
        elif not known & SIGNS[relation]:
            chosen = other
        else:
            return Blocked(self._at(at_point))
        if isinstance(chosen, Blocked) or not obligations(guard):
            return chosen
        if self.approach is None:
            return given(chosen, guard)
        return regular(chosen, guard, *interior(guard))

    def _inside(self, guard: Term) -> Term:
        """The guard with inner bound names at their points."""
        self.region.normal_form.generators.spend(BOUND_COST * len(self.bound))
        for variable, point in reversed(self.bound):
            guard = substitute(guard, variable, point)
        return guard

    def _at(self, guard: Term) -> Term:
        if self.approach is None:
            return guard
        return substitute(guard, self.approach.variable, self.approach.point)

    def _guard_signs(self, guard: Term, at_point: Term) -> Signs:
        """Signs of the guard at the points of the region; inside diff, of both near and beside
        them.
        """
        if self.approach is None or not self._varies(guard):
            return self.region.signs(at_point)
        if jumps(at_point):
            return _UNKNOWN
        known = self._beside(at_point, self.approach)
        return known if known in (signs.POSITIVE, signs.NEGATIVE) else _UNKNOWN

    def _varies(self, guard: Term) -> bool:
        """Whether the guard depends on a name that is being differentiated with respect to."""
        names = [variable for variable, _ in self.bound]
        if self.approach is not None:
            names.append(self.approach.variable)
        return any(depends(guard, variable) for variable in names)

    def _beside(self, guard: Term, approach: Approach) -> Signs:
        """The sign just beside the point: that of the first derivative not 0 there."""
        for order in range(MAX_GUARD_ORDER):
            here = substitute(guard, approach.variable, approach.point)
            if self.region.unsure(here) is not None:
                return _UNKNOWN
            known = self.region.signs(here)
            if known != signs.ZERO:
                return signs.negated(known) if approach.side < 0 and order % 2 else known
            guard = derivative(guard, approach.variable)
        return _UNKNOWN

    def _floor(self, argument: Term) -> Term:
        """floor(argument) beside the point: by its value k there, k or k - 1."""
        there = self._inside(argument)
        whole = whole_value(self.region, call("floor", self._at(there)))
        if whole is not None:
            known = self._guard_signs(difference(argument, whole), difference(there, whole))
            if known:
                beside = whole if known == signs.POSITIVE else difference(whole, num(1))
                return regular(beside, argument, *interior(argument))
        return call("floor", argument)

    # -- derivatives --------------------------------------------------------------------------
    def _diff(self, node: Term, point: Term) -> Resolved:
        body, variable, order = node.args[0], node.args[1], node.value
        if self.approach is None and not self.bound:
            return _derivative_at(self.region, body, variable, point, order)
        inner = _Resolver(self.region, self.approach, (*self.bound, (variable, point)))
        germ = inner.run(body)
        if isinstance(germ, Blocked):
            return germ
        return given(_values_at(germ, variable, point, order)[-1], point)


def _values_at(germ: Term, variable: Term, point: Term, order: int) -> list[Term]:
    """germ, D germ, …, D^order germ at the point, known only where the germ is analytic."""
    needed = [substitute(t, variable, point) for t in (germ, *interior(germ))]
    values = []
    for _ in range(order + 1):
        values.append(regular(substitute(germ, variable, point), *needed))
        germ = derivative(germ, variable) if len(values) <= order else germ
    return values


def _derivative_at(region: Region, body: Term, variable: Term, point: Term, order: int) -> Resolved:
    """diff(body, variable, order) at a point of the region, kinks included."""
    sides: list[Term] = []
    for side in (-1, 1):
        germ = _Resolver(region, Approach(variable, point, side), ()).run(body)
        if isinstance(germ, Blocked):
            return germ
        sides.append(germ)
    left, right = sides
    value = _Resolver(region, None, ()).run(substitute(body, variable, point))
    if isinstance(value, Blocked):
        return value
    here = given(value, point)
    if is_undefined_on(region, here):
        return UNDEFINED
    values = [v for germ in sides for v in _values_at(germ, variable, point, order)]
    gaps = [(value, values[0])] if value is not substitute(left, variable, point) else []
    if left is not right:
        gaps.extend((values[j], values[order + 1 + j]) for j in range(order + 1))
    return _joined(region, here, values, gaps, values[order])


def _joined(
    region: Region, here: Term, germs: list[Term], gaps: list[tuple[Term, Term]], value: Term
) -> Resolved:
    """`value` when every gap is closed, UNDEFINED when one is open, else blocked by its sign."""
    for a, b in gaps:
        gap = difference(a, b)
        known = region.signs(gap)
        if known and 0 not in known and _all_defined(region, [here, *germs]):
            return UNDEFINED
        if known != signs.ZERO:
            return Blocked(gap)
    return given(regular(value, *germs), here)


def is_undefined_on(region: Region, term: Term) -> bool:
    """Whether the term is known to have no value at any point of the region."""
    plain = is_plain(term)
    return any(
        (plain or region.unsure(u) is None) and not region.signs(u) & SIGNS[relation]
        for u, relation in hard_obligations(term)
    )


def _all_defined(region: Region, terms: list[Term]) -> bool:
    return all(region.holds(u, relation) for t in terms for u, relation in obligations(t))
