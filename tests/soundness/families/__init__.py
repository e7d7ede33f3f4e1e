"""Families of random claims: each is a function from a source of chance to a claim and its truth.

    truth: "true" and "false" by construction, "open" where looking has to decide, "vacuous"

A number of the run makes one claim, whatever else is made: `claim("0/17")` is always the same.

Above: `run`. Below: the modules of this folder.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

from tests.soundness.families import (
    calculus,
    conditions,
    growth,
    identities,
    inequalities,
    lines,
    mutants,
    networks,
    numbers,
    polynomials,
    properties,
    several,
    tight,
)
from tests.soundness.families.words import Chance, Draft
from tests.soundness.judge import FALSE, TRUE, Claim

Family = Callable[[Chance], Draft]

# how often a family is drawn, in parts
_WEIGHTS: Mapping[Family, int] = {
    identities.rewritten: 4, identities.rewritten_of_two: 2, identities.moved: 3,
    identities.not_strict: 3, identities.scaled: 2, identities.unlike: 2,
    identities.powers_of_sums: 1, identities.undefined: 4, identities.at_kinks: 2,
    inequalities.tangent: 4, inequalities.ranged: 4, inequalities.squares: 3,
    inequalities.compared_to_itself: 4, inequalities.random_pair: 5, inequalities.slopes: 3,
    tight.least_value: 4, tight.on_interval: 2, tight.shape: 4, tight.turning_point: 3,
    tight.root: 2, tight.beside_a_kink: 2,
    growth.ratio: 4, growth.far: 3, growth.remainder: 3,
    networks.collapse: 1, networks.stacked: 1, networks.hidden: 1,
    polynomials.quadratic: 4, polynomials.quadratic_on: 2, polynomials.cubic: 2,
    polynomials.bend: 2, polynomials.form: 2, polynomials.roots: 1, polynomials.between_roots: 2,
    lines.shape: 4, lines.with_jump: 2, lines.constant: 2, lines.least: 2, lines.image: 2,
    lines.values_and_slopes: 3, lines.two_ways: 2,
    properties.shape: 5, properties.shape_on: 4, properties.shape_of_any: 5,
    properties.lipschitz: 4, properties.bounded: 3, properties.image: 4, properties.smoothness: 3,
    properties.orders: 2, properties.kinds: 2, properties.periodic: 2,
    calculus.chain_rule: 3, calculus.product_rule: 2, calculus.slope_bounds: 4,
    calculus.limits: 4, calculus.limit_of_continuous: 2, calculus.antiderivative: 3,
    calculus.integrals: 3, calculus.integral_bounds: 1, calculus.series: 2,
    calculus.polynomial_derivatives: 1, calculus.parameter: 1, calculus.kinks: 3,
    conditions.vacuous: 4, conditions.narrowed: 3, conditions.implied: 3, conditions.excluded: 2,
    conditions.irrational_hole: 2, conditions.equal_points: 2,
    several.classical: 4, several.substituted: 2, several.chords: 3, several.ordered: 3,
    several.equations: 3, several.additive: 3, several.conditional: 3,
    numbers.rounded: 4, numbers.exact: 2, numbers.absurd: 5, numbers.near_integers: 2,
    numbers.comparisons: 2,
    mutants.unchanged: 2, mutants.token: 12, mutants.condition: 3, mutants.both_sides: 3,
}  # fmt: skip
_CHANGED_TEXTS = (mutants.token, mutants.condition, mutants.both_sides)


def title(family: Family) -> str:
    """The name by which a report speaks of a family."""
    return f"{family.__module__.rpartition('.')[2]}.{family.__name__}"


FAMILIES: Mapping[str, Family] = {title(family): family for family in _WEIGHTS}
_NAMES, _PARTS = list(FAMILIES), list(_WEIGHTS.values())


def claim(number: str, family: str = "") -> Claim:
    """The claim of this number, of one family or any. Never fails, and always makes the same."""
    chance = random.Random(f"soundness {number} {family}")
    name = family or chance.choices(_NAMES, _PARTS)[0]
    text, truth = FAMILIES[name](chance)
    if chance.random() < 0.25:
        text, truth = chance.choice(_TURNS)(chance, text, truth)
    return Claim(text, truth, name, number, FAMILIES[name] in _CHANGED_TEXTS)


# -- the same claim said otherwise ----------------------------------------------------------------
def _negated(_: Chance, text: str, truth: str) -> Draft:
    """not S: true where S is false."""
    if text.startswith("not "):
        return text, truth
    return f"not {text}", {TRUE: FALSE, FALSE: TRUE}.get(truth, truth)


def _renamed(chance: Chance, text: str, truth: str) -> Draft:
    """Another letter for x."""
    letter = chance.choice("suvw")
    if re.search(rf"\b{letter}\b", text):
        return text, truth
    return re.sub(r"\bx\b", letter, text), truth


def _crossed(chance: Chance, text: str, truth: str) -> Draft:
    """A condition more, which is always true."""
    condition = chance.choice(("1 < 2", "q in Reals", "q > 0", "n_ in Naturals"))
    joint = ", " if " where " in text else " where "
    return f"{text}{joint}{condition}", truth


def _swapped(_: Chance, text: str, truth: str) -> Draft:
    """b >= a for a <= b, when there is one relation."""
    statement, where, given = text.partition(" where ")
    parts = re.split(r" (<=|>=|==|!=|<|>) ", statement)
    if len(parts) != 3 or any(
        word in statement for word in ("lambda", "range", "piecewise", "not ")
    ):
        return text, truth
    mirrored = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(parts[1], parts[1])
    return f"{parts[2]} {mirrored} {parts[0]}{where}{given}", truth


_TURNS = (_negated, _negated, _renamed, _crossed, _swapped)
