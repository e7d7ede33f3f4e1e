"""Fact sheets: the claims that say what an activation is. Every fact is a claim with its verdict.

Above: CLI. Below: `catalog`, prover's forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import prod

from symact.catalog import catalogue
from symact.checker.failures import CannotJudge
from symact.language.printer import print_term
from symact.language.terms import (
    Term,
    add,
    div,
    fold,
    is_num,
    ite,
    mul,
    name,
    neg,
    num,
    postorder,
    power,
    rebuild,
)
from symact.language.terms import term as make
from symact.language.unfold import Unfolder, Unsupported
from symact.language.vocabulary import Definition
from symact.prover.smooth import smooth

PREDICATES = ("additive", "homogeneous", "positively_homogeneous", "affine", "odd", "even")


def basic_claims(activation: str) -> list[str]:
    """Claims on definition, linearity, parity and first derivative of a catalogue activation.

    activation  a canonical name or an alias
    Fails with KeyError for any other name.
    """
    found = catalogue().lookup(activation)
    if found is None:
        raise KeyError(activation)
    claims = [f"{activation}({found.variable}) == {print_term(_with_defaults(found))}"]
    if not found.is_vector:
        claims += [f"{predicate}({activation})" for predicate in PREDICATES]
        claims += _derivative_claims(activation, found)
    return claims


def _with_defaults(found: Definition) -> Term:
    """The body of a definition with the parameters at their defaults."""
    values = {p.name: num(p.default) for p in found.parameters if p.default is not None}

    def put(node: Term, below: list[Term]) -> Term:
        return values.get(node.value, node) if node.op == "name" else rebuild(node, below)

    return fold(found.body, put)


def _derivative_claims(activation: str, found: Definition) -> Iterator[str]:
    """The derivative in factored form; without the kinks too, when there are any."""
    variable = name(found.variable)
    try:
        core = Unfolder(catalogue()).real(_with_defaults(found), {})
        binder = name("'1")
        body = fold(core, lambda t, below: binder if t is variable else rebuild(t, below))
        slope = _tidy(smooth(make("diff", (body, binder, variable), 1)))
    except (Unsupported, CannotJudge):
        return
    claim = f"diff({activation}({found.variable}), {found.variable}) == {print_term(slope)}"
    yield claim
    kinks = sorted(_kinks(core, variable))
    if kinks:
        yield (
            claim
            + " where "
            + ", ".join(f"{found.variable} != {print_term(num(k))}" for k in kinks)
        )


def _kinks(core: Term, variable: Term) -> set[Fraction]:
    """Zeros of the guards x - k."""
    found = set()
    for node in postorder(core):
        guard = node.args[0] if node.op == "ite" else None
        if guard is variable:
            found.add(Fraction(0))
        elif guard is not None and guard.op == "add" and guard.args[0] is variable:
            if len(guard.args) == 2 and guard.args[1].op == "num":
                found.add(-guard.args[1].value)
    return found


def _tidy(root: Term) -> Term:
    """The term for reading: factors 1 and summands 0 left out, quotients written as such."""
    return fold(root, lambda t, below: _TIDY.get(t.op, rebuild)(t, below))


def _tidy_branch(node: Term, below: list[Term]) -> Term:
    guard, then, other = below
    return then if then is other else ite(node.value, guard, then, other)


def _tidy_sum(_node: Term, below: list[Term]) -> Term:
    return add(*(b for b in below if not is_num(b, 0)))


def _tidy_product(_node: Term, below: list[Term]) -> Term:
    factors = [f for b in below for f in (b.args if b.op == "mul" else (b,))]
    scale = prod((f.value for f in factors if f.op == "num"), start=Fraction(1))
    under = [f.args[1] for f in factors if f.op == "div"]
    over = [f.args[0] if f.op == "div" else f for f in factors if f.op != "num"]
    over = [f for f in over if not is_num(f, 1)]
    if not scale:
        return num(0)
    top = mul(*([num(scale)] if scale not in (1, -1) or not over else []), *over)
    whole = div(top, mul(*under)) if under else top
    return neg(whole) if scale == -1 and over else whole


def _tidy_power(_node: Term, below: list[Term]) -> Term:
    base, exponent = below
    if is_num(exponent, 1):
        return base
    if exponent.op == "num" and exponent.value < 0:
        return div(num(1), base if exponent.value == -1 else power(base, num(-exponent.value)))
    return power(base, exponent)


_TIDY: dict[str, Callable[[Term, list[Term]], Term]] = {
    "given": lambda _, below: below[0],
    "regular": lambda _, below: below[0],
    "ite": _tidy_branch,
    "kink": _tidy_branch,
    "add": _tidy_sum,
    "mul": _tidy_product,
    "pow": _tidy_power,
}
