"""The checker: the only room whose word counts. Standard library only; nothing here searches.

The whole trusted surface:  check(text, certificate) -> Result.

Above: prover, CLI, lessons. Below: `catalog` (definitions) and `language`.
"""

from __future__ import annotations

from typing import Any

from symact.checker.judge import Result
from symact.checker.judge import check as _check

__all__ = ["Result", "check"]


def check(text: str, certificate: Any) -> Result:
    """Whether the certificate shows the claim `text` or its negation, by the catalogue's
    definitions.

    text         one claim in the claim language
    certificate  a JSON value as `docs/certificate-format.md` describes it
    Fails with ClaimError when the text is not a claim; never on any certificate.
    """
    from symact.catalog import catalogue

    return _check(text, certificate, catalogue())
