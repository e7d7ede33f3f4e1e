"""The search for proof trees: resolve, show domains, add laws, compare; split where a sign is
missing.

Above: `decide`. Below: `sign_search`, `law_search`, `builder`, the checker's sequents.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from symact.checker import signs
from symact.checker.certificate import TermReader
from symact.checker.derivatives import depends, derivative, substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.obligations import interior
from symact.checker.resolve import Unresolved, resolve
from symact.checker.tree import Sequent, at_point, start, substituted
from symact.language.elementary import difference
from symact.language.predicates import Goal
from symact.language.terms import Term, name, num, postorder
from symact.prover.algebra.factoring import factor_form, term_of_monomial, term_of_polynomial
from symact.prover.builder import Builder, Entry, OutOfTime, written
from symact.prover.laws.law_search import Undefined, prepare
from symact.prover.limits.bound_steps import Tools, bound_step, has_bound
from symact.prover.numeric.probing import probe
from symact.prover.positivity.violations import seek_violation
from symact.prover.shapes.floor_search import laws_under_derivatives
from symact.prover.signs.combinations import refute_region
from symact.prover.signs.monotone import differences
from symact.prover.signs.roots import best_wishes
from symact.prover.signs.sign_search import show
from symact.prover.stuck import Stuck
from symact.prover.tables.cut_steps import cut_step, equation_step, show_branches
from symact.prover.witnesses import Values

MAX_CASES_DEPTH = 12
# Splits on a name's sign that are tried only because nothing else worked.
MAX_GUESSES = 2


def prove(sequent: Sequent, deadline: float, depth: int = 0, guesses: int = 0) -> Entry:
    """A proof tree that the checker accepts for the sequent. Fails with Stuck or OutOfTime."""
    builder = Builder(sequent, deadline, depth)
    if depth and refute_region(builder):
        return builder.wrapped({"step": "empty"})
    equation = _solved_equation(builder)
    if equation is not None:
        return builder.wrapped(_substitution(builder, *equation, guesses))
    if 0 < depth < MAX_CASES_DEPTH:
        node = equation_step(builder, lambda case: _one_deeper(case, builder, guesses))
        if node is not None:
            return node
    if has_bound(builder.sequent):
        return bound_step(builder, _tools(guesses))
    laws_under_derivatives(builder, _sides(builder))
    try:
        sides = [resolve(side, builder.region) for side in _sides(builder)]
    except Unresolved as missing:
        return _decide_guard(builder, missing.guard, guesses)
    try:
        return _leaf(builder, sides)
    except Stuck as stuck:
        return _guess(sequent, builder, stuck, guesses)


def _tools(guesses: int) -> Tools:
    return Tools(
        lambda sequent, deadline, depth: prove(sequent, deadline, depth, guesses),
        lambda builder, guard: _decide_guard(builder, guard, guesses),
        lambda builder, on: _split(builder, on, guesses),
    )


def _sides(builder: Builder) -> tuple[Term, Term]:
    return builder.sequent.goal[0], builder.sequent.goal[2]


# -- guards ---------------------------------------------------------------------------------------
def _decide_guard(builder: Builder, guard: Term, guesses: int) -> Entry:
    """Shows the sign of the guard, or splits on it, or on what it depends on."""
    before = builder.region.signs(guard)
    _prepare(builder, [guard])
    if builder.region.signs(guard) != before:
        return builder.wrapped(prove(builder.sequent, builder.deadline, builder.depth, guesses))
    if builder.region.constants.is_constant(guard):
        raise Stuck(guard, "!=")
    for relation in (">", "<", "==", ">=", "<="):
        if show(builder, guard, relation) and builder.region.signs(guard) != before:
            return builder.wrapped(prove(builder.sequent, builder.deadline, builder.depth, guesses))
    show_branches(builder, guard)
    return _split(builder, _better_split(builder, guard), guesses)


def _one_deeper(case: Sequent, builder: Builder, guesses: int) -> Entry:
    return prove(case, builder.deadline, builder.depth + 1, guesses)


def _split(builder: Builder, on: Term, guesses: int) -> Entry:
    if builder.depth >= MAX_CASES_DEPTH:
        raise Stuck(on, "!=")
    _prepare(builder, [on])
    node: Entry = {"step": "split", "on": written(on)}
    for field, known in (
        ("negative", signs.NEGATIVE),
        ("zero", signs.ZERO),
        ("positive", signs.POSITIVE),
    ):
        region = builder.region.copy()
        region.restrict(on, known)
        case = builder.sequent.extended(region)
        node[field] = _one_deeper(case, builder, guesses)
    return builder.wrapped(node)


def _better_split(builder: Builder, guard: Term) -> Term:
    """A simpler term whose sign decides part of the guard's: a factor, or an argument."""
    form = builder.region.normal_form.form(guard)
    found = factor_form(form) if not form.is_zero() else None
    if found is None:
        return guard
    table = form.table
    pieces = [term_of_monomial(((g, Fraction(1)),), Fraction(1), table) for g, _ in found.monomial]
    pieces += [term_of_polynomial(p, table) for p, _ in found.factors]
    unknown = [p for p in pieces if len(builder.region.signs(p)) > 1]
    for piece in unknown:
        inner = _argument_to_split(builder, piece)
        if inner is not None:
            return inner
    return unknown[0] if unknown else guard


