"""symact: doctest for the mathematics of neural networks.

    >>> import symact
    >>> symact.prove("tanh(x) == 2*sigmoid(2*x) - 1").outcome
    'proved'

A claim goes in; an untrusted prover searches; a small independent checker accepts or rejects.
Everything here is loaded when it is first used.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "prove": "symact.api",
    "check": "symact.checker",
    "find": "symact.api",
    "facts": "symact.api",
    "parse": "symact.api",
    "to_sympy": "symact.api",
    "from_sympy": "symact.api",
    "catalogue": "symact.catalog",
    "Claim": "symact.language.claims",
    "ClaimError": "symact.language.errors",
    "Verdict": "symact.verdicts",
}

__all__ = [  # noqa: PLE0604 - every name is found by __getattr__ below
    *_HOMES,
]


def __getattr__(name: str) -> Any:
    """The public names, imported at first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'symact' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
