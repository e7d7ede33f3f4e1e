"""Linear equations whose coefficients are forms without the variable: constants and parameters.

    Σ_j c_j a_ij = b_i          for unknown c_j free of z

Above: `antiderivatives`. Below: the checker's forms.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker import polynomials as poly
from symact.checker.forms import Form, Generators
from symact.checker.polynomials import Key, Monomial

Row = dict[int, Form]  # unknown -> coefficient; NO_UNKNOWN -> the right side
NO_UNKNOWN = -1


def equations(columns: list[Form], right: Form, varying: set[int]) -> list[Row]:
    """The rows of Σ c_j columns_j = right, compared at each monomial of the varying generators."""
    table = right.table
    forms = dict(enumerate(columns)) | {NO_UNKNOWN: right}
    common = common_denominator(list(forms.values()))
    rows: dict[Monomial, Row] = {}
    for j, form in forms.items():
        for outer, inner in _by_monomial(numerator_over(form, common), varying).items():
            rows.setdefault(outer, {})[j] = Form(table, inner, {})
    return list(rows.values())


def common_denominator(forms: list[Form]) -> dict[Key, int]:
    """The least product of the denominators' own factors that all of them divide."""
    common: dict[Key, int] = {}
    for form in forms:
        for factor, exponent in form.den.items():
            common[factor] = max(common.get(factor, 0), exponent)
    return common


def numerator_over(form: Form, common: dict[Key, int]) -> poly.Polynomial:
    """The N with form = N / common."""
    result = Form(form.table, form.num, {})
    for factor, exponent in common.items():
        for _ in range(exponent - form.den.get(factor, 0)):
            result = result * Form(form.table, dict(factor), {})
    return result.num


def _by_monomial(polynomial: poly.Polynomial, varying: set[int]) -> dict[Monomial, poly.Polynomial]:
    """The coefficients, free of the varying generators, of the monomials in these."""
    found: dict[Monomial, poly.Polynomial] = {}
    for monomial, coefficient in polynomial.items():
        outer = tuple((g, e) for g, e in monomial if g in varying)
        inner = tuple((g, e) for g, e in monomial if g not in varying)
        part = found.setdefault(outer, {})
        part[inner] = part.get(inner, Fraction(0)) + coefficient
    return found


def solve(rows: list[Row], unknowns: int, table: Generators) -> list[Form] | None:
    """One solution, free unknowns being 0; None when there is none."""
    waiting = [row for row in map(_tidy, rows) if row]
    solved: list[tuple[int, Row]] = []
    while waiting:
        waiting.sort(key=_cost)
        row = waiting.pop(0)
        pivot = _pivot(row)
        if pivot is None:
            return None  # 0 = b with b != 0
        inverse = row[pivot].inverse()
        row = _tidy({j: a * inverse for j, a in row.items() if j != pivot})
        solved.append((pivot, row))
        waiting = [r for r in (_eliminated(other, pivot, row) for other in waiting) if r]
    zero = table.number(Fraction(0))
    values = [zero] * unknowns
    for pivot, row in reversed(solved):
        total = row.get(NO_UNKNOWN, zero)
        for j, a in row.items():
            if j != NO_UNKNOWN and not values[j].is_zero():
                total = total - a * values[j]
        values[pivot] = total
    return values


def _tidy(row: Row) -> Row:
    return {j: a for j, a in row.items() if not a.is_zero()}


def _cost(row: Row) -> tuple[int, int]:
    """Short rows first: those with one unknown, then those with simple coefficients."""
    unknowns = [a for j, a in row.items() if j != NO_UNKNOWN]
    return len(unknowns), min((len(a.num) + len(a.den) for a in unknowns), default=0)


def _pivot(row: Row) -> int | None:
    """The unknown with the simplest coefficient."""
    choices = [(len(a.num) + 2 * len(a.den), -j) for j, a in row.items() if j != NO_UNKNOWN]
    return -min(choices)[1] if choices else None


def _eliminated(row: Row, pivot: int, solved: Row) -> Row:
    """The row without the pivot: c_pivot = b - Σ a_j c_j is put in."""
    if pivot not in row:
        return row
    factor = row[pivot]
    result = {j: a for j, a in row.items() if j != pivot}
    for j, a in solved.items():
        change = factor * a
        result[j] = result[j] - change if j in result else -change
    return _tidy(result)
