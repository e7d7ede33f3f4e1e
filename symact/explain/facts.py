"""Fact sheets: the claims that say what an activation is. Every fact is a claim with its verdict.

Above: CLI. Below: `catalog`, prover's forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symact.catalog import catalogue
from symact.checker.failures import CannotJudge
from symact.language.printer import print_term
from symact.language.terms import (
    Term,
    fold,
    name,
    num,
    postorder,
    rebuild,
)
from symact.language.terms import term as make
from symact.language.unfold import Unfolder, Unsupported
from symact.language.vocabulary import Definition
from symact.prover.readable import readable
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
        slope = readable(smooth(make("diff", (body, binder, variable), 1)))
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
