"""Properties of a function as a whole, on a domain that is an interval of reals.

    continuous   at every point of the domain at which the function is defined, relative to those
    smooth       derivatives of every order at each such point
    bounded      some bound exists; the function is defined on all of the domain
    injective    different values at different points; the function is defined on all of the domain
    range        the set of the values is `image`; the function is defined on all of the domain
    polynomial   equal to some polynomial on all of the domain
    universal    one-hidden-layer networks with it are dense in C(K) for compact K

Above: `definitions`, `predicates`. Below: `claims`, `terms`.
"""

from __future__ import annotations

from dataclasses import dataclass

from symact.language.claims import RealSet
from symact.language.terms import Term, postorder
from symact.language.unfold import Unfolder, Unsupported, infinite_sign


@dataclass(frozen=True)
class Domain:
    """An interval; an end that is None is infinite."""

    lower: Term | None = None
    upper: Term | None = None
    lower_open: bool = True
    upper_open: bool = True

    def ends(self) -> list[Term]:
        """The finite ends."""
        return [end for end in (self.lower, self.upper) if end is not None]


@dataclass(frozen=True)
class Property:
    """`kind` holds of variable ↦ body on the domain; `image` is there for kind range only."""

    kind: str
    body: Term
    variable: Term
    domain: Domain
    image: Domain | None = None

    def names(self) -> set[str]:
        """The free names, without the variable."""
        terms = [self.body, *self.domain.ends(), *(self.image.ends() if self.image else ())]
        found = {t.value for root in terms for t in postorder(root) if t.op == "name"}
        return found - {self.variable.value}


def domain_of(given: RealSet | None, unfolder: Unfolder) -> Domain:
    """The interval that the set is. Fails with Unsupported for sets of whole numbers."""
    if given is None or given.kind == "Reals":
        return Domain()
    if given.kind != "Interval" or given.lower is None or given.upper is None:
        raise Unsupported(f"no strategy for properties on {given.kind} yet")
    if infinite_sign(given.lower) > 0 or infinite_sign(given.upper) < 0:
        raise Unsupported("an interval that ends there is empty")
    lower = None if infinite_sign(given.lower) else unfolder.real(given.lower, unfolder.base)
    upper = None if infinite_sign(given.upper) else unfolder.real(given.upper, unfolder.base)
    return Domain(
        lower,
        upper,
        given.lower_open or lower is None,
        given.upper_open or upper is None,
    )
