"""The two ways in which the checker says no. Every message is a constant, so that it can be
searched for.
"""

from __future__ import annotations


class Rejected(Exception):
    """The certificate does not prove the claim: it is malformed, or a step does not follow."""


class CannotJudge(Exception):
    """The claim or a step is beyond this version of the checker, or past a size limit."""
