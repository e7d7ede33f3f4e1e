"""SymPy at the door: terms and claims to SymPy and back, without evaluating any text.

What goes to SymPy stays as it is written (nothing cancels, no relation becomes True), what comes
back means the same: there and back again changes nothing more after the first time. Floats, complex
numbers and relations that SymPy has already evaluated away are refused by name.

Above: `symact.prove`, the command line. Below: `to_sympy`, `from_sympy`, `sympy_claims`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import sympy
from sympy.logic.boolalg import Boolean

from symact.catalog import catalogue
from symact.explain import sympy_claims
from symact.explain.bridge_tables import BridgeError
from symact.explain.from_sympy import term_from_sympy
from symact.explain.sympy_claims import Condition, Reader, SympyClaim, Writer, integral_names
from symact.language.claims import Claim, Membership, RealSet, Relation
from symact.language.printer import print_claim
from symact.language.terms import Term
from symact.language.vocabulary import Vocabulary

__all__ = [
    "BridgeError",
    "SympyClaim",
    "as_claim_text",
    "claim_from_sympy",
    "from_sympy",
    "to_sympy",
]

Part = Term | Relation | Membership | RealSet | Claim
Result = TypeVar("Result")


def to_sympy(
    part: Part,
    *,
    expand: bool = False,
    conditions: Iterable[Condition] = (),
    vocabulary: Vocabulary | None = None,
) -> Any:
    """A term as an expression, a condition as a Boolean, a set as a set, a claim as a SympyClaim.

    expand      write activations out by their definitions instead of as undefined functions
    conditions  under which names range over whole numbers (a claim brings its own)
    vocabulary  the catalogue unless given

    Fails with BridgeError on what has no form in SymPy, and on terms too deep for its sorting.
    """
    words = vocabulary or catalogue()
    writer = Writer(words, integral_names(conditions), expand)
    return _bounded(lambda: _write(part, writer, words, expand))


def _write(part: Part, writer: Writer, words: Vocabulary, expand: bool) -> Any:
    if isinstance(part, Claim):
        return sympy_claims.claim_to_sympy(part, words, expand)
    if isinstance(part, Relation | Membership):
        return writer.condition(part)
    return writer.real_set(part) if isinstance(part, RealSet) else writer.term(part)


def from_sympy(expression: Any, *, vocabulary: Vocabulary | None = None) -> Part:
    """A term, relation, membership, set or claim: what `to_sympy` would make the expression from.

    What symbols assume is not part of a term: `claim_from_sympy` makes conditions of it.
    Fails with BridgeError on floats, complex numbers, and nodes the language has no word for.
    """
    words = vocabulary or catalogue()
    return _bounded(lambda: _read(expression, words))


def _read(expression: Any, words: Vocabulary) -> Part:
    if isinstance(expression, SympyClaim):
        return claim_from_sympy(expression, vocabulary=words)
    reader = Reader([expression], words)
    if isinstance(expression, sympy.Set):
        return reader.real_set(expression)
    if isinstance(expression, Boolean | bool) and not isinstance(expression, sympy.Symbol):
        first, *more = reader.condition(expression)
        if more:
            raise BridgeError("several conditions, not one", expected="one at a time")
        return first
    return term_from_sympy(expression, words, reader.names)


def claim_from_sympy(
    statement: Any, where: Any = (), *, vocabulary: Vocabulary | None = None
) -> Claim:
    """The claim of a SymPy relation, And of relations, Implies(condition, relation) or SympyClaim.

    where  a SymPy condition (relation, And, Contains), or several

    What symbols assume (positive, integer, …) becomes conditions; a plain symbol is a real number.
    Fails with BridgeError on a relation that SymPy has made True or False, and as `from_sympy`.
    """
    words = vocabulary or catalogue()
    return _bounded(lambda: sympy_claims.claim_from_sympy(statement, words, where))


def as_claim_text(claim: Any, where: Any = (), *, vocabulary: Vocabulary | None = None) -> str:
    """The claim in the claim language: text as it is, a Claim printed, else by `claim_from_sympy`.

    Fails with BridgeError as `claim_from_sympy`, and with ClaimError when too large to print.
    """
    if isinstance(claim, str):
        return claim
    if isinstance(claim, Claim):
        return print_claim(claim)
    return print_claim(claim_from_sympy(claim, where, vocabulary=vocabulary))


def _bounded(convert: Callable[[], Result]) -> Result:
    """The conversion; SymPy sorts and compares by recursion, which deep expressions exhaust."""
    try:
        return convert()
    except RecursionError:
        raise BridgeError("the expression is nested too deeply for SymPy") from None
