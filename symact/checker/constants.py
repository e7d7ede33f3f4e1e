"""The sign of a core term without names: exactly 0 by its form, else by a rigorous enclosure.

Above: `region`. Below: `normal_form`, `intervals`, `enclosures`.
"""

from __future__ import annotations

from symact.checker import enclosures, signs
from symact.checker.failures import CannotJudge
from symact.checker.intervals import EnclosureError, Interval
from symact.checker.normal_form import NormalForm
from symact.checker.signs import Signs
from symact.language.terms import Term, fold, postorder

# Working precisions tried in turn, in bits: the last excludes 0 for differences down to 1e-300.
PRECISIONS = (96, 256, 1024)


def is_constant(term: Term) -> bool:
    """Whether no name occurs in the term."""
    return all(t.op != "name" for t in postorder(term))


def enclose(term: Term, bits: int) -> Interval:
    """An interval that contains the value of a constant core term without ite and diff.

    Fails with EnclosureError where an operation is not defined on the interval of its argument.
    """
    return fold(term, lambda t, args: _step(t, args, bits))


def _step(term: Term, args: list[Interval], bits: int) -> Interval:
    if term.op == "num":
        return Interval.of(term.value, bits)
    if term.op == "const":
        return enclosures.pi(bits)
    if term.op == "add":
        result = args[0]
        for summand in args[1:]:
            result = result + summand
        return result
    if term.op == "mul":
        result = args[0]
        for factor in args[1:]:
            result = result * factor
        return result
    if term.op in ("pow", "npow"):
        return args[0].power(_integer(term.args[1]))
    if term.op in ("given", "regular"):
        return args[0]
    return enclosures.ENCLOSURES[term.value[0]](args[0])


def _integer(exponent: Term) -> int:
    if exponent.op != "num" or exponent.value.denominator != 1:
        raise CannotJudge("an integer exponent is needed")
    return int(exponent.value)


def sign_of_constant(term: Term, normal_form: NormalForm) -> Signs:
    """The sign of a defined constant: {0} only by its form, {1} or {-1} only by an enclosure."""
    if normal_form.form(term).is_zero():
        return signs.ZERO
    for bits in PRECISIONS:
        try:
            enclosure = enclose(term, bits)
        except EnclosureError:
            continue
        if enclosure.sign():
            return signs.POSITIVE if enclosure.sign() > 0 else signs.NEGATIVE
    return signs.ANY
