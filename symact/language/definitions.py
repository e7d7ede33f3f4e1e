"""The definition of every predicate: relations that are to hold, or a property of the whole
function.

No other module knows a predicate's name.

Above: `predicates`. Below: `relations`, `properties`, `unfold`.
"""

from __future__ import annotations

from collections.abc import Callable

from symact.language.claims import Predicate
from symact.language.elementary import difference, negative
from symact.language.functions import Function, Value
from symact.language.lists import broadcast
from symact.language.properties import Property, domain_of
from symact.language.relations import Fresh, Triple, compare, inside
from symact.language.terms import Term, add, ite, mul, num
from symact.language.unfold import Unfolder, Unsupported

MAX_ORDER = 1_000  # of a derivative that is asked to exist


class Setting:
    """What the definitions below need: function, further arguments, fresh points, domain."""

    def __init__(self, unfolder: Unfolder, predicate: Predicate, fresh: Fresh) -> None:
        self.f = unfolder.function(predicate.args[0], unfolder.base)
        if self.f.arity != 1:
            raise Unsupported(f"{predicate.name} is about functions of one argument")
        self.numbers = [unfolder.real(arg, unfolder.base) for arg in predicate.args[1:]]
        self.fresh, self.unfolder, self.domain = fresh, unfolder, predicate.on
        self.conditions: list[Triple] = []
        self.relations: list[Triple] = []
        self.property: Property | None = None

    def point(self, letter: str) -> Value:
        """A fresh argument of f, in the domain."""
        return self.inside(self.fresh.argument(letter, self.f.width))

    def origin(self) -> Value:
        """The argument 0 of f."""
        aside = Fresh(set(self.fresh.used), self.fresh.points)
        return broadcast(lambda _: num(0), [aside.argument("x", self.f.width)])

    def inside(self, value: Value) -> Value:
        """The value itself, noting that it lies in the domain `on`."""
        if self.domain is not None:
            if not isinstance(value, Term):
                raise Unsupported("on= is for functions of a real number")
            if self.domain.kind in ("Naturals", "Integers"):
                raise Unsupported("no strategy for on= a set of whole numbers yet")
            self.conditions.extend(inside(self.unfolder, value, self.domain))
        return value

    def claim(self, left: Value, op: str, right: Value) -> None:
        """Adds a relation to be shown."""
        self.relations.extend(compare(left, op, right, self.fresh))


def _combine(rule: Callable[..., Term], *values: Value) -> Value:
    return broadcast(rule, values)


def _additive(s: Setting) -> None:
    x, y = s.point("x"), s.point("y")
    s.claim(s.f(s.inside(_combine(add, x, y))), "==", _combine(add, s.f(x), s.f(y)))


def _scaling(sign: bool) -> Callable[[Setting], None]:
    def define(s: Setting) -> None:
        c, x = s.fresh.real("c"), s.point("x")
        if sign:
            s.conditions.append((c, ">=", num(0)))
        s.claim(s.f(s.inside(_combine(mul, c, x))), "==", _combine(mul, c, s.f(x)))

    return define


def _linear(s: Setting) -> None:
    _additive(s)
    _scaling(sign=False)(s)


def _affine(s: Setting) -> None:
    f, zero = s.f, s.origin()
    s.f = Function(lambda x: _combine(difference, f(x), f(zero)), width=f.width)
    _linear(s)


def _odd(s: Setting) -> None:
    x = s.point("x")
    s.claim(s.f(s.inside(_combine(negative, x))), "==", _combine(negative, s.f(x)))


def _even(s: Setting) -> None:
    x = s.point("x")
    s.claim(s.f(s.inside(_combine(negative, x))), "==", s.f(x))


def _periodic(s: Setting) -> None:
    x = s.point("x")
    s.claim(s.f(s.inside(_combine(add, x, s.numbers[0]))), "==", s.f(x))


def _ordered(op: str) -> Callable[[Setting], None]:
    def define(s: Setting) -> None:
        x, y = s.point("x"), s.point("y")
        s.conditions.extend(compare(x, "<", y, s.fresh))
        s.claim(s.f(x), op, s.f(y))

    return define


def _chord(op: str) -> Callable[[Setting], None]:
    def define(s: Setting) -> None:
        x, y, t = s.point("x"), s.point("y"), s.fresh.real("t")
        s.conditions.extend([(t, ">", num(0)), (t, "<", num(1)), *compare(x, "<", y, s.fresh)])
        rest = difference(num(1), t)
        between = _combine(add, _combine(mul, t, x), _combine(mul, rest, y))
        s.claim(
            s.f(between), op, _combine(add, _combine(mul, t, s.f(x)), _combine(mul, rest, s.f(y)))
        )

    return define


def _lipschitz(s: Setting) -> None:
    x, y = s.point("x"), s.point("y")
    if not (isinstance(x, Term) and isinstance(y, Term)):
        raise Unsupported("lipschitz is about functions of a real number for now")
    distance = _absolute(difference(x, y))
    change = _combine(lambda a, b: _absolute(difference(a, b)), s.f(x), s.f(y))
    s.claim(change, "<=", mul(s.numbers[0], distance))


def _absolute(value: Term) -> Term:
    return ite(">=", value, value, negative(value))


def _differentiable(s: Setting) -> None:
    x = s.point("x")
    order = s.numbers[0].value if s.numbers else 1
    if not isinstance(x, Term) or (s.numbers and s.numbers[0].op != "num"):
        raise Unsupported("differentiable is about functions of a real number, a number of times")
    if order.denominator != 1 or not 0 <= order <= MAX_ORDER:
        raise Unsupported(f"differentiable takes a whole number up to {MAX_ORDER}")
    value = s.f(x)
    s.conditions.extend(compare(value, "==", value, s.fresh))
    slope = s.unfolder.derivative_at(s.f, int(order), x)
    s.claim(slope, "==", slope)


def _whole(kind: str) -> Callable[[Setting], None]:
    """A property of the function as a whole, which no relation between its values says."""

    def define(s: Setting) -> None:
        variable = s.fresh.real("x")
        value = s.f(variable)
        if not isinstance(value, Term) or s.f.width is not None:
            raise Unsupported(f"{kind} is about functions from reals to reals")
        if kind == "universal" and s.domain is not None:
            raise Unsupported("universal is about functions on all reals")
        everywhere = domain_of(None if kind == "range" else s.domain, s.unfolder)
        image = domain_of(s.domain, s.unfolder) if kind == "range" else None
        s.property = Property(kind, value, variable, everywhere, image)

    return define


def _bounded(s: Setting) -> None:
    if not s.numbers:
        _whole("bounded")(s)
        return
    value = s.f(s.point("x"))
    s.claim(s.numbers[0], "<=", value)
    s.claim(value, "<=", s.numbers[1])


DEFINITIONS: dict[str, Callable[[Setting], None]] = {
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
    "differentiable": _differentiable,
    **{
        kind: _whole(kind)
        for kind in ("continuous", "smooth", "injective", "range", "polynomial", "universal")
    },
}


def defined(unfolder: Unfolder, predicate: Predicate, fresh: Fresh) -> Setting:
    """The relations, conditions and property that define the predicate for its function."""
    setting = Setting(unfolder, predicate, fresh)
    DEFINITIONS[predicate.name](setting)
    return setting
