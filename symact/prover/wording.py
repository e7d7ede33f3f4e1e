"""What happens at a witness, in words: which side has no value, or what both sides are.

Above: `decide`, `matrices`. Below: `evaluate`, the checker's rule for witnesses.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symact.checker.certificate import TermReader
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.laws import assume_law
from symact.checker.region import Region
from symact.checker.resolve import resolve
from symact.checker.witness import at, is_undefined
from symact.language.elementary import rational_of
from symact.language.predicates import Goal
from symact.language.printer import print_term
from symact.language.terms import Term, name, num
from symact.prover.numeric.evaluate import UNKNOWN, Program, precision

DIGITS = 6
SIDES = ("left", "right")


def at_witness(goal: Goal, body: dict[str, Any], reader: TermReader) -> str:
    """One line on the relation that fails; "counterexample" when there is nothing better to say."""
    region = Region()
    try:
        for law in body["laws"]:
            assume_law(region, law, reader)
        values = {name(x): reader.term(v) for x, v in body["values"].items()}
        left, _, right = at(goal.relations[body["relation"]], values)
        missing = [
            side
            for side, term in zip(SIDES, (left, right), strict=True)
            if _has_no_value(term, region)
        ]
        if missing:
            which = " and the ".join(missing)
            return f"the {which} side {'have' if len(missing) > 1 else 'has'} no value there"
        written = [_value(resolve(term, region)) for term in (left, right)]
    except (Rejected, CannotJudge):
        return "counterexample"
    return f"left side {written[0]}, right side {written[1]}"


def _has_no_value(term: Term, region: Region) -> bool:
    try:
        return is_undefined(resolve(term, region), region)
    except (Rejected, CannotJudge):
        return False


def _value(term: Term) -> str:
    """`= 3/4`, or `≈ 0.761594` for what is not written as a rational number."""
    number = rational_of(term)
    if number is not None and max(abs(number.numerator), number.denominator) < 10**DIGITS:
        return f"= {print_term(num(Fraction(number)))}"
    with precision(64):
        (ball,) = Program([term]).run({})
        if ball is None or ball is UNKNOWN:
            raise CannotJudge("no value to show")
        return f"≈ {ball.str(DIGITS, radius=False)}"


def denial_in_words(because: dict[str, Any]) -> str:
    """Why a property, or a relation about limits and integrals, fails; one line."""
    if "missing" in because:
        return "a limit or an integral does not exist"
    if "relation" in because:
        return "the opposite relation is proved"
    ((word, fields),) = because.items()
    return _DENIALS[word].format(**{field: fields[field] for field in fields})


_DENIALS = {
    "no value": "the function has no value at {at}",
    "jump": "the value at {at} is not the limit there",
    "other limit": "the value at {at} is not the limit there, {value}",
    "growth": "the function is unbounded",
    "derivative": "no derivative of order {order} at {at}",
    "outside": "the value at {at} lies outside",
    "equal": "the values at {at[0]} and {at[1]} are equal",
    "turn": "the values turn between {at[0]}, {at[1]} and {at[2]}",
    "missed": "{value} is no value of the function",
    "no polynomial": "the function is no polynomial",
    "is polynomial": "the function is a polynomial",
    "nearly polynomial": "the function is a polynomial but at some points",
}
