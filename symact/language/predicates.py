"""What a claim says: conditions and relations between core terms, for all values of its free names.

Every predicate is *defined by a relation* here, and a proof shows that relation; no other module
knows a predicate's name.

Above: prover and checker. Below: `unfold`, `claims`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from symact.language.claims import Claim, Membership, Predicate, RealSet, Relation
from symact.language.elementary import difference, negative
from symact.language.functions import Array, Function, Value
from symact.language.layers import roots
from symact.language.lists import ShapeError, broadcast
from symact.language.shapes import Points, sized
from symact.language.terms import Term, add, ite, mul, name, num, postorder
from symact.language.unfold import Unfolder, Unsupported
from symact.language.vocabulary import Vocabulary

Triple = tuple[Term, str, Term]


@dataclass(frozen=True)
class Goal:
    """For all real values of the names: conditions imply every relation.

    relations   (left, op, right) core terms, all of which are to hold
    conditions  (left, op, right) core terms that restrict the values
    integral    names that range over "Naturals" or "Integers" only
    """

    relations: tuple[Triple, ...]
    conditions: tuple[Triple, ...]
    integral: tuple[tuple[str, str], ...]

    def names(self) -> tuple[str, ...]:
        """The free names, sorted; each ranges over the reals unless `integral` says otherwise."""
        terms = [side for a, _, b in self.relations + self.conditions for side in (a, b)]
        found = {t.value for root in terms for t in postorder(root) if t.op == "name"}
        found.update(which for which, _ in self.integral)
        return tuple(sorted(x for x in found if not x.startswith("'")))


def goal_of(
    claim: Claim,
    vocabulary: Vocabulary,
    lists: Mapping[str, Value] | None = None,
    points: Points | None = None,
) -> Goal:
    """The meaning of a claim (without its `not`). Fails with Unsupported or ShapeError.

    lists   what the names of matrices and vectors stand for; without it the claim fixes every
            size, and they stand for lists of real names
    points  how to make the arguments at which functions are compared, when those are lists
    """
    if lists is None:
        lists, points = sized(claim, vocabulary)
    memberships = [c for c in claim.conditions if isinstance(c, Membership)]
    integral = tuple(
        (m.name, m.set.kind) for m in memberships if m.set.kind in ("Naturals", "Integers")
    )
    naturals = frozenset(n for n, kind in integral if kind == "Naturals")
    integers = frozenset(n for n, _ in integral)
    unfolder = Unfolder(vocabulary, naturals, lists, integers)
    fresh = _Fresh(free_names(claim) | _names_in(tuple(lists.values())), points)
    conditions: list[Triple] = []
    for condition in claim.conditions:
        if isinstance(condition, Membership):
            conditions.extend(_inside(unfolder, name(condition.name), condition.set))
        else:
            conditions.extend(_relation(unfolder, condition, None))
    if isinstance(claim.statement, Relation):
        return Goal(
            tuple(_relation(unfolder, claim.statement, fresh)),
            tuple(conditions),
            integral,
        )
    relations, more = _predicate(unfolder, claim.statement, fresh)
    return Goal(tuple(relations), tuple(conditions + more), integral)


def free_names(claim: Claim) -> set[str]:
    """The names that no lambda of the claim binds: fresh names must avoid them."""
    found: set[str] = set()
    stack = [(root, frozenset[str]()) for root in roots(claim)]
    while stack:
        node, bound = stack.pop()
        if node.op == "name" and node.value not in bound:
            found.add(node.value)
        inner = bound | set(node.value) if node.op == "lambda" else bound
        stack.extend((arg, inner) for arg in node.args)
    return found


def _names_in(value: Value) -> set[str]:
    """The names that occur in an unfolded value."""
    if isinstance(value, Term):
        return {t.value for t in postorder(value) if t.op == "name"}
    return set().union(*map(_names_in, value)) if isinstance(value, tuple) else set()


def _inside(unfolder: Unfolder, member: Term, domain: RealSet) -> Iterator[Triple]:
    """The relations that say member in domain."""
    if domain.kind == "Naturals":
        yield member, ">=", num(0)
    for bound, strict, wide, openness, beyond in (
        (domain.lower, ">", ">=", domain.lower_open, -1),
        (domain.upper, "<", "<=", domain.upper_open, 1),
    ):
        if bound is not None and _infinite(bound) == -beyond:
            raise ShapeError("an interval that ends there is empty")
        if bound is not None and not _infinite(bound):
            yield member, strict if openness else wide, unfolder.real(bound, unfolder.base)


def _infinite(bound: Term) -> int:
    """1 for oo, -1 for -oo, 0 for a number."""
    inner = bound.args[0] if bound.op == "neg" else bound
    infinite = inner.op == "const" and inner.value == "oo"
    return (-1 if bound.op == "neg" else 1) if infinite else 0


# -- relations ------------------------------------------------------------------------------------
class _Fresh:
    """New names, and new arguments of functions."""

    def __init__(self, used: set[str], points: Points | None) -> None:
        self.used, self.points = used, points

    def real(self, letter: str) -> Term:
        """A new real name: the letter, with as many underscores as it takes."""
        while letter in self.used:
            letter += "_"
        self.used.add(letter)
        return name(letter)

    def argument(self, letter: str, width: int | None, position: int = 0) -> Value:
        """A new argument: a real name, or a list of `width`, unless `points` says otherwise."""
        if self.points is not None:
            return self.points(position, letter, self.real)
        if width is not None:
            return tuple(self.real(f"{letter}{i + 1}") for i in range(width))
        return self.real(letter)


def _relation(unfolder: Unfolder, relation: Relation, fresh: _Fresh | None) -> Iterator[Triple]:
    """The relations between reals that the chain says; without `fresh`, not about functions."""
    sides = [unfolder.value(side, unfolder.base) for side in relation.sides]
    for left, op, right in zip(sides, relation.ops, sides[1:], strict=False):
        yield from _compare(left, op, right, fresh)


def _compare(left: Value, op: str, right: Value, fresh: _Fresh | None) -> Iterator[Triple]:
    """Reals compare as they are; lists entry by entry; functions at every argument (only ==)."""
    if isinstance(left, Function) and isinstance(right, Function):
        if fresh is None:
            raise Unsupported("functions cannot be compared in a condition")
        if op != "==" or left.arity != right.arity:
            raise Unsupported(
                "functions can only be compared with ==, at equal numbers of arguments"
            )
        width = left.width if left.width is not None else right.width
        points = [fresh.argument("xyzuv"[i % 5], width, i) for i in range(left.arity)]
        yield from _compare(left(*points), op, right(*points), fresh)
    elif isinstance(left, Array):
        if op != "==":
            raise Unsupported("matrices can only be compared with ==")
        yield from left.equations(right)
    elif isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            raise ShapeError(f"lists of lengths {len(left)} and {len(right)}")
        if op != "==":
            raise Unsupported("lists can only be compared with ==")
        for a, b in zip(left, right, strict=True):
            yield from _compare(a, op, b, fresh)
    elif isinstance(left, Term) and isinstance(right, Term):
        yield left, op, right
    else:
        raise ShapeError("a real, a list and a function cannot be compared with one another")


# -- predicates -----------------------------------------------------------------------------------
class _Setting:
    """What the definitions below need: function, further arguments, fresh points, domain."""

    def __init__(self, unfolder: Unfolder, predicate: Predicate, fresh: _Fresh) -> None:
        self.f = unfolder.function(predicate.args[0], unfolder.base)
        if self.f.arity != 1:
            raise Unsupported(f"{predicate.name} is about functions of one argument")
        self.numbers = [unfolder.real(arg, unfolder.base) for arg in predicate.args[1:]]
        self.fresh, self.unfolder, self.domain = fresh, unfolder, predicate.on
        self.conditions: list[Triple] = []
        self.relations: list[Triple] = []

    def point(self, letter: str) -> Value:
        """A fresh argument of f, in the domain."""
        return self.inside(self.fresh.argument(letter, self.f.width))

    def origin(self) -> Value:
        """The argument 0 of f."""
        aside = _Fresh(set(self.fresh.used), self.fresh.points)
        return broadcast(lambda _: num(0), [aside.argument("x", self.f.width)])

    def inside(self, value: Value) -> Value:
        """The value itself, noting that it lies in the domain `on`."""
        if self.domain is not None:
            if not isinstance(value, Term):
                raise Unsupported("on= is for functions of a real number")
            if self.domain.kind in ("Naturals", "Integers"):
                raise Unsupported("no strategy for on= a set of whole numbers yet")
            self.conditions.extend(_inside(self.unfolder, value, self.domain))
        return value

    def claim(self, left: Value, op: str, right: Value) -> None:
        """Adds a relation to be shown."""
        self.relations.extend(_compare(left, op, right, self.fresh))


def _combine(rule: Callable[..., Term], *values: Value) -> Value:
    return broadcast(rule, values)


def _additive(s: _Setting) -> None:
    x, y = s.point("x"), s.point("y")
    s.claim(s.f(s.inside(_combine(add, x, y))), "==", _combine(add, s.f(x), s.f(y)))


def _scaling(sign: bool) -> Callable[[_Setting], None]:
    def define(s: _Setting) -> None:
        c, x = s.fresh.real("c"), s.point("x")
        if sign:
            s.conditions.append((c, ">=", num(0)))
        s.claim(s.f(s.inside(_combine(mul, c, x))), "==", _combine(mul, c, s.f(x)))

    return define


def _linear(s: _Setting) -> None:
    _additive(s)
    _scaling(sign=False)(s)


def _affine(s: _Setting) -> None:
    f, zero = s.f, s.origin()
    s.f = Function(lambda x: _combine(difference, f(x), f(zero)), width=f.width)
    _linear(s)


def _odd(s: _Setting) -> None:
    x = s.point("x")
    s.claim(s.f(s.inside(_combine(negative, x))), "==", _combine(negative, s.f(x)))


def _even(s: _Setting) -> None:
    x = s.point("x")
    s.claim(s.f(s.inside(_combine(negative, x))), "==", s.f(x))


def _periodic(s: _Setting) -> None:
    x = s.point("x")
    s.claim(s.f(s.inside(_combine(add, x, s.numbers[0]))), "==", s.f(x))


def _ordered(op: str) -> Callable[[_Setting], None]:
    def define(s: _Setting) -> None:
        x, y = s.point("x"), s.point("y")
        s.conditions.extend(_compare(x, "<", y, s.fresh))
        s.claim(s.f(x), op, s.f(y))

    return define


def _chord(op: str) -> Callable[[_Setting], None]:
    def define(s: _Setting) -> None:
        x, y, t = s.point("x"), s.point("y"), s.fresh.real("t")
        s.conditions.extend([(t, ">", num(0)), (t, "<", num(1)), *_compare(x, "<", y, s.fresh)])
        rest = difference(num(1), t)
        between = _combine(add, _combine(mul, t, x), _combine(mul, rest, y))
        s.claim(
            s.f(between), op, _combine(add, _combine(mul, t, s.f(x)), _combine(mul, rest, s.f(y)))
        )

    return define


def _lipschitz(s: _Setting) -> None:
    x, y = s.point("x"), s.point("y")
    if not (isinstance(x, Term) and isinstance(y, Term)):
        raise Unsupported("lipschitz is about functions of a real number for now")
    distance = _absolute(difference(x, y))
    change = _combine(lambda a, b: _absolute(difference(a, b)), s.f(x), s.f(y))
    s.claim(change, "<=", mul(s.numbers[0], distance))


def _absolute(value: Term) -> Term:
    return ite(">=", value, value, negative(value))


def _bounded(s: _Setting) -> None:
    if len(s.numbers) != 2:
        raise Unsupported("no strategy for the existence of a bound yet")
    value = s.f(s.point("x"))
    s.claim(s.numbers[0], "<=", value)
    s.claim(value, "<=", s.numbers[1])


DEFINITIONS: dict[str, Callable[[_Setting], None]] = {
    "additive": _additive,
    "homogeneous": _scaling(sign=False),
    "positively_homogeneous": _scaling(sign=True),
    "linear": _linear,
    "affine": _affine,
    "odd": _odd,
    "even": _even,
    "periodic": _periodic,
    "increasing": _ordered("<="),
    "strictly_increasing": _ordered("<"),
    "decreasing": _ordered(">="),
    "strictly_decreasing": _ordered(">"),
    "convex": _chord("<="),
    "strictly_convex": _chord("<"),
    "concave": _chord(">="),
    "strictly_concave": _chord(">"),
    "lipschitz": _lipschitz,
    "bounded": _bounded,
}


def _predicate(
    unfolder: Unfolder, predicate: Predicate, fresh: _Fresh
) -> tuple[list[Triple], list[Triple]]:
    """The relations and conditions that define the predicate for its function."""
    define = DEFINITIONS.get(predicate.name)
    if define is None:
        raise Unsupported(f"no strategy for {predicate.name} yet")
    setting = _Setting(unfolder, predicate, fresh)
    define(setting)
    return setting.relations, setting.conditions
