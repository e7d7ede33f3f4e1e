"""A subject with what is worked out about it once: outlines, values, behaviour far out.

Above: `roots`, `slopes`, `edges`. Below: `outline`, `subject`, `numbers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from symact.checker.derivatives import substitute
from symact.checker.normal_form import NormalForm
from symact.explain.shape import numbers
from symact.explain.shape.numbers import enclosure
from symact.explain.shape.outline import Mark, NoOutline, Outline, outline, refined
from symact.explain.shape.scaling import Scale, scale_of
from symact.explain.shape.subject import Subject
from symact.language.elementary import difference
from symact.language.printer import print_term
from symact.language.terms import Term, mul, name, num, power, size
from symact.prover.algebra.factoring import term_of_form
from symact.prover.limits.asymptotics import Behaviour, behaviour
from symact.prover.numeric.graph_samples import constant
from symact.prover.readable import readable

DIGITS = 30
SPARE = 5  # digits beyond those that are shown
START = Fraction(8)
LARGEST = 40  # nodes of a closed form that anyone reads
EQUAL = 1e-14  # numbers as close as that are claimed to be equal
SIDES = {"-oo": 0, "oo": -1}  # toward -> the piece there
Range = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Finding:
    """One special thing, and the claims whose proofs establish it.

    kind    zero, minimum, maximum, inflection, kink, fixed point, limit, …
    at      where, as a person reads it
    value   what is there, as a person reads it; "" for nothing
    claims  what is to be proved
    note    a word more
    """

    kind: str
    at: str
    value: str
    claims: tuple[str, ...]
    note: str = ""


class Shape:
    """A subject with its outlines, worked out when they are asked for. Fails with NoOutline."""

    def __init__(self, subject: Subject, digits: int = DIGITS) -> None:
        self.subject, self.digits = subject, digits
        self._outlines: dict[int, Outline] = {}

    @cached_property
    def scale(self) -> Scale:
        """What stretches the subject. Fails with NoOutline when parameters do more than that."""
        found = scale_of(self.subject)
        if found is None:
            raise NoOutline
        return found

    @property
    def base(self) -> Subject:
        """The subject without parameters on which everything is worked out."""
        return self.scale.base

    def outline(self, order: int) -> Outline:
        """The outline of the derivative of this order."""
        if order not in self._outlines:
            germs, cuts = self.base.germs(order), self.base.pieces.cuts
            self._outlines[order] = self._refined(outline(germs, cuts, self.base.variable))
        return self._outlines[order]

    def outline_beside(self, other: Subject) -> tuple[Subject, Outline]:
        """The function minus another one, with its outline."""
        text = f"({self.subject.text}) - ({other.text})"
        both = Subject(text, "", self.subject.variable)
        if both.parameters:
            raise NoOutline
        return both, self._refined(outline(both.germs(0), both.pieces.cuts, both.variable))

    def _refined(self, found: Outline) -> Outline:
        digits = self.digits + SPARE
        return Outline(
            [refined(m, self.subject.variable, digits) for m in found.marks], found.signs
        )

    def piece(self, place: Fraction, side: int) -> int:
        """The number of the piece at a place; at a cut, of that on the side -1 or 1."""
        count = 0
        for cut in self.base.pieces.cuts:
            at = constant(cut)
            if at is not None and (at < float(place) or (at == float(place) and side > 0)):
                count += 1
        return count

    def value(self, mark: Mark, order: int = 0, side: int = 1) -> Range | None:
        """An interval around the derivative of this order at the mark."""
        germ = self.base.germs(order)[self.piece(mark.place, side)]
        if germ is None:
            return None
        ends = {self.subject.variable: (mark.lower, mark.upper)}
        return enclosure(germ, ends, self.digits + 2 * SPARE)

    def below(self, mark: Mark, spare: int = 0) -> str:
        """The mark as text, or decimals just below it."""
        return self.scale.place(numbers.below(mark, self.digits + spare))

    def above(self, mark: Mark) -> str:
        """The mark as text, or decimals just above it."""
        return self.scale.place(numbers.above(mark, self.digits))

    def exact(self, mark: Mark) -> str:
        """The closed form of the mark, "" when it has none."""
        return self.scale.place(numbers.exact(mark))

    def about(self, mark: Mark) -> str:
        """The mark for a person."""
        return self.scale.place(numbers.about(mark, self.digits))

    def bounds(self, value: Range, order: int = 0) -> tuple[str, str]:
        """Decimals below and above a value of the derivative of this order."""
        lower = numbers.decimal(value[0], self.digits, up=False)
        upper = numbers.decimal(value[1], self.digits, up=True)
        return self.scale.amount(lower, order), self.scale.amount(upper, order)

    def shown(self, value: Range | None, order: int = 0) -> str:
        """A value of the derivative of this order, for a person."""
        if value is None:
            return ""
        return self.scale.amount(numbers.common(*value, self.digits), order)

    def amount(self, term: Term, order: int = 0) -> str:
        """An exact value of the derivative of this order, as text."""
        return self.scale.amount(print_term(simple(term)), order)

    def closed_value(self, mark: Mark, side: int = 1) -> str:
        """The value at a mark with a closed form, when it has a short one itself; else ""."""
        germ = self.base.germs(0)[self.piece(mark.place, side)]
        if germ is None or mark.exact is None:
            return ""
        there = substitute(germ, name(self.base.variable), mark.exact)
        value, rough = simple(there), constant(there)
        if rough is not None and value.op != "num":
            guess = Fraction(rough).limit_denominator(1000)
            if abs(float(guess) - rough) < EQUAL:
                return self.amount(num(guess))
        return self.amount(there) if size(value) <= LARGEST else ""

    def at(self, point: str) -> str:
        """The function at a point, as text."""
        head = self.subject.function
        return f"{head}({point})" if head.isidentifier() else f"({head})({point})"

    def slope(self, order: int = 1) -> str:
        """The derivative of this order, as text."""
        more = "" if order == 1 else f", {order}"
        return f"diff({self.subject.text}, {self.subject.variable}{more})"

    def far(self, toward: str, order: int = 0, minus: Term | None = None) -> Behaviour | None:
        """What a derivative, minus a term, does towards oo or -oo; None when that is not seen."""
        germ = self.base.germs(order)[SIDES[toward]]
        if germ is None:
            return None
        return self._behaviour(germ if minus is None else difference(germ, minus), toward)

    def ratio(self, toward: str) -> Term | None:
        """The limit of f(x)/x, when it is there and not 0."""
        germ = self.base.germs(0)[SIDES[toward]]
        if germ is None:
            return None
        inverse = power(name(self.subject.variable), num(-1))
        found = self._behaviour(mul(germ, inverse), toward)
        if found is None or found.value is None or constant(found.value) in (None, 0.0):
            return None
        return found.value

    def _behaviour(self, germ: Term, toward: str) -> Behaviour | None:
        y = name("y'")
        k = y if toward == "oo" else mul(num(-1), y)
        return behaviour(substitute(germ, name(self.subject.variable), k), y, START, {})


def simple(term: Term) -> Term:
    """The term in its normal form, for reading."""
    form = NormalForm().form(term)
    return num(0) if form.is_zero() else readable(term_of_form(form))
