"""Findings about a function: a table on a terminal, plain lines in a pipe, JSON for programs.

Above: cli. Below: `report`; rich only for the table.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from symact.render.report import printable
from symact.verdicts import Verdict

COLOURS = {"proved": "green", "refuted": "red", "undecided": "yellow", "error": "magenta"}


@dataclass(frozen=True)
class Judged:
    """A finding with the verdicts on its claims; `trouble` stands for a kind without findings."""

    kind: str
    at: str
    value: str
    note: str
    verdicts: tuple[Verdict, ...]
    trouble: str = ""

    @property
    def outcome(self) -> str:
        """proved when every claim is; else the first outcome that differs."""
        others = [v.outcome for v in self.verdicts if v.outcome != "proved"]
        return others[0] if others else ("undecided" if self.trouble else "proved")


def write_json(found: Sequence[Judged], out: TextIO) -> None:
    """One object a line; fails as `out` fails."""
    for each in found:
        claims = [
            {"claim": v.claim, "verdict": v.outcome, "reason": v.reason} for v in each.verdicts
        ]
        record = {"kind": each.kind, "at": each.at, "value": each.value, "note": each.note}
        record |= {"verdict": each.outcome, "trouble": each.trouble}
        print(json.dumps({**record, "claims": claims}), file=out)


def write_plain(found: Sequence[Judged], out: TextIO) -> None:
    """`outcome  kind at place: value   [note]`, the claims beneath; fails as `out` fails."""
    for each in found:
        where = f" at {each.at}" if each.at else ""
        value = f": {each.value}" if each.value else ""
        said = each.trouble or each.note
        note = f"   [{said}]" if said else ""
        print(f"{each.outcome:<9} {each.kind}{where}{value}{note}", file=out)
        for verdict in each.verdicts:
            print(f"    {verdict.outcome:<9} {printable(verdict.claim)}", file=out)


def write_table(found: Sequence[Judged], out: TextIO) -> None:
    """A table with colours; fails as `out` fails."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("what", "where", "value", "", "proved by")
    for each in found:
        claims = "\n".join(printable(v.claim) for v in each.verdicts)
        status = Text(each.outcome, style=f"bold {COLOURS[each.outcome]}")
        note = f"{each.value}\n{each.trouble or each.note}".strip()
        table.add_row(
            Text(each.kind, style="bold"), Text(each.at), Text(note), status, Text(claims)
        )
    Console(file=out).print(table)
