"""What each predicate says, as relations between values at points: the definitions once more.

The new names x, y, t, c are those that a witness speaks of.

Above: `statements`. Below: `settings`, `calculus`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flint import fmpq

from tests.soundness import calculus
from tests.soundness.balls import Undefined, Unknown, Value, compare, sign
from tests.soundness.reading import Compiled, Env
from tests.soundness.settings import Setting

SMOOTH_ORDER = 4  # derivatives looked at for `smooth`

Definition = Callable[[Setting, Compiled, list[Compiled]], None]


def _additive(s: Setting, f: Compiled, _: Any) -> None:
    x, y = s.argument("x"), s.argument("y")
    s.lies(lambda e: e[x] + e[y])
    s.claim(lambda e: f(e)(e[x] + e[y]), "==", lambda e: f(e)(e[x]) + f(e)(e[y]))


def _scaling(positive: bool) -> Definition:
    def define(s: Setting, f: Compiled, _: Any) -> None:
        c, x = s.name("c"), s.argument("x")
        if positive:
            s.given(lambda e: e[c], ">=", lambda _: fmpq(0))
        s.lies(lambda e: e[c] * e[x])
        s.claim(lambda e: f(e)(e[c] * e[x]), "==", lambda e: e[c] * f(e)(e[x]))

    return define


def _linear(s: Setting, f: Compiled, numbers: Any) -> None:
    _additive(s, f, numbers)
    _scaling(positive=False)(s, f, numbers)


def _affine(s: Setting, f: Compiled, numbers: Any) -> None:
    def shifted(env: Env) -> Value:
        g = f(env)
        return lambda v: g(v) - g(fmpq(0))

    _linear(s, shifted, numbers)


def _parity(factor: int) -> Definition:
    def define(s: Setting, f: Compiled, _: Any) -> None:
        x = s.argument("x")
        s.lies(lambda e: -e[x])
        s.claim(lambda e: f(e)(-e[x]), "==", lambda e: f(e)(e[x]) * factor)

    return define


def _periodic(s: Setting, f: Compiled, numbers: list[Compiled]) -> None:
    x, period = s.argument("x"), numbers[0]
    s.lies(lambda e: e[x] + period(e))
    s.claim(lambda e: f(e)(e[x] + period(e)), "==", lambda e: f(e)(e[x]))


def _ordered(op: str) -> Definition:
    def define(s: Setting, f: Compiled, _: Any) -> None:
        x, y = s.argument("x"), s.argument("y")
        s.given(lambda e: e[x], "<", lambda e: e[y])
        s.claim(lambda e: f(e)(e[x]), op, lambda e: f(e)(e[y]))
        s.margins.append((_plain(f), 1, 1 if op[0] == "<" else -1))

    return define


def _chord(op: str) -> Definition:
    def define(s: Setting, f: Compiled, _: Any) -> None:
        x, y, t = s.argument("x"), s.argument("y"), s.name("t")
        s.given(lambda _: fmpq(0), "<", lambda e: e[t])
        s.given(lambda e: e[t], "<", lambda _: fmpq(1))
        s.given(lambda e: e[x], "<", lambda e: e[y])
        s.claim(
            lambda e: f(e)(e[t] * e[x] + (1 - e[t]) * e[y]),
            op,
            lambda e: e[t] * f(e)(e[x]) + (1 - e[t]) * f(e)(e[y]),
        )
        s.margins.append((_plain(f), 2, 1 if op[0] == "<" else -1))

    return define


def _lipschitz(s: Setting, f: Compiled, numbers: list[Compiled]) -> None:
    x, y, bound = s.argument("x"), s.argument("y"), numbers[0]
    s.claim(lambda e: _abs(f(e)(e[x]) - f(e)(e[y])), "<=", lambda e: bound(e) * _abs(e[x] - e[y]))
    s.margins.append((lambda v: bound({}) * v + f({})(v), 1, 1))
    s.margins.append((lambda v: bound({}) * v - f({})(v), 1, 1))


def _plain(f: Compiled) -> Callable[[Value], Value]:
    """The function itself, when the claim has no other names."""

    def function(value: Value) -> Value:
        return f({})(value)

    return function


def _abs(value: Value) -> Value:
    try:
        return value if sign(value) >= 0 else -value
    except Unknown:
        return abs(value)


def _bounded(s: Setting, f: Compiled, numbers: list[Compiled]) -> None:
    x = s.argument("x")
    if len(numbers) != 2:
        s.checks.append(_unknown)
        return
    low, high = numbers
    s.claim(low, "<=", lambda e: f(e)(e[x]))
    s.claim(lambda e: f(e)(e[x]), "<=", high)
    s.margins.append((lambda v: f({})(v) - low({}), 0, 1))
    s.margins.append((lambda v: high({}) - f({})(v), 0, 1))


def _unknown(_: Env) -> bool | None:
    return None


def _regular(order: int | None) -> Definition:
    """Expansions from both sides agree up to the order; None: the number in the claim, or 1."""

    def define(s: Setting, f: Compiled, _: Any) -> None:
        x = s.argument("x")
        least = order if order is not None else int(s.whole[0]) if s.whole else 1
        s.checks.append(lambda e: _agree(f(e), e[x], least) if s.within(e[x]) else None)

    return define


def _agree(function: Callable[[Value], Value], at: Value, order: int) -> bool | None:
    """False when the function has a value at the point and certainly no such expansion."""
    try:
        function(at)
    except (Undefined, Unknown):
        return None
    try:
        calculus.local(function, at, order)
    except Undefined:
        return False
    except Unknown:
        return None
    return True


def _continuous(s: Setting, f: Compiled, _: Any) -> None:
    x = s.argument("x")
    s.checks.append(lambda e: _connected(f(e), e[x]) if s.within(e[x]) else None)


def _connected(function: Callable[[Value], Value], at: Value) -> bool | None:
    """False when a limit from one side certainly differs from the value."""
    try:
        value = function(at)
        sides = [calculus.beside(function, at, 1, side)[0] for side in (1, -1)]
    except (Undefined, Unknown):
        return None
    results = [compare(jet.c[0], "==", value) for jet in sides]
    return False if False in results else None if None in results else True


def _injective(s: Setting, f: Compiled, _: Any) -> None:
    x, y = s.argument("x"), s.argument("y")
    s.given(lambda e: e[x], "!=", lambda e: e[y])
    s.claim(lambda e: f(e)(e[x]), "!=", lambda e: f(e)(e[y]))
    s.margins += [(_plain(f), 1, 1), (_plain(f), 1, -1)]


def _range(s: Setting, f: Compiled, _: Any) -> None:
    """The values lie in the set; that they fill it is known by construction only."""
    target, s.domain = s.domain, None
    x = s.name("x")

    def inside(env: Env) -> bool | None:
        try:
            value = f(env)(env[x])
        except Undefined:
            return None
        except Unknown:
            return None
        return target.contains(value) if target is not None and not target.whole else None

    s.checks += [inside, _unknown]


def _beyond(s: Setting, _: Compiled, __: Any) -> None:
    s.argument("x")
    s.checks.append(_unknown)


PREDICATES: Mapping[str, Definition] = {
    "additive": _additive,
    "homogeneous": _scaling(positive=False),
    "positively_homogeneous": _scaling(positive=True),
    "linear": _linear,
    "affine": _affine,
    "odd": _parity(-1),
    "even": _parity(1),
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
    "continuous": _continuous,
    "differentiable": _regular(None),
    "smooth": _regular(SMOOTH_ORDER),
    "injective": _injective,
    "polynomial": _beyond,
    "universal": _beyond,
    "range": _range,
}
