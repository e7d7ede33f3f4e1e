"""Checkers that do not check, in the checker's place: the committed certificates tell them apart.

A suite that one of them passes tests nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

from symact.checker import Result, check
from tests.checker.suite import Check, disagreements, documents
from tests.support import require


def always_accept(text: str, _certificate: Any) -> Result:
    """Believes everything, and says what was asked for."""
    return Result("accept", "proved", "", text)


def always_refute(text: str, _certificate: Any) -> Result:
    """Believes the opposite of everything."""
    return Result("accept", "refuted", "", text)


def always_reject(text: str, _certificate: Any) -> Result:
    """Believes nothing."""
    return Result("reject", None, "the relation does not follow", text)


def always_decline(text: str, _certificate: Any) -> Result:
    """Has no opinion."""
    return Result("cannot judge", None, "too deep", text)


def reads_the_certificate(text: str, certificate: Any) -> Result:
    """Looks at the kind only: a witness refutes, all else proves."""
    kind = certificate.get("kind") if isinstance(certificate, dict) else None
    return Result("accept", "refuted" if kind == "witness" else "proved", "", text)


def reads_another_claim(text: str, certificate: Any) -> Result:
    """The checker itself, but it shows another statement than the one it judged."""
    return Result(**{**check(text, certificate).__dict__, "statement": "0 == 0"})


def rejects_without_reason(text: str, certificate: Any) -> Result:
    """The checker itself, but every rejection has the same message."""
    result = check(text, certificate)
    return always_reject(text, certificate) if result.outcome == "reject" else result


ACCEPTED, REJECTED = len(documents("accept")), len(documents("reject"))

# stub -> the folders in which it has to be caught, and how often at least
STUBS: dict[Check, dict[str, int]] = {
    always_accept: {"accept": 10, "reject": REJECTED},
    always_refute: {"accept": 40, "reject": REJECTED},
    always_reject: {"accept": ACCEPTED, "reject": 40},
    always_decline: {"accept": ACCEPTED, "reject": REJECTED},
    reads_the_certificate: {"accept": 1, "reject": REJECTED},
    reads_another_claim: {"accept": ACCEPTED},
    rejects_without_reason: {"reject": 40},
}


@pytest.mark.parametrize("stub", STUBS, ids=lambda stub: stub.__name__)
def test_a_checker_that_does_not_check_is_caught(stub: Check) -> None:
    """In each folder, as often as it is wrong."""
    found = disagreements(stub)
    for folder, least in STUBS[stub].items():
        caught = sum(line.startswith(f"{folder}/") for line in found)
        require(caught >= least, f"{folder}: {caught} of {least}")
