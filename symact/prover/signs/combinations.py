"""Signs by exact linear programs: ±t = Σ λ_k P_k, λ >= 0, over products P_k of known facts.

For polyhedra this is Farkas' lemma and complete; with products of two facts it reaches further.

Above: `sign_search`, `cases`. Below: `linear_programs`, `builder`, `factoring`.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement

from symact.checker import polynomials as poly
from symact.checker import signs
from symact.checker.forms import Form
from symact.checker.polynomials import Polynomial
from symact.checker.signs import SIGNS, Signs
from symact.language.terms import Term, add, const, mul, num, power
from symact.prover.algebra.factoring import term_of_monomial
from symact.prover.algebra.linear_programs import solve
from symact.prover.builder import NAMES_OF_SIGNS, Builder, Factors, Show, Summands, written

MAX_PAIRED = 9  # facts of which all products of two are tried
MAX_BLOCKS, MAX_MONOMIALS, MAX_FACT = 120, 80, 40  # larger programs are not tried
# f with the bound that |f| stays below (strictly for erf and atan).
BOUNDS = {
    "sin": (num(1), ">="),
    "cos": (num(1), ">="),
    "erf": (num(1), ">"),
    "atan": (mul(num(Fraction(1, 2)), const("pi")), ">"),
}

Known = tuple[Polynomial, Factors, Signs]
Combination = list[tuple[Fraction, Factors, Signs]]


def show_by_program(
    builder: Builder, polynomial: Polynomial, term: Term, _show: Show, _depth: int
) -> bool:
    """A strict sign of an irreducible factor."""
    form = Form(builder.region.normal_form.generators, polynomial, {})
    return any(show_by_combination(builder, term, form, relation) for relation in (">", "<"))


def show_by_combination(builder: Builder, term: Term, form: Form, relation: str) -> bool:
    """Whether `term relation 0` follows, after adding the fact."""
    if form.den or relation == "!=":
        return False
    turn = -1 if relation in ("<", "<=") else 1
    blocks = _blocks(builder, form)
    if relation == "==":
        blocks = [block for block in blocks if block[2] == signs.ZERO]
    found = _combination(poly.scaled(form.num, Fraction(turn)), blocks)
    if not found:
        return False
    known = signs.added([k for _, _, k in found])
    sign = known if turn > 0 else signs.negated(known)
    summands: Summands = [(amount * turn, factors) for amount, factors, _ in found]
    builder.learn_products(term, NAMES_OF_SIGNS[sign], summands)
    return builder.region.holds(term, relation)


def refute_region(builder: Builder) -> bool:
    """Whether the facts contradict each other, after adding a fact that shows it."""
    region = builder.region
    if region.is_empty():
        return True
    found = _combination({}, _blocks(builder, region.normal_form.form(num(0))))
    if not found or signs.added([known for _, _, known in found]) != signs.POSITIVE:
        return False
    strict = next(i for i, (_, _, known) in enumerate(found) if known == signs.POSITIVE)
    amount, factors, _ = found[strict]
    rest: Summands = [(-a / amount, f) for i, (a, f, _) in enumerate(found) if i != strict]
    product = mul(*(power(u, num(k)) for u, k in factors))
    return builder.learn_products(product, "<=", rest) and region.is_empty()


# -- what to combine ------------------------------------------------------------------------------
def _blocks(builder: Builder, form: Form) -> list[Known]:
    """Products of at most two known facts, as polynomials, with their signs (>= 0, or = 0)."""
    simple: dict[poly.Key, Known] = {}
    for term in [*(t for t, _ in builder.region.facts), *atoms(builder, form)]:
        block = known_product(builder, term)
        if block is not None:
            simple.setdefault(poly.key(block[0]), block)
    single = list(simple.values())
    blocks: list[Known] = [(poly.constant(Fraction(1)), [], signs.POSITIVE), *single]
    if len(single) <= MAX_PAIRED:
        for (p, f, s), (q, g, t) in combinations_with_replacement(single, 2):
            blocks.append((poly.product(p, q), [*f, *g], signs.multiplied(s, t)))
    zero = [block for block in single if block[2] == signs.ZERO]
    blocks += [(poly.scaled(p, Fraction(-1)), [(num(-1), 1), *f], s) for p, f, s in zero]
    return blocks


def known_product(builder: Builder, term: Term) -> Known | None:
    """The term turned to be >= 0, if its sign allows and it is a polynomial of moderate size."""
    known, form = builder.region.signs(term), builder.region.normal_form.form(term)
    if form.den or form.is_zero() or not known or len(form.num) > MAX_FACT:
        return None
    if known <= SIGNS[">="]:
        return form.num, [(term, 1)], known
    if known <= SIGNS["<="]:
        turned: Factors = [(num(-1), 1), (term, 1)]
        return poly.scaled(form.num, Fraction(-1)), turned, signs.negated(known)
    return None


def atoms(builder: Builder, form: Form) -> list[Term]:
    """Terms of known sign that the generators of the form bring along."""
    table = form.table
    found: list[Term] = []
    for generator in sorted({g for m in form.num for g, _ in m}):
        unit = term_of_monomial(((generator, Fraction(1)),), Fraction(1), table)
        kind = table.table[generator].kind
        found.append(unit)
        if kind in BOUNDS and unit.op == "call":
            found += [_bounded(builder, kind, unit, side) for side in (1, -1)]
        elif kind == "name" and any(g == generator and e >= 2 for m in form.num for g, e in m):
            found.append(power(unit, num(2)))
    return found


def _bounded(builder: Builder, function: str, value: Term, side: int) -> Term:
    """bound - side · f(u), learnt to be positive or nonnegative."""
    bound, relation = BOUNDS[function]
    inside = add(bound, mul(num(-side), value))
    if not builder.region.holds(inside, relation):
        body = {"function": function, "of": written(value.args[0]), "side": side}
        builder.learn(inside, relation, {"range": body})
    return inside


def _combination(target: Polynomial, blocks: list[Known]) -> Combination | None:
    """Nonnegative multiples of blocks that sum to the target, one of them strict if possible."""
    monomials = sorted({m for p, _, _ in blocks for m in p} | set(target))
    if not monomials or len(blocks) > MAX_BLOCKS or len(monomials) > MAX_MONOMIALS:
        return None
    columns = [[p.get(m, Fraction(0)) for m in monomials] for p, _, _ in blocks]
    strict = [k for k, (_, _, s) in enumerate(blocks) if s == signs.POSITIVE]
    solution = solve(columns, [target.get(m, Fraction(0)) for m in monomials], strict)
    if solution is None:
        return None
    return [(a, f, s) for a, (_, f, s) in zip(solution, blocks, strict=True) if a]
