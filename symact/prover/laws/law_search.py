"""The search for laws: every log, sqrt, exp, erf, atan, sin, cos and floor brought to one form,
so that equal values get equal forms.

Above: `cases`. Below: `power_laws`, `angle_laws`, `floor_search`, `sign_search`.
"""

from __future__ import annotations

from collections.abc import Callable

from symact.checker.obligations import own_obligation
from symact.language.terms import Term, postorder
from symact.prover.algebra.lowest_terms import form_of
from symact.prover.builder import Builder
from symact.prover.laws.angle_laws import Units, law_of_odd, laws_of_sine, trigonometric_units
from symact.prover.laws.power_laws import law_of_exp, law_of_log, law_of_sqrt
from symact.prover.shapes.floor_search import law_of_floor
from symact.prover.signs.sign_search import show


class Undefined(Exception):
    """A domain obligation, `term relation 0`, that could not be shown."""

    def __init__(self, term: Term, relation: str) -> None:
        super().__init__("domain not shown")
        self.term, self.relation = term, relation


def prepare(builder: Builder, roots: list[Term]) -> None:
    """Shows every domain obligation of these resolved terms, and adds the laws their functions call
    for, innermost first. Fails with Undefined.
    """
    units: Units | None = None
    done: set[Term] = set()
    for root in roots:
        for node in postorder(root):
            if node in done:
                continue
            done.add(node)
            _require_domain(builder, node)
            if node.op != "call":
                continue
            rule = _RULES.get(node.value[0])
            if rule is not None:
                rule(builder, node)
            elif node.value[0] in ("sin", "cos"):
                units = trigonometric_units(builder, roots) if units is None else units
                laws_of_sine(builder, node.args[0], units)
            form_of(builder, node)  # its generators are in use from here on


def _require_domain(builder: Builder, node: Term) -> None:
    """Shows the node's own obligation. Fails with Undefined."""
    need = own_obligation(node)
    if need is not None and not show(builder, *need):
        raise Undefined(*need)


_RULES: dict[str, Callable[[Builder, Term], None]] = {
    "log": law_of_log,
    "sqrt": law_of_sqrt,
    "exp": law_of_exp,
    "erf": law_of_odd,
    "atan": law_of_odd,
    "floor": law_of_floor,
}
