"""What tests share that must work under `python -O` too."""

from __future__ import annotations


def require(condition: object, message: str = "") -> None:
    """condition, or AssertionError with `message`: raised, not asserted, so that no optimisation
    removes it.
    """
    if not condition:
        raise AssertionError(message or "a required condition does not hold")