def _argument_to_split(builder: Builder, piece: Term) -> Term | None:
    """v - u for a piece c (f(v) - f(u)) with f increasing."""
    form = builder.region.normal_form.form(piece)
    if form.den:
        return None
    for found in differences(builder, form.num):
        gap = difference(found.greater, found.less)
        if len(builder.region.signs(gap)) > 1:
            return _better_split(builder, gap)
    return None


# -- equations ------------------------------------------------------------------------------------
def _solved_equation(builder: Builder) -> tuple[str, Term] | None:
    """(x, v) from a fact c x + d = 0 with c a number and d free of x."""
    for fact, known in builder.region.facts:
        if known != signs.ZERO:
            continue
        form = builder.region.normal_form.form(fact)
        if form.den:
            continue
        for monomial, c in form.num.items():
            if len(monomial) != 1 or monomial[0][1] != 1:
                continue
            generator = form.table.table[monomial[0][0]]
            if generator.kind != "name":
                continue
            rest = {m: -k / c for m, k in form.num.items() if m != monomial}
            value = term_of_polynomial(rest, form.table) if rest else num(0)
            if not depends(value, name(generator.key)):
                return generator.key, value
    return None


def _substitution(builder: Builder, variable: str, value: Term, guesses: int) -> Entry:
    below = substituted(builder.sequent, name(variable), value)
    return {
        "step": "substitute",
        "name": variable,
        "value": written(value),
        "then": prove(below, builder.deadline, builder.depth, guesses),
    }


# -- leaves ---------------------------------------------------------------------------------------
def _leaf(builder: Builder, sides: list[Term]) -> Entry:
    op = builder.sequent.goal[1]
    _prepare(builder, sides)
    gap = difference(*sides)
    if builder.region.holds(gap, op):
        return _closed(builder)
    probe(builder.region, builder.sequent.goal, sides)
    if show(builder, gap, op):
        return _closed(builder)
    if op == "==":
        return builder.wrapped(_by_derivative(builder, sides))
    seek_violation(builder, sides)
    raise Stuck(gap, op)


def _closed(builder: Builder) -> Entry:
    """The goal holds, or what has been learnt meanwhile shows that the region is empty."""
    return builder.wrapped({"step": "empty" if builder.region.is_empty() else "holds"})


def _prepare(builder: Builder, roots: list[Term]) -> None:
    try:
        prepare(builder, roots)
    except Undefined as undefined:
        raise Stuck(undefined.term, undefined.relation) from undefined


def _by_derivative(builder: Builder, sides: list[Term]) -> Entry:
    """Equal derivatives and one equal value, for one of the names."""
    gap = difference(*sides)
    names = sorted({t.value for t in postorder(gap) if t.op == "name"})
    if builder.depth >= MAX_CASES_DEPTH or not _is_transcendental(gap):
        raise Stuck(gap, "==")
    for variable in names:
        for at in _points(builder, variable, names):
            node = _derivative_node(builder, sides, variable, at)
            if node is not None:
                return node
    raise Stuck(gap, "==")


