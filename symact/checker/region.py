"""A region: a set of points on which a statement is to be shown, as a list of known signs.

    Γ = { u1 ρ1 0, …, um ρm 0 }        the points at which every fact holds

Facts come from `where`, from case splits and from proofs; the signs of other terms follow by

    fact         u has the sign of a fact c·u, c a nonzero rational
    constant     no name occurs: exact 0 by normal form, else an enclosure that excludes 0
    structure    sums and products of what is known; exp > 0, pi > 0, sqrt >= 0

Above: `resolve`, `proofs`, `tree`. Below: `signs`, `normal_form`, `constants`, `obligations`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.constants import Constants
from symact.checker.costs import units
from symact.checker.failures import Rejected
from symact.checker.forms import Form
from symact.checker.normal_form import NormalForm
from symact.checker.obligations import hard_obligations, is_plain, obligations
from symact.checker.polynomials import Polynomial
from symact.checker.signs import SIGNS, Signs
from symact.language.terms import Term

Fact = tuple[Term, Signs]
_Key = tuple[object, object]


@dataclass
class Region:
    """Facts over one normal form; `restricting` are those that cut the region out of all space."""

    normal_form: NormalForm = field(default_factory=NormalForm)
    facts: list[Fact] = field(default_factory=list)
    restricting: list[Fact] = field(default_factory=list)
    _index: dict[_Key, Signs] = field(default_factory=dict)
    _signs: dict[Term, Signs] = field(default_factory=dict)
    constants: Constants = field(default_factory=Constants)

    def __post_init__(self) -> None:
        """Work with constants counts as that with forms does."""
        spend = self.normal_form.generators.spend
        self.constants.spend = lambda microseconds: spend(units(microseconds))

    def copy(self) -> Region:
        """The same facts, to be extended without touching this region."""
        return Region(
            self.normal_form.copy(),
            list(self.facts),
            list(self.restricting),
            dict(self._index),
            constants=self.constants,
        )

    def rewritten(self, function: str, argument: Term, replacement: Term) -> None:
        """Uses function(argument) = replacement, which the caller has shown, from here on."""
        self.normal_form.rewrite(function, argument, replacement)
        self._signs.clear()
        facts, self.facts = self.facts, []
        self._index = {}
        for fact, known in facts:
            self.learn(fact, known)

    def learn(self, term: Term, known: Signs) -> None:
        """Adds the fact that the sign of the (defined) term lies in `known`."""
        self._signs.clear()
        self.facts.append((term, known))
        form = self.normal_form.form(term)
        if form.is_zero():
            key, oriented = _ZERO, known
        else:
            key, sign = _oriented(form)
            oriented = known if sign > 0 else signs.negated(known)
        self._index[key] = self._index.get(key, signs.ANY) & oriented

    def restrict(self, term: Term, known: Signs) -> None:
        """Cuts the region down to the points where the sign of the term lies in `known`."""
        self.restricting.append((term, known))
        self.learn(term, known)

    def is_empty(self) -> bool:
        """Whether two facts contradict each other: then the region has no point."""
        if not all(self._index.values()):
            return True
        return any(not self.signs(term) for term, _ in self.facts)

    def signs(self, term: Term) -> Signs:
        """The signs that the term can have on this region, where it is defined."""
        if term not in self._signs:
            self._signs[term] = self._sign_of(term)
        return self._signs[term]

    def holds(self, term: Term, relation: str) -> bool:
        """Whether `term relation 0` is known on the whole region."""
        return self.signs(term) <= SIGNS[relation]

    def require_defined(self, term: Term) -> None:
        """Fails with Rejected unless every domain obligation of the term is known to hold."""
        for needed, relation in obligations(term):
            if not self.holds(needed, relation):
                raise UnmetObligation(needed, relation)

    def unsure(self, term: Term) -> Term | None:
        """What the first soft obligation that is not known to hold is about; None: the term's form
        is its value.
        """
        if is_plain(term):
            return None
        hard = hard_obligations(term)
        for needed, relation in obligations(term):
            if (needed, relation) not in hard and not self.holds(needed, relation):
                return needed
        return None

    def _sign_of(self, term: Term) -> Signs:
        return self._of_operation(term) & self._of_value(term)

    def _of_operation(self, term: Term) -> Signs:
        """What the signs of the factors say, beyond the product multiplied out."""
        if term.op == "pow":
            return self._of_power(term)
        known = signs.POSITIVE if term.op == "mul" else signs.ANY
        for factor in term.args if term.op == "mul" else ():
            known = signs.multiplied(known, self._of_power(factor))
        return known

    def _of_power(self, term: Term) -> Signs:
        if term.op == "pow" and term.args[1].value != 0:
            return signs.to_power(self._of_value(term.args[0]), term.args[1].value)
        return self._of_value(term)

    def _of_value(self, term: Term) -> Signs:
        known = self.constants.sign(term) if self.constants.is_constant(term) else signs.ANY
        if known != signs.ANY and not self.facts:
            return known
        form = self.normal_form.form(term)
        if form.is_zero():
            return self._index.get(_ZERO, signs.ANY) & signs.ZERO
        return known & (self._fact(form) if known != signs.ANY else self._of_form(form))

    def _of_form(self, form: Form) -> Signs:
        if form.is_zero():
            return signs.ZERO
        return self._fact(form) & signs.of_form(form, self._of_generator, self._of_factor)

    def _fact(self, form: Form) -> Signs:
        key, sign = _oriented(form)
        known = self._index.get(key, signs.ANY)
        return known if sign > 0 else signs.negated(known)

    def _of_factor(self, factor: Polynomial) -> Signs:
        return self._of_form(Form(self.normal_form.generators, factor, {}))

    def _of_generator(self, index: int) -> Signs:
        table = self.normal_form.generators
        generator = table.table[index]
        known = signs.INTRINSIC.get(generator.kind, signs.ANY)
        alone = Form(table, {((index, Fraction(1)),): Fraction(1)}, {})
        if generator.kind == "sqrt" and generator.argument is not None:
            if self._of_form(generator.argument) <= signs.POSITIVE:
                known = signs.POSITIVE
        return known & self._fact(alone)


class UnmetObligation(Rejected):
    """A term may be undefined on the region: `term relation 0` is not known."""

    def __init__(self, term: Term, relation: str) -> None:
        super().__init__("domain obligation not shown")
        self.term, self.relation = term, relation


_ZERO: _Key = ("zero", None)


def _oriented(form: Form) -> tuple[_Key, int]:
    """A key shared by all rational multiples of a nonzero form, and the sign of the multiple."""
    lead = poly.leading(form.num)
    num = poly.key(poly.scaled(form.num, 1 / lead))
    return (num, frozenset(form.den.items())), 1 if lead > 0 else -1
