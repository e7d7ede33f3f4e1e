"""What SymPy is asked about a claim of tests/claims/shapes_*.txt, and in which process.

Above: `shapes`, which describes the questions. Below: SymPy, and symact's bridge to it.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

NO_QUESTION = "(symact only)"
WARM_SECONDS = 60.0


# -- what is asked --------------------------------------------------------------------------------
def task_of(claim: Any) -> str:
    """The row of the table that the claim belongs to."""
    from symact.language.claims import Predicate

    statement = claim.statement
    if not isinstance(statement, Predicate):
        return _task_of_relation(claim)
    task = TASKS.get(statement.name, NO_QUESTION)
    return task if len(_names(claim)) == 1 and not claim.conditions else NO_QUESTION


def _task_of_relation(claim: Any) -> str:
    from symact.language.terms import postorder

    sides = claim.statement.sides
    operators = {part.op for side in sides for part in postorder(side)}
    if sides[0].op == "limit" and len(sides) == 2 and claim.statement.ops == ("==",):
        return "limit"
    if operators & {"limit", "integral", "list"} or set(claim.statement.ops) & {"==", "!="}:
        return NO_QUESTION
    return "extremum" if len(_names(claim)) == 1 else NO_QUESTION


TASKS = {
    "increasing": "order",
    "decreasing": "order",
    "strictly_increasing": "order",
    "strictly_decreasing": "order",
    "convex": "convexity",
    "concave": "convexity",
    "range": "range",
    "bounded": "range",
    "lipschitz": "extremum",
}


def _names(claim: Any) -> set[str]:
    """The names that a claim is about; the variable of its function is called 'x here."""
    from symact.language.claims import Predicate
    from symact.language.predicates import free_names

    return free_names(claim) | ({"'x"} if isinstance(claim.statement, Predicate) else set())


# -- SymPy ----------------------------------------------------------------------------------------
def with_sympy(text: str) -> bool | None:
    """Whether the claim is true by SymPy's word; None when it gives none. Fails as SymPy does."""
    from symact import parse

    claim = parse(text)
    answer = ASKED[task_of(claim)](claim)
    return answer if answer is None else bool(answer) != claim.negated


def _function(claim: Any) -> tuple[Any, Any, Any]:
    """(expression, variable, domain) of the function that a predicate is about."""
    import sympy

    from symact import to_sympy
    from symact.language.terms import name, term

    surface, on = claim.statement.args[0], claim.statement.on
    if surface.op == "lambda":
        variable, body = surface.value[0], surface.args[0]
    else:
        functions = surface.args if surface.op == "compose" else (surface,)
        variable, body = "x", name("x")
        for inner in functions:
            body = term("call", (body, *inner.args), inner.value)
    domain = sympy.S.Reals if on is None else _set(on)
    return to_sympy(body, expand=True).doit(), sympy.Symbol(variable, real=True), domain


def _set(real_set: Any) -> Any:
    """The set with ends as SymPy would write them: the bridge evaluates nothing."""
    import sympy

    from symact import to_sympy

    found = to_sympy(real_set)
    if not isinstance(found, sympy.Interval):
        return found
    ends = (found.start.doit(), found.end.doit())
    return sympy.Interval(*ends, left_open=found.left_open, right_open=found.right_open)


def _order(claim: Any) -> Any:
    import sympy

    expression, variable, domain = _function(claim)
    asked = getattr(sympy, f"is_{claim.statement.name}")
    return asked(expression, domain, variable)


def _convexity(claim: Any) -> Any:
    from sympy.calculus.util import is_convex

    expression, variable, domain = _function(claim)
    sign = 1 if claim.statement.name == "convex" else -1
    return is_convex(sign * expression, variable, domain=domain)


