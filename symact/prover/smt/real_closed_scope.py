"""Which names of a goal stand inside exp, and derivatives as plain terms: what has to be known
before a goal is written for a solver of polynomial inequalities.

Above: `real_closed_terms`, `real_closed_fields`. Below: `smooth`, language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from symact.checker.derivatives import regular, substitute
from symact.language.elementary import rational_of
from symact.language.terms import Term, fold, num, postorder, power, rebuild
from symact.prover.numeric.smooth import smooth

# c1 a1 + … + cn an: each a is a name or a logarithm, and ONE stands for the number 1.
Linear = dict[Term, Fraction]
ONE = num(1)
MAX_NODES = 4_000  # distinct subterms of a goal's side without derivatives


class NotTried(Exception):
    """The goal is not one for a solver of polynomial inequalities; the message says why."""


def without_derivatives(root: Term) -> Term:
    """`root` with derivatives carried out; it has a value at no more points than `root` has.

    At a kink, and where the argument of a sqrt under diff is 0, the derivative counts as undefined.
    Fails with NotTried on large terms, and with CannotJudge where there is no derivative rule.
    """
    plain = fold(root, _carried_out)
    if sum(1 for _ in postorder(plain)) > MAX_NODES:
        raise NotTried("the claim is too large")
    return plain


def _carried_out(node: Term, below: list[Term]) -> Term:
    if node.op != "diff":
        return rebuild(node, below)
    body, variable, point = below
    ends = [power(t, num(-1)) for t in postorder(body) if t.op == "call" and t.value[0] == "sqrt"]
    needed = (point, *(substitute(t, variable, point) for t in (body, *ends)))
    return regular(smooth(rebuild(node, below)), *needed)


def linear(root: Term) -> Linear | None:
    """The term as a rational linear combination of names and logarithms; None for other terms."""
    return fold(root, _linear)


def _linear(node: Term, below: list[Linear | None]) -> Linear | None:
    if node.op == "name" or (node.op == "call" and node.value[0] == "log"):
        return {node: Fraction(1)}
    if node.op in ("given", "regular"):
        return below[0]
    number = rational_of(node) if node.op in ("num", "pow") else None
    if number is not None:
        return {ONE: number} if number else {}
    if node.op not in ("add", "mul"):
        return None
    return reduce(_sum if node.op == "add" else _product, below)


def _sum(left: Linear | None, right: Linear | None) -> Linear | None:
    if left is None or right is None:
        return None
    total = {a: left.get(a, Fraction(0)) + right.get(a, Fraction(0)) for a in {**left, **right}}
    return {a: c for a, c in total.items() if c}


def _product(left: Linear | None, right: Linear | None) -> Linear | None:
    for one, other in ((left, right), (right, left)):
        if one is not None and other is not None and set(one) <= {ONE}:
            return {a: c * one[ONE] for a, c in other.items()} if one else {}
    return None


def steps(roots: Iterable[Term]) -> dict[Term, Fraction]:
    """name -> s: the name occurs inside exp with integer multiples of s only; ONE -> s likewise.

    Fails with NotTried when an argument of exp is not a linear combination.
    """
    found: dict[Term, Fraction] = {}
    for root in roots:
        for node in postorder(root):
            if node.op == "call" and node.value[0] == "exp":
                form = linear(node.args[0])
                if form is None:
                    raise NotTried("exp of more than a linear combination of names")
                for atom, c in form.items():
                    if atom is ONE or atom.op == "name":
                        found[atom] = common(found[atom], c) if atom in found else abs(c)
    return found


def common(a: Fraction, b: Fraction) -> Fraction:
    """The largest rational of which both are integer multiples."""
    return Fraction(
        gcd(a.numerator * b.denominator, b.numerator * a.denominator), a.denominator * b.denominator
    )


def whole(exponents: Mapping[Term, Fraction]) -> dict[Term, Fraction]:
    """The same exponents times the positive rational that makes them integers without divisor."""
    scale = lcm(*(c.denominator for c in exponents.values()))
    divisor = gcd(*(int(c * scale) for c in exponents.values()))
    return {a: c * scale / divisor for a, c in exponents.items()}
