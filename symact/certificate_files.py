"""Certificates as files: one JSON object with a claim and the certificate for it, written by
`prove`, read by `check`.

Above: cli. Below: checker (the stand-alone one, imported when a file is checked). The claim beside
the certificate is what the checker is asked about, and the statement it parsed is what is shown;
nothing is read out of the certificate.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from symact.verdicts import Verdict

SLUG = 60  # characters of the claim in a file's name: well below every file system's limit

CheckOutcome = Literal["accept", "reject", "cannot judge"]


class FileError(ValueError):
    """A certificate file that cannot be read or written; the message names the file."""


@dataclass(frozen=True)
class Checked:
    """What the checker says about one file."""

    file: Path
    outcome: CheckOutcome
    statement: str
    message: str
    trusted: tuple[str, ...] = ()


def file_name(claim: str, index: int) -> str:
    """`tanh-x-2-sigmoid-2-x-1-0001.json` for the first claim judged; never fails."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", claim[: 4 * SLUG]).strip("-").lower()
    return f"{words[:SLUG].strip('-') or 'claim'}-{index:04d}.json"


def write(folder: Path, index: int, verdict: Verdict) -> Path | None:
    """Writes the certificate of a decided claim into `folder`; None when the verdict carries none.

    Fails with FileError when the folder cannot be written to.
    """
    if verdict.certificate is None:
        return None
    path = folder / file_name(verdict.claim, index)
    bundle = {"claim": verdict.claim, "certificate": verdict.certificate}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(bundle, indent=1) + "\n", encoding="ascii")
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from error
    return path


def read(path: Path) -> tuple[str, dict[str, Any]]:
    """The claim and the certificate in a file. Fails with FileError when it holds anything else."""
    try:
        bundle = json.loads(path.read_bytes())
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise FileError(f"{path}: not JSON: {error}") from error
    if not isinstance(bundle, dict):
        raise FileError(f"{path}: expected a JSON object with the keys claim and certificate")
    claim, certificate = bundle.get("claim"), bundle.get("certificate")
    if not isinstance(claim, str) or not isinstance(certificate, dict):
        raise FileError(f"{path}: expected the keys claim (text) and certificate (an object)")
    return claim, certificate


def check_file(path: Path) -> Checked:
    """What the stand-alone checker says about it. Fails with FileError when it cannot be read."""
    claim, certificate = read(path)
    from symact.checker import check

    result = check(claim, certificate)
    return Checked(
        path, result.outcome, result.statement or claim, result.message, tuple(result.trusted)
    )
