"""The search for sign proofs: factor, then for each factor structure, monotone functions, squares,
conjugates, and exact linear programs over products of known facts.

Above: `law_search`, `cases`. Below: `builder`, `factoring`, `linear_programs`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.forms import Form
from symact.checker.polynomials import Monomial, Polynomial
from symact.checker.signs import SIGNS, Signs
from symact.language.elementary import difference
from symact.language.terms import Term, add, call, const, mul, num, power
from symact.prover.builder import Builder, Factors, written
from symact.prover.factoring import (
    factor_form,
    term_of_form,
    term_of_monomial,
    term_of_polynomial,
)
from symact.prover.linear_programs import solve

MAX_SEARCH_DEPTH = 4
MAX_PAIRED = 9  # facts of which all products of two are tried
NAMES_OF_SIGNS = {known: relation for relation, known in SIGNS.items()}
RANGED = ("sin", "cos", "erf", "atan")


def show(builder: Builder, term: Term, relation: str, depth: int = 0) -> bool:
    """Whether `term relation 0` is known, after adding what facts it takes; False: none found."""
    region = builder.region
    if region.holds(term, relation):
        return True
    form = region.normal_form.form(term)
    if form.is_zero() or depth > MAX_SEARCH_DEPTH:
        return False
    found = factor_form(form)
    if found is None:
        return False
    table = form.table
    factors: Factors = [(term_of_polynomial(p, table), e) for p, e in found.factors]
    for (polynomial, exponent), (factor, _) in zip(found.factors, factors, strict=True):
        if exponent % 2 or relation in (">", "<", "!="):
            _show_any(builder, polynomial, factor, depth, exponent % 2 == 0)
    if region.holds(term, relation):
        return True
    for g, e in found.monomial:
        unit = term_of_monomial(((g, Fraction(1)),), Fraction(1), table)
        kind = table.table[g].kind
        if kind == "exp":
            factors.append((term_of_monomial(((g, e),), Fraction(1), table), 1))
            continue
        if kind not in ("name", "const"):
            _show_any(builder, {((g, Fraction(1)),): Fraction(1)}, unit, depth, e % 2 == 0)
        factors.append((unit, int(e)))
    if len(factors) != 1 or factors[0][1] != 1 or found.scale != 1:
        known = signs.of_number(found.scale)
        for factor, exponent in factors:
            sign = signs.to_power(region.signs(factor), Fraction(exponent))
            known = signs.multiplied(known, sign)
        if known and known <= SIGNS[relation] and _defined(builder, factors):
            builder.learn_products(term, NAMES_OF_SIGNS[known], [(found.scale, factors)])
    if region.holds(term, relation):
        return True
    return _by_linear_program(builder, term, form, relation)


def _defined(builder: Builder, factors: Factors) -> bool:
    return all(builder.region.holds(u, "!=") for u, k in factors if k < 0)


def _show_any(
    builder: Builder, polynomial: Polynomial, term: Term, depth: int, nonzero_is_enough: bool
) -> None:
    """Tries to learn a definite sign of an irreducible factor."""
    known = builder.region.signs(term)
    if len(known) == 1 or (nonzero_is_enough and 0 not in known):
        return
    for attempt in (_by_monotone, _by_squares, _by_program, _by_conjugate):
        if attempt(builder, polynomial, term, depth):
            return


# -- monotone functions ---------------------------------------------------------------------------
def _by_monotone(builder: Builder, polynomial: Polynomial, term: Term, depth: int) -> bool:
    """c (f(v) - f(u)): the sign of v - u."""
    table = builder.region.normal_form.generators
    for function, less, greater, scale in differences(builder, polynomial):
        if function == "log" and less.op == "call":
            exponential_of_logarithm(
                builder, less, builder.region.normal_form.form(less.args[0])
            )
        gap = difference(greater, less)
        for relation in (">", "<", "==", ">=", "<="):
            if show(builder, gap, relation, depth + 1):
                _plain_values(builder, function, less, greater)
                core = difference(call(function, greater), call(function, less))
                body = {
                    "function": function,
                    "less": written(less),
                    "greater": written(greater),
                }
                if not builder.learn(core, relation, {"monotone": body}):
                    continue
                turned = relation if scale > 0 else NAMES_OF_SIGNS[signs.negated(SIGNS[relation])]
                return builder.learn_products(term, turned, [(scale, [(core, 1)])])
    return False


def _plain_values(builder: Builder, function: str, *arguments: Term) -> None:
    """Laws for exp(w + log q), log(1), log(exp w), erf(0) and atan(0) among the values used."""
    for argument in arguments:
        value = call(function, argument)
        form = builder.region.normal_form.form(argument)
        if function in ("erf", "atan") and form.is_zero():
            builder.law("value", value, multiple=0)
        elif function == "log" and argument.op == "num" and argument.value == 1:
            builder.law("log", value, exp="0", factors=[])
        elif function == "log" and argument.op == "call" and argument.value[0] == "exp":
            builder.law("log", value, exp=written(argument.args[0]), factors=[])
        elif function == "exp":
            exponential_of_logarithm(builder, value, form)


def exponential_of_logarithm(builder: Builder, value: Term, form: Form) -> None:
    """exp(w + Σ k/2 log q) = exp(w) Π q^(k/2)."""
    rest: Polynomial = {}
    factors = []
    for monomial, c in form.num.items():
        generator = form.table.table[monomial[0][0]] if len(monomial) == 1 else None
        if generator is not None and generator.kind == "log" and generator.argument is not None:
            if monomial[0][1] == 1 and (2 * c).denominator == 1 and not form.den:
                factors.append([written(term_of_form(generator.argument)), int(2 * c)])
                continue
        rest[monomial] = c
    if factors:
        exponent = term_of_form(Form(form.table, rest, form.den))
        builder.law("exp", value, exp=written(exponent), factors=factors)


def differences(
    builder: Builder, polynomial: Polynomial
) -> Iterator[tuple[str, Term, Term, Fraction]]:
    """(f, u, v, c) with polynomial = c (f(v) - f(u)) for an increasing f."""
    table = builder.region.normal_form.generators
    rows = list(polynomial.items())
    kinds = {table.table[g].kind for m, _ in rows for g, _ in m}
    if len(rows) == 1 and len(rows[0][0]) == 1:
        ((generator, exponent),), scale = rows[0]
        kind = table.table[generator].kind
        argument = table.table[generator].argument
        if kind in ("log", "erf", "atan") and exponent == 1 and argument is not None:
            start = num(1) if kind == "log" else num(0)
            yield kind, start, term_of_form(argument), scale
    for monomial, scale in rows:
        generator = table.table[monomial[0][0]] if len(monomial) == 1 else None
        if generator is None or generator.kind != "log" or monomial[0][1] != 1:
            continue
        if generator.argument is None or len(rows) == 1 or _is_number(generator.argument):
            continue
        rest = {m: -c / scale for m, c in rows if m != monomial}
        if all(g != monomial[0][0] for m in rest for g, _ in m):
            bound = call("exp", term_of_polynomial(rest, table))
            yield "log", bound, term_of_form(generator.argument), scale
            return
    if len(rows) != 2:
        return
    (m1, c1), (m2, c2) = rows
    if kinds == {"exp"} and c1 * c2 < 0:
        u, v = (_exponent(builder, m) for m in (m1, m2))
        if c1 == -c2:
            yield "exp", v, u, c1
        elif poly.ONE in (m1, m2):
            (mono, c), other = ((m1, c1), c2) if m2 == poly.ONE else ((m2, c2), c1)
            yield "exp", call("log", num(-other / c)), _exponent(builder, mono), c
    elif c1 == -c2 and len(m1) == len(m2) == 1 and m1[0][1] == m2[0][1] == 1:
        first, second = (table.table[m[0][0]] for m in (m1, m2))
        if first.kind == second.kind and first.kind in ("log", "erf", "atan", "sqrt"):
            if first.argument is not None and second.argument is not None:
                yield first.kind, term_of_form(second.argument), term_of_form(first.argument), c1


def _is_number(form: Form) -> bool:
    """Whether the form is a rational number."""
    return not form.den and all(m == poly.ONE for m in form.num)


def _exponent(builder: Builder, monomial: Monomial) -> Term:
    """The u with monomial = exp(u), for a product of powers of exponentials."""
    table = builder.region.normal_form.generators
    summands = []
    for generator, exponent in monomial:
        argument = table.table[generator].argument
        if argument is not None:
            scaled = Form(table, poly.scaled(argument.num, exponent), argument.den)
            summands.append(term_of_form(scaled))
    return add(*summands)


# -- squares --------------------------------------------------------------------------------------
def _by_squares(builder: Builder, polynomial: Polynomial, term: Term, depth: int) -> bool:
    """±p = Σ a_i h_i^2 + rest, completing one square after another."""
    table = builder.region.normal_form.generators
    for scale in (1, -1):
        squares = _completed({m: c * scale for m, c in polynomial.items()})
        if squares is None:
            continue
        parts, rest = squares
        summands = [
            (a * scale, [(term_of_polynomial(h, table), 2)]) for a, h in parts
        ]
        known: list[Signs] = [SIGNS[">="]] * len(parts)
        for monomial, c in rest.items():
            piece = term_of_monomial(monomial, Fraction(1), table)
            summands.append((c * scale, [(piece, 1)]))
            known.append(
                signs.multiplied(signs.of_number(c), builder.region.signs(piece))
            )
        total = signs.added(known)
        if total and total <= SIGNS[">="]:
            sign = total if scale > 0 else signs.negated(total)
            return builder.learn_products(term, NAMES_OF_SIGNS[sign], summands)
    return False


def _completed(
    polynomial: Polynomial,
) -> tuple[list[tuple[Fraction, Polynomial]], Polynomial] | None:
    """p = Σ a h^2 + rest with a > 0; None when nothing was completed."""
    parts: list[tuple[Fraction, Polynomial]] = []
    rest = dict(polynomial)
    for _ in range(len(polynomial)):
        chosen = next(
            (m for m, c in sorted(rest.items(), reverse=True) if c > 0 and _is_square(m) and m and
             _has_cross(rest, m)),
            None,
        )
        if chosen is None:
            break
        lead = rest[chosen]
        root = tuple((g, e / 2) for g, e in chosen)
        inverse = poly.raised(root, -1)
        half: Polynomial = {root: Fraction(1)}
        for m, c in rest.items():
            cross = poly.times(m, inverse)
            if m != chosen and _is_cross(m, root):
                half[cross] = c / (2 * lead)
        rest = poly.plus(rest, poly.scaled(poly.product(half, half), lead), Fraction(-1))
        parts.append((lead, half))
    return (parts, rest) if parts else None


def _is_square(monomial: Monomial) -> bool:
    return all((e / 2).denominator == 1 for _, e in monomial)


def _is_cross(monomial: Monomial, root: Monomial) -> bool:
    """Whether monomial = root · (something of lower degree, with whole exponents >= 0)."""
    quotient = dict(poly.times(monomial, poly.raised(root, -1)))
    return all(e >= 0 and e.denominator == 1 for e in quotient.values()) and all(
        quotient.get(g, Fraction(0)) < e for g, e in root
    )


def _has_cross(polynomial: Polynomial, square: Monomial) -> bool:
    root = tuple((g, e / 2) for g, e in square)
    return any(m != square and _is_cross(m, root) for m in polynomial)


# -- conjugates -----------------------------------------------------------------------------------
def _by_conjugate(builder: Builder, polynomial: Polynomial, term: Term, depth: int) -> bool:
    """a + b sqrt(u) = (a^2 - b^2 u) / (a - b sqrt(u)) when both of those have known signs."""
    region = builder.region
    table = region.normal_form.generators
    roots = {g for m in polynomial for g, e in m if table.table[g].kind == "sqrt"}
    for root in roots:
        flipped = {m: (-c if any(g == root for g, _ in m) else c) for m, c in polynomial.items()}
        conjugate = term_of_polynomial(flipped, table)
        norm = _plain(builder, mul(term, conjugate))
        if _by_norm(builder, polynomial, term, root, norm, depth):
            return True
        if 0 in region.signs(conjugate) or len(region.signs(conjugate)) != 1:
            continue
        if not any(show(builder, norm, relation, depth + 1) for relation in (">", "<")):
            continue
        known = signs.multiplied(region.signs(norm), region.signs(conjugate))
        quotient: Factors = [(norm, 1), (conjugate, -1)]
        return builder.learn_products(term, NAMES_OF_SIGNS[known], [(Fraction(1), quotient)])
    return False


def _by_norm(
    builder: Builder, polynomial: Polynomial, term: Term, root: int, norm: Term, depth: int
) -> bool:
    """p = a + b s, s = sqrt(u):  p = (p^2 + q) / (2 b s)  with q = b^2 u - a^2 > 0."""
    table = builder.region.normal_form.generators
    slope = {
        tuple(pair for pair in m if pair[0] != root): c
        for m, c in polynomial.items()
        if any(g == root for g, _ in m)
    }
    negative = _plain(builder, mul(num(-1), norm))
    below = mul(
        term_of_polynomial(slope, table),
        term_of_monomial(((root, Fraction(1)),), Fraction(1), table),
    )
    known = builder.region.signs(below)
    if known not in (signs.POSITIVE, signs.NEGATIVE):
        return False
    if not show(builder, negative, ">", depth + 1):
        return False
    half = Fraction(1, 2)
    summands: list[tuple[Fraction, Factors]] = [
        (half, [(below, -1), (term, 2)]),
        (half, [(below, -1), (negative, 1)]),
    ]
    return builder.learn_products(term, NAMES_OF_SIGNS[known], summands)


def _plain(builder: Builder, term: Term) -> Term:
    """The term multiplied out, when it is a polynomial in the generators."""
    form = builder.region.normal_form.form(term)
    return term if form.den or form.is_zero() else term_of_polynomial(form.num, form.table)


# -- linear programs ------------------------------------------------------------------------------
def _by_program(builder: Builder, polynomial: Polynomial, term: Term, depth: int) -> bool:
    form = Form(builder.region.normal_form.generators, polynomial, {})
    return any(_by_linear_program(builder, term, form, relation) for relation in (">", "<"))


def _by_linear_program(builder: Builder, term: Term, form: Form, relation: str) -> bool:
    """±t = Σ λ_k P_k with λ >= 0 over products P_k of facts known to be positive or nonnegative."""
    if form.den or relation in ("!=",):
        return False
    turn = -1 if relation in ("<", "<=") else 1
    target = poly.scaled(form.num, Fraction(turn)) if form.num else {}
    blocks = _blocks(builder, form)
    if relation == "==":
        blocks = [b for b in blocks if b[2] == signs.ZERO]
    found = _combination(target, blocks)
    if found is None:
        return False
    summands = [(coefficient * turn, factors) for coefficient, factors, _ in found]
    known = signs.added([k for _, _, k in found])
    if not known:
        return False
    sign = known if turn > 0 else signs.negated(known)
    if not sign <= SIGNS[relation] and not (sign <= SIGNS[">="] or sign <= SIGNS["<="]):
        return False
    return builder.learn_products(term, NAMES_OF_SIGNS[sign], summands) and builder.region.holds(
        term, relation
    )


Block = tuple[Polynomial, Factors, Signs]


def _blocks(builder: Builder, form: Form) -> list[Block]:
    """Products of at most two known facts, as polynomials, with their signs (>= 0, or = 0)."""
    region = builder.region
    simple: list[Block] = []
    seen: set[poly.Key] = set()
    for term in [*(t for t, _ in region.facts), *_atoms(builder, form)]:
        known, here = region.signs(term), region.normal_form.form(term)
        if here.den or here.is_zero() or not known or len(here.num) > 40:
            continue
        flip = known <= SIGNS["<="] and known != signs.ZERO
        if not (flip or known <= SIGNS[">="]):
            continue
        polynomial = poly.scaled(here.num, Fraction(-1)) if flip else here.num
        factors: Factors = [(num(-1), 1), (term, 1)] if flip else [(term, 1)]
        if poly.key(polynomial) not in seen:
            seen.add(poly.key(polynomial))
            simple.append((polynomial, factors, signs.negated(known) if flip else known))
    blocks: list[Block] = [(poly.constant(Fraction(1)), [], signs.POSITIVE), *simple]
    if len(simple) <= MAX_PAIRED:
        for (p, f, s), (q, g, t) in combinations_with_replacement(simple, 2):
            blocks.append((poly.product(p, q), [*f, *g], signs.multiplied(s, t)))
    zero = [b for b in simple if b[2] == signs.ZERO]
    blocks.extend((poly.scaled(p, Fraction(-1)), [(num(-1), 1), *f], s) for p, f, s in zero)
    return blocks


def _atoms(builder: Builder, form: Form) -> list[Term]:
    """Terms of known sign that the generators of the form bring along."""
    table = form.table
    atoms: list[Term] = []
    for generator in sorted({g for m in form.num for g, _ in m}):
        unit = term_of_monomial(((generator, Fraction(1)),), Fraction(1), table)
        kind = table.table[generator].kind
        atoms.append(unit)
        if kind in RANGED and unit.op == "call":
            bound = mul(num(Fraction(1, 2)), const("pi")) if kind == "atan" else num(1)
            for side in (1, -1):
                inside = add(bound, mul(num(-side), unit))
                if len(builder.region.signs(inside)) > 2:
                    body = {"function": kind, "of": written(unit.args[0]), "side": side}
                    builder.learn(inside, ">" if kind in ("erf", "atan") else ">=", {"range": body})
                atoms.append(inside)
        elif kind == "name" and any(e >= 2 for m in form.num for g, e in m if g == generator):
            atoms.append(power(unit, num(2)))
    return atoms


def _combination(
    target: Polynomial, blocks: list[Block]
) -> list[tuple[Fraction, Factors, Signs]] | None:
    """Nonnegative multiples of blocks that sum to the target, one of them strict if possible."""
    monomials = sorted({m for p, _, _ in blocks for m in p} | set(target))
    if not monomials or len(blocks) > 120 or len(monomials) > 80:
        return None
    columns = [[p.get(m, Fraction(0)) for m in monomials] for p, _, _ in blocks]
    strict = [k for k, (_, _, s) in enumerate(blocks) if s == signs.POSITIVE]
    solution = solve(columns, [target.get(m, Fraction(0)) for m in monomials], strict)
    if solution is None:
        return None
    return [
        (amount, factors, known)
        for amount, (_, factors, known) in zip(solution, blocks, strict=True)
        if amount
    ]


def refute_region(builder: Builder) -> bool:
    """Whether the facts contradict each other, after adding a fact that shows it."""
    region = builder.region
    if region.is_empty():
        return True
    zero = region.normal_form.form(num(0))
    blocks = _blocks(builder, zero)
    found = _combination({}, blocks)
    if not found or signs.added([known for _, _, known in found]) != signs.POSITIVE:
        return False
    strict = next(i for i, (_, _, known) in enumerate(found) if known == signs.POSITIVE)
    amount, factors, _ = found[strict]
    rest = [(-a / amount, f) for i, (a, f, _) in enumerate(found) if i != strict]
    product = mul(*(power(u, num(k)) for u, k in factors))
    return builder.learn_products(product, "<=", rest) and region.is_empty()
