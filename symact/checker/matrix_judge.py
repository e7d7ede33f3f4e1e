"""Proofs of claims about matrices and networks of any size, and what their witnesses are about.

    proof       the claim is about real numbers after all: proof trees, see `goals`
    matrix      by the rule `normal form` (see `matrix_forms`) or the rule `layers`, below
    induction   on the number of layers, see `induction`

Every certificate of a part says which of these it is. Parts of a claim keep the shapes that their
names have in the whole: a name that is a matrix there is never a real number here.

Above: `judge`. Below: `matrix_forms`, `induction`, `goals`, language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from symact.checker import certificate as c
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.goals import check_proof
from symact.checker.induction import check_induction
from symact.checker.matrix_case import Case
from symact.checker.matrix_forms import Atoms
from symact.language.claims import Claim, Predicate, Relation
from symact.language.functions import Value
from symact.language.layers import is_bare, names_in, names_of, naturals
from symact.language.predicates import Goal, goal_of
from symact.language.shapes import Shape, Shapes, demands_lists, entries, infer
from symact.language.terms import Term, is_num, name, postorder, term
from symact.language.vocabulary import Vocabulary

MAX_DEPTH = 20  # nested certificates; every one is a part of the claim


def check_matrix_claim(claim: Claim, kind: str, body: Any, vocabulary: Vocabulary) -> None:
    """Accepts by returning. Fails with Rejected, CannotJudge, Unsupported or ShapeError."""
    show(Case(claim, infer(claim, vocabulary), vocabulary), {"kind": kind, "body": body})


def show(case: Case, certificate: Any) -> None:
    """Accepts {kind, body} for one claim by returning. Fails as `check_matrix_claim` does."""
    if case.depth > MAX_DEPTH:
        raise CannotJudge("proof too deep")
    given = c.fields(certificate, ("kind", "body"))
    kind = c.member(given["kind"], ("proof", "matrix", "induction"))
    if kind == "induction":
        check_induction(case, given["body"], show)
    else:
        {"proof": _real, "matrix": _matrix}[kind](case, given["body"])


def _real(case: Case, body: Any) -> None:
    check_proof(real_goal(case), body, case.vocabulary)


def real_goal(case: Case) -> Goal:
    """The goal of a claim about real numbers, in which matrices and vectors have given sizes.

    Fails with Unsupported when one has not.
    """
    used = names_of(case.claim)
    named = {x: shape for x, shape in case.shapes.names.items() if x in used}
    return goal_of(case.claim, case.vocabulary, entries(Shapes(named), used))


def _matrix(case: Case, body: Any) -> None:
    if not isinstance(body, dict):
        raise Rejected("an object is needed")
    wanted, rule = _RULES[c.member(body.get("rule"), tuple(_RULES))]
    rule(case, c.fields(body, ("rule", *wanted)))


# -- normal form ----------------------------------------------------------------------------------
#   the coefficients of equal words are equal, for all values of the real names
#   ---------------------------------------------------------------------------
#   the matrices are equal, for all sizes and entries
def _normal_form(case: Case, given: dict[str, Any]) -> None:
    goal = matrix_goal(case.claim, case.vocabulary, case.shapes)
    body = {"relations": given["relations"], "inhabitant": given["inhabitant"]}
    check_proof(goal, body, case.vocabulary)


def matrix_goal(claim: Claim, vocabulary: Vocabulary, shapes: Shapes) -> Goal:
    """Relations between real terms that imply the claim, its matrices being of any size.

    Fails with CannotJudge, Unsupported or ShapeError when there is no such form.
    """
    used = names_of(claim)
    lists = used & shapes.names.keys()
    if lists & names_of(replace(claim, statement=Relation((), ()))):
        raise CannotJudge("conditions on matrices are beyond this version")
    atoms = Atoms(used)
    matrices: Mapping[str, Value] = {
        x: atoms.matrix(x, shapes.names[x].is_vector) for x in sorted(lists)
    }

    def argument(position: int, letter: str, fresh: Callable[[str], Term]) -> Value:
        shape = shapes.arguments[position]
        new = fresh(letter)
        return new if shape is None else atoms.matrix(new.value, shape.is_vector)

    goal = goal_of(claim, vocabulary, matrices, argument)
    defined = tuple((needed, "==", needed) for needed in atoms.required)
    return replace(goal, relations=goal.relations + defined)


# -- layers ---------------------------------------------------------------------------------------
#   P(f1) … P(fk)        P one of additive, homogeneous, positively_homogeneous, linear, affine, odd
#   --------------------------------------------------------------------------------------------
#   P(g)   for every g made of f1 … fk by >>, by stack(n, ·) with n natural, and by residual(·)
#
# Each P holds of x -> x, and with f and g it holds of f >> g and of x -> x + f(x): put the defining
# relation of f into that of g. (affine: f(x) - f(0) = L x and g(y) - g(0) = M y with L, M linear
# give g(f(x)) - g(f(0)) = M (L x).) So stack(n, f) has P by induction on n, for every n at once.
# A map of real numbers that has P, applied to every entry of a vector, has P.
CLOSED = ("additive", "homogeneous", "positively_homogeneous", "linear", "affine", "odd")


def _layers(case: Case, given: dict[str, Any]) -> None:
    statement = case.claim.statement
    if not isinstance(statement, Predicate) or statement.name not in CLOSED or statement.on:
        raise Rejected("the layers rule does not apply")
    network = statement.args[0]
    for count in (part.args[0] for part in postorder(network) if part.op == "stack"):
        if count.op != "num" and not (count.op == "name" and count.value in naturals(case.claim)):
            raise Rejected("the number of layers is not a natural number")
    layers = leaves(network)
    proofs = c.entries(given["layers"])
    if len(proofs) != len(layers):
        raise Rejected("one proof per layer is needed")
    for layer, proof in zip(layers, proofs, strict=True):
        part = layer_case(case, statement.name, layer)
        if c.fields(proof, ("kind", "body"))["kind"] == "proof" and not is_real(part, layer):
            raise Rejected("the layer is not a function of real numbers, entry by entry")
        show(part, proof)


def leaves(network: Term) -> list[Term]:
    """The functions that a network is made of."""
    if network.op == "compose":
        return [leaf for arg in network.args for leaf in leaves(arg)]
    if network.op == "stack":
        return leaves(network.args[1])
    if network.op == "layer" and network.value == "residual":
        return leaves(network.args[0])
    return [network]


def layer_case(case: Case, predicate: str, layer: Term) -> Case:
    """P(layer). Weights that are names, numbers or lists of them may be any: they get new names."""
    names = dict(case.shapes.names)
    weights = () if layer.op != "layer" or layer.value != "dense" else layer.args
    if is_bare(layer) or (weights and all(map(_is_plain, weights))):
        used = names_of(case.claim) | names.keys()
        matrix, vector = (_unused(letter, used) for letter in ("W", "b"))
        names |= {matrix: Shape("rows", "columns"), vector: Shape("rows", None)}
        bias = weights[1] if weights and is_num(weights[1], 0) else name(vector)
        layer = term("layer", (name(matrix), bias), "dense")
    shapes = Shapes(names, (Shape("columns", None),))
    return case.part(Predicate(predicate, (layer,)), shapes)


def _is_plain(weights: Term) -> bool:
    """Whether the term is defined whatever its names are."""
    return all(part.op in ("num", "name", "list", "neg") for part in postorder(weights))


def is_real(case: Case, layer: Term) -> bool:
    """Whether the function works on real numbers, so that on a vector it works on every entry."""
    if names_in(layer) & case.shapes.names.keys():
        return False
    return not any(demands_lists(part, case.vocabulary) for part in postorder(layer))


def _unused(letter: str, used: set[str]) -> str:
    while letter in used:
        letter += "_"
    return letter


_RULES: dict[str, tuple[tuple[str, ...], Callable[[Case, dict[str, Any]], None]]] = {
    "normal form": (("relations", "inhabitant"), _normal_form),
    "layers": (("layers",), _layers),
}
