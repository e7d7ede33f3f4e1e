"""Terms: immutable, hash-consed expression trees. Two terms are equal exactly when they are one
object.

Above: `parser` and `printer` (text), `unfold` (definitions). Below: nothing.

One class serves both layers of the language; the tables say which operators each layer uses.

Surface (what a person typed)                      Core (what prover and checker read)
  num v · name s · const pi|E|oo                     num v · name s · const pi
  add n-ary · neg · mul n-ary · div · pow            add n-ary · mul n-ary · pow (integer exponent)
                                                     npow (exponent a natural-valued term)
  call f(args, kw=) · apply f(args)                  call exp log sqrt erf atan sin cos floor
  function f · lambda · compose · layer · stack      ite (guard  > | >= | ==  0, then, else)
  list · index · matmul                              diff (term, bound name, point) value n
                                                     given (value, terms): undefined unless they are
                                                     defined · regular (value, terms): known to be
                                                     this value only where they are defined
  diff · limit · series · integral
  piecewise · cmp · true
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, TypeVar, final
from weakref import WeakValueDictionary

Result = TypeVar("Result")

_interned: WeakValueDictionary[tuple[Any, ...], Term] = WeakValueDictionary()


@final
class Term:
    """op(args; value), interned: build with `term`, compare with `is` or `==` (the same thing).

    Fails: attributes cannot be set; direct construction is not offered.
    """

    __slots__ = ("__weakref__", "args", "op", "value")
    op: str
    args: tuple[Term, ...]
    value: Any

    def __init__(self) -> None:
        raise TypeError("terms are built with symact.language.terms.term")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("terms are immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("terms are immutable")

    def __reduce__(self) -> tuple[Any, ...]:
        return term, (self.op, self.args, self.value)

    def __repr__(self) -> str:
        from symact.language.printer import print_term

        return print_term(self)


def term(op: str, args: tuple[Term, ...] = (), value: Any = None) -> Term:
    """The one term op(args; value). Never fails; `value` must be hashable."""
    key = (op, args, type(value), value)
    found = _interned.get(key)
    if found is None:
        found = object.__new__(Term)
        object.__setattr__(found, "op", op)
        object.__setattr__(found, "args", args)
        object.__setattr__(found, "value", value)
        _interned[key] = found
    return found


def num(value: int | Fraction) -> Term:
    """The exact rational number `value`."""
    return term("num", (), Fraction(value))


def name(text: str) -> Term:
    """The free or bound name `text`."""
    return term("name", (), text)


def const(text: str) -> Term:
    """pi, E or oo."""
    return term("const", (), text)


def add(*terms: Term) -> Term:
    """t1 + … + tn; one term stands for itself, none is 0."""
    return terms[0] if len(terms) == 1 else term("add", terms) if terms else num(0)


def mul(*factors: Term) -> Term:
    """t1 · … · tn; one factor stands for itself, none is 1."""
    return factors[0] if len(factors) == 1 else term("mul", factors) if factors else num(1)


def neg(operand: Term) -> Term:
    """-t; a number is negated at once."""
    return num(-operand.value) if operand.op == "num" else term("neg", (operand,))


def div(numerator: Term, denominator: Term) -> Term:
    """a / b; a quotient of two numbers is the number, unless b is 0."""
    if numerator.op == denominator.op == "num" and denominator.value != 0:
        return num(numerator.value / denominator.value)
    return term("div", (numerator, denominator))


def power(base: Term, exponent: Term) -> Term:
    """a ** b."""
    return term("pow", (base, exponent))


def call(function: str, *args: Term, keywords: tuple[str, ...] = ()) -> Term:
    """f(args): the last len(keywords) arguments are passed by those keywords."""
    return term("call", args, (function, keywords))


def ite(relation: str, guard: Term, then: Term, otherwise: Term) -> Term:
    """`then` where guard relation 0 holds, else `otherwise`; relation is one of  >  >=  ==."""
    return term("ite", (guard, then, otherwise), relation)


def is_num(candidate: Term, value: int | Fraction | None = None) -> bool:
    """Whether the term is a number (and that number)."""
    return candidate.op == "num" and (value is None or candidate.value == value)


def all_arguments(of: Term) -> tuple[Term, ...]:
    """The arguments of the term: the default notion of what lies below it."""
    return of.args


def postorder(
    root: Term, below: Callable[[Term], tuple[Term, ...]] = all_arguments
) -> Iterator[Term]:
    """Every distinct subterm once, those `below` a term before it; no recursion, any depth."""
    seen: set[Term] = set()
    stack: list[tuple[Term, bool]] = [(root, False)]
    while stack:
        current, ready = stack.pop()
        if ready:
            yield current
        elif current not in seen:
            seen.add(current)
            stack.append((current, True))
            stack.extend((child, False) for child in reversed(below(current)))


def fold(
    root: Term,
    combine: Callable[[Term, list[Result]], Result],
    below: Callable[[Term], tuple[Term, ...]] = all_arguments,
) -> Result:
    """combine(t, results of what is `below` t), bottom-up, once per distinct subterm."""
    done: dict[Term, Result] = {}
    for current in postorder(root, below):
        done[current] = combine(current, [done[child] for child in below(current)])
    return done[root]


def rebuild(original: Term, args: list[Term] | tuple[Term, ...]) -> Term:
    """The same operator on other arguments (the term itself when nothing changed)."""
    new = tuple(args)
    return original if new == original.args else term(original.op, new, original.value)


def size(root: Term) -> int:
    """The number of distinct subterms."""
    return sum(1 for _ in postorder(root))
