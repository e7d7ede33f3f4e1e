"""Strategies that find certificates and witnesses. Nothing here is trusted: the checker decides."""

from symact.prover.decide import decide

__all__ = ["decide"]
