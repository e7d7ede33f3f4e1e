"""Core terms as polynomials for z3: for each term its value, and where it is defined.

    e^(q1 x1 + … + qn xn) = E1^(q1/s1) … En^(qn/sn)     Ei = e^(si xi) > 0, one for each name
    sqrt u = r                                          r >= 0 and r^2 = u wherever u >= 0
    a < b for sums of logarithms, names inside exp      e^a < e^b
    pi, e                                               any number between two rationals

A value is a quotient whose denominator is not 0 where the term is defined; elsewhere it means
nothing, so that a comparison counts only beside the domains of its sides.

Above: `real_closed_fields`. Below: `real_closed_scope`, z3 (handed in).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symact.checker import enclosures
from symact.checker.intervals import EnclosureError, Interval
from symact.checker.obligations import own_obligation
from symact.language.elementary import difference
from symact.language.terms import Term, num
from symact.prover.smt.real_closed_scope import ONE, NotTried, linear, whole

MAX_DEGREE = 60  # of a numerator or denominator, before z3 multiplies them out
BITS = 24  # of the bounds for pi and e: short numbers are quick ones
ZERO = num(0)
Formula = Any  # a z3 formula, or True


@dataclass(frozen=True)
class Quotient:
    """num / den: z3 terms; what is known to be positive is so for all values of the unknowns."""

    num: Any
    den: Any
    num_positive: bool
    den_positive: bool
    degree: int

    def reciprocal(self) -> Quotient:
        """1 / q."""
        return Quotient(self.den, self.num, self.den_positive, self.num_positive, self.degree)


class Encoder:
    """The unknowns of one goal in z3. `steps` names what stands inside exp: `real_closed_scope`.

    laws  what holds of the unknowns; it excludes no values of the names
    """

    def __init__(self, z3: Any, context: Any, steps: Mapping[Term, Fraction]) -> None:
        self._z3, self._context, self.steps = z3, context, steps
        self.laws: list[Any] = []
        self.unknowns: dict[Term, Any] = {}
        self._one = self._number(1)
        self._values: dict[Term, Quotient] = {}
        self._domains: dict[Term, Formula] = {}

    # -- domains ------------------------------------------------------------------------------
    def domain(self, root: Term) -> Formula:
        """Where the term has a value, at most. Fails with NotTried."""
        if root not in self._domains:
            self._domains[root] = self._domain(root)
        return self._domains[root]

    def _domain(self, node: Term) -> Formula:
        if node.op in ("ite", "kink"):
            guard, then, other = node.args
            chosen = self._either(self._guard(node), self.domain(then), self.domain(other))
            beside = node.op == "ite" or self.compare("!=", guard, ZERO)
            return self.both((self.domain(guard), beside, chosen))
        if node.op not in _VALUES:
            raise NotTried(f"{node.op} is no polynomial")
        inner = [self.domain(arg) for arg in node.args]
        need = own_obligation(node)
        return self.both(inner if need is None else [*inner, self.compare(need[1], need[0], ZERO)])

    def _guard(self, node: Term) -> Formula:
        return self.compare(node.value, node.args[0], ZERO)

    # -- values -------------------------------------------------------------------------------
    def value(self, root: Term) -> Quotient:
        """What the term is where it is defined. Fails with NotTried."""
        if root not in self._values:
            if root.op not in _VALUES:
                raise NotTried(f"{root.op} is no polynomial")
            found = _VALUES[root.op](self, root)
            if found.degree > MAX_DEGREE:
                raise NotTried("powers too high")
            self._values[root] = found
        return self._values[root]

    def _num(self, node: Term) -> Quotient:
        return self._quotient(self._number(node.value), positive=node.value > 0, degree=0)

    def _name(self, node: Term) -> Quotient:
        if node in self.steps:
            raise NotTried(f"{node.value} stands both inside and outside of exp")
        return self._quotient(self._unknown(node, node.value))

    def _pi(self, node: Term) -> Quotient:
        if node.value != "pi":
            raise NotTried(f"{node.value} is no number")
        return self._between(node, "pi", enclosures.pi(BITS))

    def _sum(self, node: Term) -> Quotient:
        first, *rest = (self.value(arg) for arg in node.args)
        for other in rest:
            first = self._added(first, other)
        return first

    def _added(self, a: Quotient, b: Quotient) -> Quotient:
        positive = a.num_positive and b.num_positive and a.den_positive and b.den_positive
        if a.den.eq(b.den):
            return Quotient(a.num + b.num, a.den, positive, a.den_positive, max(a.degree, b.degree))
        top = self._times(a.num, b.den) + self._times(b.num, a.den)
        under = a.den_positive and b.den_positive
        return Quotient(top, self._times(a.den, b.den), positive, under, a.degree + b.degree)

    def _product(self, node: Term) -> Quotient:
        first, *rest = (self.value(arg) for arg in node.args)
        for other in rest:
            first = self._multiplied(first, other)
        return first

    def _multiplied(self, a: Quotient, b: Quotient) -> Quotient:
        return Quotient(
            self._times(a.num, b.num),
            self._times(a.den, b.den),
            a.num_positive and b.num_positive,
            a.den_positive and b.den_positive,
            a.degree + b.degree,
        )

    def _pow(self, node: Term) -> Quotient:
        return self._power(self.value(node.args[0]), node.args[1].value)

    def _power(self, base: Quotient, exponent: Fraction) -> Quotient:
        if exponent < 0:
            return self._power(base.reciprocal(), -exponent)
        if exponent.denominator != 1:
            raise NotTried("a power that is not a whole number")
        if exponent > MAX_DEGREE or base.degree * exponent > MAX_DEGREE:
            raise NotTried("powers too high")
        if exponent == 0:
            return self._quotient(self._one, positive=True, degree=0)
        count = int(exponent)
        return Quotient(
            base.num if count == 1 else base.num**count,
            self._one if base.den.eq(self._one) else base.den**count,
            base.num_positive,
            base.den_positive,
            base.degree * count,
        )

    def _call(self, node: Term) -> Quotient:
        function = node.value[0]
        if function == "exp":
            return self._exp(node.args[0])
        if function == "sqrt":
            return self._sqrt(node)
        raise NotTried(f"{function} is no polynomial")

    def _exp(self, argument: Term) -> Quotient:
        form = linear(argument)
        if form is None:
            raise NotTried("exp of more than a linear combination of names")
        return self._exponential({a: c / self.steps.get(a, 1) for a, c in form.items()})

    def _exponential(self, exponents: Mapping[Term, Fraction]) -> Quotient:
        result = self._quotient(self._one, positive=True, degree=0)
        for atom, exponent in exponents.items():
            base = self.value(atom.args[0]) if atom.op == "call" else self._generator(atom)
            result = self._multiplied(result, self._power(base, exponent))
        return result

    def _generator(self, atom: Term) -> Quotient:
        """e^(s atom), s the step of the atom; of 1 when there is none."""
        if atom is not ONE:
            unknown = self._unknown(atom, f"exp {atom.value}", lambda e: [e > 0])
            return self._quotient(unknown, positive=True)
        try:
            bounds = enclosures.exp(Interval.of(self.steps.get(ONE, Fraction(1)), BITS))
        except EnclosureError as limit:
            raise NotTried(str(limit)) from limit
        if bounds.lo <= 0:
            raise NotTried("a constant too small")
        return self._between(ONE, "e", bounds)

    def _sqrt(self, node: Term) -> Quotient:
        (argument,) = node.args
        inside = self.value(argument)
        defined = self.both((self.domain(argument), self.compare(">=", argument, ZERO)))

        def law(root: Any) -> list[Any]:
            square = self._times(root * root, inside.den) == inside.num
            return [root >= 0, square if defined is True else self._z3.Implies(defined, square)]

        return self._quotient(self._unknown(node, f"root {len(self.unknowns)}", law))

    def _either_value(self, node: Term) -> Quotient:
        chosen = self._guard(node)
        then, other = self.value(node.args[1]), self.value(node.args[2])
        return Quotient(
            self._either(chosen, then.num, other.num),
            self._either(chosen, then.den, other.den),
            then.num_positive and other.num_positive,
            then.den_positive and other.den_positive,
            max(then.degree, other.degree),
        )

    def _first(self, node: Term) -> Quotient:
        return self.value(node.args[0])

    # -- comparisons --------------------------------------------------------------------------
    def compare(self, relation: str, left: Term, right: Term) -> Formula:
        """left relation right, where both are defined. Fails with NotTried."""
        form = linear(difference(left, right))
        if form is not None and set(form) <= {ONE}:
            return _COMPARE[relation](self._number(form.get(ONE, 0)), self._number(0))
        if form is not None and any(a.op == "call" or a in self.steps for a in form if a != ONE):
            return self._compare_exponentials(relation, form)
        return self._compare_quotients(relation, self.value(left), self.value(right))

    def _compare_exponentials(self, relation: str, form: Mapping[Term, Fraction]) -> Formula:
        """e^(c form) against 1 for some c > 0."""
        for atom in form:
            if atom.op == "name" and atom not in self.steps:
                raise NotTried(f"{atom.value} stands beside what is inside exp or log")
        exponents = whole({a: c / self.steps.get(a, 1) for a, c in form.items()})
        up = self._exponential({a: c for a, c in exponents.items() if c > 0})
        down = self._exponential({a: -c for a, c in exponents.items() if c < 0})
        return self._compare_quotients(relation, up, down)

    def _compare_quotients(self, relation: str, a: Quotient, b: Quotient) -> Formula:
        if max(a.degree, b.degree) > MAX_DEGREE:
            raise NotTried("powers too high")
        if a.den.eq(b.den):
            left, right, under, positive = a.num, b.num, a.den, a.den_positive
        else:
            left, right = self._times(a.num, b.den), self._times(b.num, a.den)
            under, positive = self._times(a.den, b.den), a.den_positive and b.den_positive
        if not positive and relation not in ("==", "!="):
            left, right = (left - right) * under, self._number(0)
        return _COMPARE[relation](left, right)

    # -- building -----------------------------------------------------------------------------
    def both(self, formulas: Iterable[Formula]) -> Formula:
        """All of them."""
        open_ones = [f for f in formulas if f is not True]
        return self._z3.And(*open_ones) if open_ones else True

    def _either(self, chosen: Formula, then: Any, other: Any) -> Any:
        if then is other:
            return then
        made = [self._z3.BoolVal(v, self._context) if v is True else v for v in (then, other)]
        return made[0] if made[0].eq(made[1]) else self._z3.If(chosen, *made)

    def _number(self, value: Fraction | int) -> Any:
        return self._z3.RealVal(str(value), self._context)

    def _unknown(
        self, term: Term, which: str, laws: Callable[[Any], list[Any]] | None = None
    ) -> Any:
        """The unknown that stands for the term, or for the generator of the term."""
        if term not in self.unknowns:
            self.unknowns[term] = self._z3.Real(which, self._context)
            self.laws.extend(laws(self.unknowns[term]) if laws else [])
        return self.unknowns[term]

    def _between(self, term: Term, which: str, bounds: Interval) -> Quotient:
        ends = (Fraction(end, 1 << bounds.bits) for end in (bounds.lo, bounds.hi))
        lower, upper = map(self._number, ends)
        unknown = self._unknown(term, which, lambda u: [lower <= u, u <= upper])
        return self._quotient(unknown, positive=True)

    def _quotient(self, value: Any, positive: bool = False, degree: int = 1) -> Quotient:
        return Quotient(value, self._one, positive, True, degree)

    def _times(self, a: Any, b: Any) -> Any:
        return b if a.eq(self._one) else a if b.eq(self._one) else a * b


_VALUES: Mapping[str, Callable[[Encoder, Term], Quotient]] = {
    "num": Encoder._num,
    "name": Encoder._name,
    "const": Encoder._pi,
    "add": Encoder._sum,
    "mul": Encoder._product,
    "pow": Encoder._pow,
    "call": Encoder._call,
    "ite": Encoder._either_value,
    "kink": Encoder._either_value,
    "given": Encoder._first,
    "regular": Encoder._first,
}

_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}