def _is_transcendental(gap: Term) -> bool:
    return any(
        t.op == "call" and t.value[0] in ("log", "atan", "sqrt", "erf") for t in postorder(gap)
    )


def _points(builder: Builder, variable: str, names: list[str]) -> list[Term]:
    """Values of the name that lie in the region, simple ones first."""
    cuts = [f for f in builder.region.restricting if depends(f[0], name(variable))]
    numbers = [num(Fraction(n, d)) for d in (1, 2, 4) for n in (0, 1, -1, 2, -2, 3, -3, 5, -5)]
    others = [name(x) for x in names if x != variable]
    found: list[Term] = []
    for at in [numbers[0], *others, *numbers[1:]]:
        if all(builder.region.signs(substitute(t, name(variable), at)) <= k for t, k in cuts):
            found.append(at)
        if len(found) == 3:
            break
    return found


def _derivative_node(builder: Builder, sides: list[Term], variable: str, at: Term) -> Entry | None:
    sequent, where = builder.sequent, name(variable)
    try:
        for side in sides:
            _prepare(builder, interior(side))
        slopes = derivative(sides[0], where), "==", derivative(sides[1], where)
        below = replace(sequent, goal=slopes).extended(builder.region.copy())
        slope = prove(below, builder.deadline, MAX_CASES_DEPTH)
        value = prove(at_point(sequent, where, at), builder.deadline, MAX_CASES_DEPTH)
    except (Stuck, Rejected, CannotJudge):
        return None
    return {
        "step": "derivative",
        "name": variable,
        "at": written(at),
        "slope": slope,
        "value": value,
    }


# -- guesses --------------------------------------------------------------------------------------
def _guess(sequent: Sequent, builder: Builder, stuck: Stuck, guesses: int) -> Entry:
    """Splits to make a condition readable, or on a name's sign, when stuck."""
    if builder.sequent.pending:
        fresh = Builder(sequent, builder.deadline, builder.depth)
        left, _, right = fresh.sequent.pending[0]
        try:
            resolve(left, fresh.region), resolve(right, fresh.region)
        except Unresolved as missing:
            return _decide_guard(fresh, missing.guard, guesses)
    node = None
    if builder.depth < MAX_CASES_DEPTH:
        node = cut_step(builder, stuck, lambda case: _one_deeper(case, builder, guesses))
    if node is not None:
        return node
    if guesses >= MAX_GUESSES or builder.depth >= MAX_CASES_DEPTH:
        raise stuck
    if not any(
        t.op == "call" and t.value[0] in ("sqrt", "log", "atan") for t in postorder(stuck.term)
    ):
        if stuck.relation == "==":
            raise stuck
    names = sorted({t.value for t in postorder(stuck.term) if t.op == "name"})
    fresh = Builder(sequent, builder.deadline, builder.depth)
    for on in [*best_wishes(builder, stuck.term), *map(name, names)]:
        if len(fresh.region.signs(on)) > 1:
            try:
                return _split(fresh, on, guesses + 1)
            except Stuck:
                continue
    raise stuck


# -- constants ------------------------------------------------------------------------------------
def laws_at(
    goal: Goal, point: Values, relation: int, reader: TermReader, deadline: float
) -> list[Entry]:
    """The laws that bring the constants of a relation at a point to one form, for a witness."""
    left, _, right = goal.relations[relation]
    sides = [left, right]
    for which, value in point.items():
        for i in (0, 1):
            constant = value if isinstance(value, Term) else num(value)
            sides[i] = substitute(sides[i], name(which), constant)
    zero = num(0)
    builder = Builder(start((zero, "==", zero), (), reader), deadline)
    for side in sides:
        laws_under_derivatives(builder, (side,))
        for _ in range(MAX_CASES_DEPTH):
            taken = len(builder.laws_taken())
            try:
                prepare(builder, [resolve(side, builder.region)])
                break
            except Unresolved as missing:
                _prepare_quietly(builder, missing.guard)
                if len(builder.laws_taken()) == taken:
                    break
            except (Undefined, Rejected, CannotJudge, OutOfTime):
                break
    return builder.laws_taken()


def _prepare_quietly(builder: Builder, guard: Term) -> None:
    with suppress(Undefined, Rejected, CannotJudge, OutOfTime):
        prepare(builder, [guard])
