"""Claims and SymPy: relations, conditions, sets and predicates both ways.

Above: `sympy_bridge`. Below: `to_sympy`, `from_sympy`, `language.claims`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sympy
from sympy.logic.boolalg import Boolean, BooleanAtom

from symact.explain.bridge_conditions import Comparison, chain
from symact.explain.bridge_symbols import Names, conditions_on
from symact.explain.bridge_tables import SIGNS, BridgeError, shown
from symact.explain.from_sympy import term_from_sympy
from symact.explain.to_sympy import (
    Assumptions,
    chain_to_sympy,
    list_names,
    relation_to_sympy,
    term_to_sympy,
)
from symact.language.claims import Claim, Membership, Predicate, RealSet, Relation
from symact.language.terms import Term, name, num
from symact.language.vocabulary import Vocabulary

Condition = Relation | Membership

_SETS: Final[Mapping[str, Any]] = {
    "Reals": sympy.S.Reals,
    "Naturals": sympy.S.Naturals0,
    "Integers": sympy.S.Integers,
}
_INTEGRAL: Final[Mapping[str, Mapping[str, bool]]] = {  # the stronger kind comes last and wins
    "Integers": {"integer": True},
    "Naturals": {"integer": True, "nonnegative": True},
}


@dataclass(frozen=True)
class SympyClaim:
    """A claim whose terms are SymPy expressions.

    relations   the adjacent pairs of a chain, in order; empty for a predicate
    predicate   its name, with its arguments and its domain `on`; "" for a relation
    conditions  SymPy relations, And of them, and Contains
    negated     whether the claim is that the statement fails somewhere
    """

    relations: tuple[Any, ...] = ()
    predicate: str = ""
    arguments: tuple[Any, ...] = ()
    on: Any = None
    conditions: tuple[Any, ...] = ()
    negated: bool = False

    def as_boolean(self) -> Any:
        """The conjunction of the relations alone. Fails with BridgeError for a predicate."""
        if not self.relations:
            raise BridgeError(f"{self.predicate} is no relation")
        return chain_to_sympy(list(self.relations))


# -- to SymPy -------------------------------------------------------------------------------------
def claim_to_sympy(claim: Claim, vocabulary: Vocabulary, expand: bool = False) -> SympyClaim:
    """The claim with its terms in SymPy. Fails with BridgeError as `term_to_sympy` does."""
    kinds = {**list_names(_roots(claim)), **integral_names(claim.conditions)}
    writer = Writer(vocabulary, kinds, expand)
    conditions = tuple(writer.condition(condition) for condition in claim.conditions)
    statement = claim.statement
    if isinstance(statement, Relation):
        relations = tuple(writer.relations(statement))
        return SympyClaim(relations, conditions=conditions, negated=claim.negated)
    arguments = tuple(writer.term(argument) for argument in statement.args)
    on = None if statement.on is None else writer.real_set(statement.on)
    return SympyClaim((), statement.name, arguments, on, conditions, claim.negated)


def _roots(claim: Claim) -> list[Term]:
    """Every term in the statement and in the conditions."""
    result: list[Term] = []
    for part in (claim.statement, *claim.conditions):
        if isinstance(part, Relation):
            result += part.sides
            continue
        real_set = part.set if isinstance(part, Membership) else part.on
        result += () if isinstance(part, Membership) else part.args
        ends = (real_set.lower, real_set.upper) if real_set else ()
        result += [end for end in ends if end is not None]
    return result


def integral_names(conditions: Iterable[Condition]) -> dict[str, Mapping[str, bool]]:
    """The assumptions of the names that range over whole numbers. Never fails."""
    members = [condition for condition in conditions if isinstance(condition, Membership)]
    return {
        member.name: assumptions
        for kind, assumptions in _INTEGRAL.items()
        for member in members
        if member.set.kind == kind
    }


class Writer:
    """Writes the parts of one claim; its names keep their kinds throughout."""

    def __init__(self, vocabulary: Vocabulary, assumptions: Assumptions, expand: bool) -> None:
        self.vocabulary = vocabulary
        self.assumptions = assumptions
        self.expand = expand

    def term(self, root: Term) -> Any:
        """The SymPy expression of a term."""
        return term_to_sympy(root, self.vocabulary, self.assumptions, self.expand)

    def relations(self, relation: Relation) -> list[Any]:
        """One SymPy relation for each adjacent pair."""
        sides = [self.term(side) for side in relation.sides]
        pairs = zip(sides, relation.ops, sides[1:], strict=False)
        return [relation_to_sympy(*pair) for pair in pairs]

    def condition(self, condition: Condition) -> Any:
        """A relation, a conjunction of them, or Contains."""
        if isinstance(condition, Relation):
            return chain_to_sympy(self.relations(condition))
        return sympy.Contains(
            self.term(name(condition.name)), self.real_set(condition.set), evaluate=False
        )

    def real_set(self, real_set: RealSet) -> Any:
        """A SymPy set; built without SymPy's simplification, which makes Interval(1, 0) empty."""
        if real_set.lower is None or real_set.upper is None:
            return _SETS[real_set.kind]
        lower, upper = self.term(real_set.lower), self.term(real_set.upper)
        opens = (
            sympy.true if is_open or end in (sympy.oo, -sympy.oo) else sympy.false
            for end, is_open in ((lower, real_set.lower_open), (upper, real_set.upper_open))
        )
        return sympy.Basic.__new__(sympy.Interval, lower, upper, *opens)


