"""Where an antiderivative is looked for: forms over one table, the variable, a sample point.

Above: `primitive_products`, `primitive_quotients`. Below: the checker's forms, `evaluate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from symact.checker import polynomials as poly
from symact.checker.derivatives import depends
from symact.checker.forms import Form, Generator
from symact.checker.normal_form import NormalForm
from symact.checker.polynomials import Polynomial
from symact.language.terms import Term, call, mul, num
from symact.prover.algebra.factoring import term_of_form
from symact.prover.numeric.evaluate import BITS, Program, precision


@dataclass
class Setting:
    """Forms over one table of generators, the variable, and a point of the piece."""

    forms: NormalForm
    z: Term
    sample: dict[str, Fraction]

    def varying(self) -> set[int]:
        """The generators that depend on the variable."""
        table = self.forms.generators.table
        return {i for i, g in enumerate(table) if self._varies(g)}

    def _varies(self, generator: Generator) -> bool:
        if generator.kind == "name":
            return bool(generator.key == self.z.value)
        return generator.argument is not None and depends(term_of_form(generator.argument), self.z)

    def index_of_z(self) -> int:
        """The generator that the variable is."""
        return self.forms.generators.index(Generator("name", self.z.value))

    def sign(self, term: Term) -> int:
        """The sign at the sample point, 0 if it is not seen."""
        with precision(BITS):
            (value,) = Program([term]).run(self.sample)
        return 0 if not isinstance(value, arb) else 1 if value > 0 else -1 if value < 0 else 0

    def positive(self, term: Term) -> Term:
        """The term or its negative, whichever is positive at the sample point."""
        return mul(num(-1), term) if self.sign(term) < 0 else term


def coefficients(setting: Setting, form: Form) -> dict[int, Form] | None:
    """The coefficients of a polynomial in z; None when the form is none."""
    varying, z = setting.varying(), setting.index_of_z()
    found: dict[int, Polynomial] = {}
    for monomial, coefficient in form.num.items():
        if any(g in varying and g != z for g, _ in monomial):
            return None
        n = dict(monomial).get(z, Fraction(0))
        if n.denominator != 1 or n < 0:
            return None
        found.setdefault(int(n), {})[tuple((g, e) for g, e in monomial if g != z)] = coefficient
    below = Form(form.table, {poly.ONE: Fraction(1)}, form.den)
    if form.den and depends(term_of_form(below), setting.z):
        return None
    return {n: Form(form.table, part, form.den) for n, part in found.items()}


def root(setting: Setting, p: Term) -> Term:
    """sqrt(p), a rational number under it made whole."""
    form = setting.forms.form(p)
    if set(form.num) == {poly.ONE} and not form.den:
        value = form.num[poly.ONE]
        return mul(num(Fraction(1, value.denominator)), _whole_root(value))
    return call("sqrt", term_of_form(form))


def _whole_root(value: Fraction) -> Term:
    whole = value.numerator * value.denominator
    root = round(whole**0.5)
    return num(root) if root * root == whole else call("sqrt", num(whole))
