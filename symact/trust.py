"""Solvers whose word a person may choose to take; none is asked, or imported, unless named.

Above: cli, api, prover. Below: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

# The module that a solver is, and the optional extra of this project that installs it.
EXTRAS = {"z3": "smt"}


class NotInstalled(ImportError):
    """A solver to be trusted is not there; the message names the extra that brings it."""


def require(solvers: Iterable[str]) -> tuple[str, ...]:
    """The names, each of a solver that is installed. Fails with ValueError on a name that is no
    solver's, and with NotInstalled.
    """
    asked = (solvers,) if isinstance(solvers, str) else tuple(solvers)
    for solver in asked:
        if solver not in EXTRAS:
            raise ValueError(f"{', '.join(EXTRAS)} can be trusted, not {solver!r}")
        if find_spec(solver) is None:
            raise NotInstalled(missing(solver))
    return asked


def missing(solver: str) -> str:
    """How to install a solver that is not there; never fails."""
    return f"{solver} is not installed: pip install 'symact[{EXTRAS[solver]}]'"
