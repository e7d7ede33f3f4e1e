"""Normal forms: a term as numerator / denominator, polynomials in independent-looking generators.

    term  ↦  N / (D1^k1 … Dm^km)

Only true identities are used, valid wherever the term is defined:
    field operations;  exp(Σ c·m) = Π exp(m)^c;  sqrt(u)^2 = u;  sin(u)^2 = 1 - cos(u)^2;
    b^(n + k) = b^n b^k for natural n, k.
No gcd, no factoring, no choice of branch: two terms whose forms have difference 0 are equal
wherever both are defined; the converse is not claimed.

Above: `region`, `laws`. Below: `forms`, `polynomials`.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker import polynomials as poly
from symact.checker.failures import CannotJudge
from symact.checker.forms import Form, Generator, Generators
from symact.checker.polynomials import Monomial
from symact.language.terms import Term

MAX_POWER = 2_000  # largest |integer exponent| of a power that is expanded


class NormalForm:
    """Turns core terms into forms over one table of generators, remembering each.

    `rewrite` replaces function values by others that `laws` has shown equal to them. Fails with
    CannotJudge on operators without a form (ite, diff) and past size limits.
    """

    def __init__(self, generators: Generators | None = None) -> None:
        self.generators = generators or Generators()
        self._memo: dict[Term, Form] = {}
        self._rewrites: dict[tuple[str, object], Form] = {}
        self._met: set[tuple[str, object]] = set()

    def copy(self) -> NormalForm:
        """The same generators and memory, to be extended without touching this one."""
        other = self.fresh()
        other._memo, other._met = dict(self._memo), set(self._met)
        other._rewrites = dict(self._rewrites)
        return other

    def fresh(self) -> NormalForm:
        """The same generators, without the rewrites."""
        return NormalForm(self.generators)

    def rewrite(self, function: str, argument: Term, replacement: Term) -> None:
        """From now on function(u), for any u with the form of `argument`, has the form of
        `replacement`.
        """
        place = function, self.form(argument).key()
        form = self.form(replacement)
        if place in self._met:
            self._memo.clear()
            self._met.clear()
        self._rewrites[place] = form

    def form(self, root: Term) -> Form:
        """The form of a core term without ite and diff."""
        memo = self._memo
        stack = [root]
        while stack:
            current = stack[-1]
            if current in memo:
                stack.pop()
                continue
            missing = [arg for arg in current.args if arg not in memo]
            if missing:
                stack.extend(missing)
                continue
            memo[current] = self._combine(current, [memo[arg] for arg in current.args])
            stack.pop()
        return memo[root]

    def equal(self, left: Term, right: Term) -> bool:
        """Whether left - right has the form 0: then left = right wherever both are defined."""
        return (self.form(left) - self.form(right)).is_zero()

    def _combine(self, term: Term, args: list[Form]) -> Form:
        table = self.generators
        if term.op == "num":
            return table.number(term.value)
        if term.op in ("name", "const"):
            return table.generator(Generator(term.op, term.value))
        if term.op == "add":
            return table.total(args)
        if term.op == "mul":
            return self._product(args)
        if term.op == "pow":
            return self._power(args[0], term.args[1])
        if term.op in ("given", "regular"):
            return args[0]
        if term.op == "npow":
            return self._natural_power(*args)
        if term.op == "call":
            return self._call(term.value[0], args)
        raise CannotJudge(f"no normal form for {term.op}")

    def _product(self, args: list[Form]) -> Form:
        result = args[0]
        for factor in args[1:]:
            result = result * factor
        return result

    def _power(self, base: Form, exponent: Term) -> Form:
        if exponent.op != "num" or exponent.value.denominator != 1:
            raise CannotJudge("no normal form for this power")
        if abs(exponent.value) > MAX_POWER:
            raise CannotJudge("exponent too large")
        return base.power(int(exponent.value))

    def _call(self, function: str, args: list[Form]) -> Form:
        if len(args) != 1:
            raise CannotJudge("no normal form for a call of several arguments")
        place = function, args[0].key()
        self._met.add(place)
        if place in self._rewrites:
            return self._rewrites[place]
        if function == "exp":
            return self._exp(args[0])
        if function in ("log", "sqrt", "erf", "atan", "sin", "cos", "floor"):
            return self.generators.generator(Generator(function, args[0].key(), args[0]))
        raise CannotJudge("no normal form for this function")

    def _exp(self, argument: Form) -> Form:
        """exp(Σ c m / D) = Π exp(m / D)^c, m monomials, D the denominator."""
        result = self.generators.number(Fraction(1))
        for monomial, coefficient in argument.num.items():
            unit = Form(self.generators, {monomial: Fraction(1)}, argument.den)
            generator = Generator("exp", unit.key(), unit)
            result = result * self.generators.generator(generator, coefficient)
        return result

    def _natural_power(self, base: Form, exponent: Form) -> Form:
        """b^(Σ c m + k) = b^k Π (b^m)^c for natural coefficients and natural-valued monomials."""
        if exponent.den:
            raise CannotJudge("no normal form for this natural power")
        result = self.generators.number(Fraction(1))
        for monomial, coefficient in exponent.num.items():
            if coefficient.denominator != 1 or not 0 <= coefficient <= MAX_POWER:
                raise CannotJudge("no normal form for this natural power")
            result = result * self._base(base, monomial).power(int(coefficient))
        return result

    def _base(self, base: Form, monomial: Monomial) -> Form:
        if monomial == poly.ONE:
            return base
        unit = Form(self.generators, {monomial: Fraction(1)}, {})
        return self.generators.generator(Generator("npow", (base.key(), unit.key()), base))
