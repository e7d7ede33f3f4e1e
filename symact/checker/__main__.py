"""python -m symact.checker CLAIM-FILE CERTIFICATE-FILE: judges one claim without any dependency.

Prints the statement that was read from the claim file, what was trusted, and the outcome.
Exit code 0 accept, 1 reject, 3 cannot judge, 2 bad input; any other code is a bug.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from symact.checker import check
from symact.language.errors import ClaimError

EXIT_CODES = {"accept": 0, "reject": 1, "cannot judge": 3}
BAD_INPUT = 2
MAX_BYTES = 20_000_000  # of a certificate file
USAGE = "usage: python -m symact.checker CLAIM-FILE CERTIFICATE-FILE"


def main(arguments: list[str]) -> int:
    """The exit code for the two files named."""
    if len(arguments) != 2:
        print(USAGE, file=sys.stderr)
        return BAD_INPUT
    try:
        text = Path(arguments[0]).read_text(encoding="utf-8").strip()
        certificate = _certificate(Path(arguments[1]))
    except (OSError, ValueError, RecursionError) as problem:
        print(f"bad input: {problem}", file=sys.stderr)
        return BAD_INPUT
    try:
        result = check(text, certificate)
    except ClaimError as problem:
        print(f"bad claim: {problem}", file=sys.stderr)
        return BAD_INPUT
    print(f"statement: {result.statement}")
    print(f"trusted:   {', '.join(result.trusted)}")
    shown = f"{result.outcome}: {result.verdict or result.message}"
    print(f"outcome:   {shown}")
    return EXIT_CODES[result.outcome]


def _certificate(path: Path) -> Any:
    """The certificate in the file, alone or beside its claim (which is ignored)."""
    if path.stat().st_size > MAX_BYTES:
        raise ValueError("the certificate file is too large")
    value = json.loads(path.read_text(encoding="utf-8"))
    return value["certificate"] if isinstance(value, dict) and "certificate" in value else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