def _range(claim: Any) -> Any:
    import sympy
    from sympy.calculus.util import function_range

    from symact import to_sympy

    if claim.statement.name == "range":
        expression, variable, _ = _function(claim)
        return function_range(expression, variable, sympy.S.Reals) == _set(claim.statement.on)
    expression, variable, domain = _function(claim)
    image = function_range(expression, variable, domain)
    if len(claim.statement.args) == 1:
        return _known(sympy.And(image.inf.is_finite, image.sup.is_finite))
    lower, upper = (to_sympy(end, expand=True).doit() for end in claim.statement.args[1:])
    return image.is_subset(sympy.Interval(lower, upper))


def _known(answer: Any) -> bool | None:
    return {"True": True, "False": False}.get(str(answer))


def _extremum(claim: Any) -> Any:
    import sympy
    from sympy.calculus.util import function_range, maximum, minimum

    from symact import to_sympy

    if hasattr(claim.statement, "args"):
        expression, variable, domain = _function(claim)
        slope = maximum(sympy.Abs(sympy.diff(expression, variable)), variable, domain)
        return _known(
            sympy.simplify(slope <= to_sympy(claim.statement.args[1], expand=True).doit())
        )
    (variable,) = (sympy.Symbol(name, real=True) for name in _names(claim))
    domain = sympy.S.Reals
    for condition in claim.conditions:
        domain = domain.intersect(to_sympy(condition).doit().as_set())
    answers = []
    for left, op, right in claim.statement.pairs():
        low, high = (right, left) if op.startswith(">") else (left, right)
        gap = (to_sympy(high, expand=True) - to_sympy(low, expand=True)).doit()
        if op in ("<=", ">="):
            answers.append(_known(sympy.simplify(minimum(gap, variable, domain) >= 0)))
        else:
            image = function_range(gap, variable, domain)
            answers.append(image.is_subset(sympy.Interval.open(0, sympy.oo)))
    return False if False in answers else None if None in answers else True


def _limit(claim: Any) -> Any:
    import sympy

    from symact import to_sympy

    left, right = (to_sympy(side, expand=True) for side in claim.statement.sides)
    expression, variable, at = left.args[:3]
    side = str(left.args[3]) if at.is_finite and claim.statement.sides[0].value else "+-"
    positive = {
        symbol: sympy.Symbol(symbol.name, positive=True)
        for condition in map(to_sympy, claim.conditions)
        for symbol in condition.free_symbols
        if condition == (symbol > 0)
    }
    try:
        found = sympy.limit(
            expression.doit().subs(positive), variable, at, side if at.is_finite else "+"
        )
    except ValueError as problem:
        if "does not exist" in str(problem):
            return False
        raise
    if found.has(sympy.Limit):
        return None
    if not found.is_finite:
        return False if found.is_infinite or found.has(sympy.AccumBounds) else None
    return (found - right.doit().subs(positive)).equals(0)


ASKED: dict[str, Callable[[Any], Any]] = {
    "order": _order,
    "convexity": _convexity,
    "range": _range,
    "extremum": _extremum,
    "limit": _limit,
}


def _serve(pipe: Connection) -> None:
    """Answers claims until there are no more."""
    import sympy

    while True:
        text = pipe.recv()
        sympy.core.cache.clear_cache()
        begun = time.perf_counter()
        try:
            told = with_sympy(text)
            answer = "none" if told is None else "proved" if told else "refuted"
        except Exception as problem:
            answer = f"error: {type(problem).__name__}"
        pipe.send((answer, time.perf_counter() - begun))


class Worker:
    """SymPy in a process of its own, started anew when it is late."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self.pipe, other = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=_serve, args=(other,), daemon=True)
        self.process.start()
        self.ask("increasing(identity)", WARM_SECONDS)

    def ask(self, text: str, seconds: float) -> tuple[str, float]:
        """The answer and its time. Never fails."""
        self.pipe.send(text)
        try:
            if self.pipe.poll(seconds):
                found: tuple[str, float] = self.pipe.recv()
                return found
        except EOFError:
            pass
        self.stop()
        self._start()
        return "late", seconds

    def stop(self) -> None:
        """Ends the process."""
        self.process.kill()
        self.process.join()
