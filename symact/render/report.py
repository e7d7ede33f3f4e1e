"""What every output format is given: a judged claim, with its place and what was expected of it;
and words for it.

Above: `plain`, `terminal`, `jsonl`. Below: verdicts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from symact.render.observations import observed
from symact.verdicts import Verdict

LONGEST = 200  # characters of a claim or reason on one line; JSON has them whole


@dataclass(frozen=True)
class Judged:
    """A verdict, where its claim stands, and whether it is what the claim's author expected.

    place     "proofs/collapse.md:12", an activation's name, or "" for a claim from the command line
    expected  the outcome the author announced; "" when nobody announced one
    ok        whether the outcome is what was expected, or, where nobody announced one, what was
              hoped for
    topic     what a fact is about, "" for other claims
    """

    verdict: Verdict
    place: str = ""
    expected: str = ""
    ok: bool = True
    topic: str = ""


class Reporter(Protocol):
    """Shows judged claims as they come; `finish` is called at the end, come what may."""

    def show(self, judged: Judged) -> None:
        """Shows one claim's verdict at once."""
        ...

    def finish(self) -> None:
        """Ends the report."""
        ...


def printable(text: str, longest: int = LONGEST) -> str:
    """`text` on one line, control characters escaped, cut to `longest` characters; never fails."""
    line = " ".join(text[: 4 * longest].split())
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
    cut = len(safe) > longest or len(text) > 4 * longest
    return safe[:longest] + "…" if cut else safe


def witness_words(verdict: Verdict) -> str:
    """`x = 0, y = 1` for the witness of a refutation, "" when there is none; never fails."""
    return ", ".join(f"{name} = {value}" for name, value in (verdict.witness or {}).items())


def trusted_words(verdict: Verdict) -> str:
    """`trusted: z3 4.13.0` for a verdict not replayed by the checker, else ""; never fails."""
    return f"trusted: {', '.join(verdict.trusted)}" if verdict.trusted else ""


def observations(verdict: Verdict) -> list[str]:
    """Floating-point observations, labelled; never fails."""
    seen = observed(verdict.cross_check) if verdict.cross_check else ""
    return [seen] if seen else []


def remarks(verdict: Verdict) -> list[str]:
    """What must stand beside the verdict: what was trusted, and what was observed; never fails."""
    trusted = trusted_words(verdict)
    return [trusted, *observations(verdict)] if trusted else observations(verdict)