# -- from SymPy -----------------------------------------------------------------------------------
def claim_from_sympy(statement: Any, vocabulary: Vocabulary, where: Any = ()) -> Claim:
    """The claim of a SymPy relation, And of relations, Implies(condition, relation) or SympyClaim.

    where  a SymPy condition, or several. What the symbols assume (positive, integer …) joins them.

    Fails with BridgeError on a relation that SymPy has made True, and as `term_from_sympy` does.
    """
    conditions = [where] if isinstance(where, Boolean | bool) else list(where)
    if isinstance(statement, SympyClaim):
        return _from_record(statement, vocabulary, conditions)
    if isinstance(statement, sympy.Implies):
        conditions.insert(0, statement.args[0])
        statement = statement.args[1]
    for part in (statement, *conditions):
        _require_open(part)
    reader = Reader([statement, *conditions], vocabulary)
    return Claim(reader.relation([statement]), reader.conditions([statement], conditions))


def _from_record(record: SympyClaim, vocabulary: Vocabulary, where: list[Any]) -> Claim:
    conditions = [*record.conditions, *where]
    parts = [*record.relations, *record.arguments]
    sets = [] if record.on is None else [record.on]
    reader = Reader([*parts, *sets, *conditions], vocabulary)
    said = reader.conditions([*parts, *sets], conditions)
    if record.relations:
        return Claim(reader.relation(record.relations), said, record.negated)
    arguments = tuple(reader.term(argument) for argument in record.arguments)
    on = None if record.on is None else reader.real_set(record.on)
    return Claim(Predicate(record.predicate, arguments, on), said, record.negated)


def _require_open(statement: Any) -> None:
    """The relation is still one."""
    if isinstance(statement, bool | BooleanAtom):
        raise BridgeError(
            f"this relation had become {statement} before symact saw it",
            expected="a relation built with evaluate=False, or the claim as text",
        )


class Reader:
    """Reads the parts of one claim; a symbol has one name throughout."""

    def __init__(self, expressions: Iterable[Any], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.names = Names(expressions, vocabulary)

    def term(self, expression: Any) -> Term:
        """The term of a SymPy expression."""
        return term_from_sympy(expression, self.vocabulary, self.names)

    def relation(self, conjunction: Iterable[Any]) -> Relation:
        """One chain that says all the relations."""
        comparisons = [c for part in conjunction for c in self._comparisons(part)]
        sides, signs = chain(comparisons)
        return Relation(sides, signs)

    def _comparisons(self, statement: Any) -> list[Comparison]:
        _require_open(statement)
        if isinstance(statement, sympy.And):
            return [c for part in statement.args for c in self._comparisons(part)]
        for kind, sign in SIGNS.items():
            if isinstance(statement, kind):
                return [Comparison(self.term(statement.lhs), sign, self.term(statement.rhs))]
        raise BridgeError(
            f"{shown(statement)} states nothing", expected="a relation, or And of relations"
        )

    def conditions(self, statements: list[Any], conditions: list[Any]) -> tuple[Condition, ...]:
        """The conditions, and before them what the free symbols assume."""
        result: list[Condition] = []
        free = {s for part in [*statements, *conditions] for s in getattr(part, "free_symbols", ())}
        for symbol in sorted(free, key=lambda s: str(s.name)):
            if isinstance(symbol, sympy.Symbol):
                result += conditions_on(self.names.of(symbol), symbol)
        for condition in conditions:
            result += self.condition(condition)
        return tuple(dict.fromkeys(result))

    def condition(self, condition: Any) -> list[Condition]:
        """One condition, or those of a conjunction one by one where they are no chain."""
        if isinstance(condition, sympy.Contains):
            return self._member(*condition.args)
        if isinstance(condition, sympy.And) and condition.has(sympy.Contains):
            return [inner for part in condition.args for inner in self.condition(part)]
        return [self.relation([condition])]

    def _member(self, element: Any, container: Any) -> list[Condition]:
        """name in set; SymPy's Naturals begin with 1, those of the language with 0."""
        member = self.term(element)
        if member.op != "name":
            raise BridgeError(f"only a name can be in a set, not {shown(element)}")
        if container is sympy.S.Naturals:
            positive = Relation((member, num(0)), (">",))
            return [Membership(member.value, RealSet("Naturals")), positive]
        return [Membership(member.value, self.real_set(container))]

    def real_set(self, container: Any) -> RealSet:
        """Reals, Naturals, Integers or an interval. Fails with BridgeError on any other set."""
        for kind, twin in _SETS.items():
            if container is twin:
                return RealSet(kind)
        if not isinstance(container, sympy.Interval):
            raise BridgeError(f"no such set in the language: {shown(container)}")
        lower, upper = self.term(container.start), self.term(container.end)
        return RealSet(
            "Interval",
            lower,
            upper,
            container.left_open is sympy.true,
            container.right_open is sympy.true,
        )
