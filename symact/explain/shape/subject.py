"""The function that is looked at: an activation's name or an expression, with conditions on its
parameters.

Above: `outline`, `findings`, `sheet`. Below: language, catalog, prover's pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from symact.catalog import catalogue
from symact.checker.certificate import TermReader
from symact.checker.derivatives import derivative
from symact.checker.tree import start
from symact.language.claims import Membership, Relation
from symact.language.errors import ClaimError
from symact.language.parser import parse_claim, parse_term
from symact.language.predicates import goal_of
from symact.language.printer import print_claim, print_term
from symact.language.properties import Domain
from symact.language.terms import Term, fold, name, num, postorder, rebuild
from symact.language.vocabulary import Definition
from symact.prover.shapes.piece_search import Found, Graph, find_pieces
from symact.prover.time_limits import within

SECONDS = 5.0  # for cutting one function into pieces


@dataclass(frozen=True)
class Subject:
    """variable ↦ expression, under conditions on the other names.

    text        the expression, in the claim language
    function    the same as a function: a name, or `lambda x: …`
    conditions  what stands after `where`, "" for nothing
    definition  what the catalogue says that it is, "" for an expression
    """

    text: str
    function: str
    variable: str
    conditions: str = ""
    definition: str = ""

    def claim(self, statement: str, more: str = "") -> str:
        """The statement under the conditions of the subject, and more."""
        where = ", ".join(part for part in (self.conditions, more) if part)
        return f"{statement} where {where}" if where else statement

    def predicate(self, word: str, *arguments: str, on: str = "") -> str:
        """word(f, arguments, on=set)."""
        listed = ", ".join([self.function, *arguments, *([f"on={on}"] if on else [])])
        return self.claim(f"{word}({listed})")

    @cached_property
    def core(self) -> Term:
        """The core term of the expression. Fails with Unsupported on what has none."""
        claim = parse_claim(f"{self.text} == 0", catalogue())
        ((left, _, _),) = goal_of(claim, catalogue()).relations
        return left

    def at_parameter(self, parameter: str, value: Fraction) -> Subject:
        """The subject for one value of its only parameter."""
        surface = parse_term(self.text, catalogue())
        fixed = fold(
            surface,
            lambda t, below: num(value) if t is name(parameter) else rebuild(t, below),
        )
        text = print_term(fixed)
        return Subject(text, f"lambda {self.variable}: {text}", self.variable)

    @cached_property
    def parameters(self) -> list[str]:
        """The names beside the variable."""
        found = {t.value for t in postorder(self.core) if t.op == "name"}
        return sorted(x for x in found if x != self.variable and not x.startswith("'"))

    @cached_property
    def pieces(self) -> Found:
        """The function piece by piece. Fails with Stuck."""
        claim = parse_claim(self.claim("0 == 0"), catalogue())
        goal = goal_of(claim, catalogue())
        reader = TermReader(catalogue())
        sequent = start((num(0), "==", num(0)), goal.conditions, reader)
        graph = Graph(self.core, name(self.variable), Domain())
        return find_pieces(sequent, graph, within(SECONDS))

    def germs(self, order: int) -> list[Term | None]:
        """The derivative of this order on each piece."""
        found = []
        for piece in self.pieces.pieces.pieces:
            germ = piece.germ
            for _ in range(order if germ is not None else 0):
                germ = derivative(germ, name(self.variable)) if germ is not None else None
            found.append(germ)
        return found


def subject_of(text: str) -> Subject:
    """The subject that a name, or `expression where conditions`, denotes.

    Fails with ClaimError when the text is neither, or does not depend on one variable: the
    variable is x if it occurs, else the only name that no condition mentions.
    """
    known = catalogue().lookup(text) if text.isidentifier() else None
    if known is not None:
        if known.is_vector:
            raise ClaimError(
                f"'{text}' is a function of vectors", expected="a function of a real number"
            )
        definition = print_term(_with_defaults(known))
        return Subject(f"{text}({known.variable})", text, known.variable, "", definition)
    statement, _, conditions = text.partition(" where ")
    parse_term(statement, catalogue())
    claim = parse_claim(
        f"{statement} == 0" + (f" where {conditions}" if conditions else ""), catalogue()
    )
    if (
        claim.negated
        or not isinstance(claim.statement, Relation)
        or len(claim.statement.sides) != 2
    ):
        raise ClaimError("no function", expected="an expression in x", example="x*sigmoid(2*x)")
    expression = claim.statement.sides[0]
    variable = _variable(expression, claim.conditions)
    written = print_term(expression)
    _, _, rest = print_claim(claim).partition(" where ")
    return Subject(written, f"lambda {variable}: {written}", variable, rest)


def _with_defaults(found: Definition) -> Term:
    """The body of a definition with the parameters at their defaults."""
    values = {p.name: num(p.default) for p in found.parameters if p.default is not None}

    def put(node: Term, below: list[Term]) -> Term:
        return values.get(node.value, node) if node.op == "name" else rebuild(node, below)

    return fold(found.body, put)


def _variable(expression: Term, conditions: tuple[Relation | Membership, ...]) -> str:
    names = {t.value for t in postorder(expression) if t.op == "name"}
    limited: set[str] = set()
    for condition in conditions:
        if isinstance(condition, Membership):
            limited.add(condition.name)
        else:
            limited |= {
                t.value for side in condition.sides for t in postorder(side) if t.op == "name"
            }
    free = sorted(names - limited)
    if "x" in names and "x" not in limited:
        return "x"
    if len(free) != 1:
        raise ClaimError(
            f"the variable is one of {', '.join(free) or 'none'}",
            expected="x, or one name without a condition",
            example="x*sigmoid(beta*x) where beta > 0",
        )
    return str(free[0])
