"""A table with colours, growing row by row above a progress bar: for a person at a terminal.

Above: cli, which imports this module only on a terminal. Below: `report`, rich.
"""

from __future__ import annotations

from typing import TextIO

from rich.console import Console, Group
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from symact.render.report import Judged, observations, printable, trusted_words, witness_words

COLOURS = {"proved": "green", "refuted": "red", "undecided": "yellow", "error": "magenta"}
MARKS = {"proved": "✓", "refuted": "✗", "undecided": "?", "error": "!"}
COLUMN = 12  # characters for the mark and the outcome


class TerminalReporter:
    """Prints each verdict as a row; the bar beneath counts up to `total`, or just turns when that
    is not known.
    """

    def __init__(self, out: TextIO, total: int | None) -> None:
        """Starts the bar on the terminal `out`; fails later with what `out` raises."""
        self._console = Console(file=out, highlight=False)
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
        )
        self._bar = self._progress.add_task("claims", total=total)
        self._progress.start()

    def show(self, judged: Judged) -> None:
        """Prints one row above the bar."""
        self._progress.console.print(row(judged))
        self._progress.advance(self._bar)

    def finish(self) -> None:
        """Takes the bar away."""
        self._progress.stop()


def row(judged: Judged) -> Table:
    """One claim: its outcome in its colour, the claim, and beneath it why; never fails."""
    outcome = judged.verdict.outcome
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=COLUMN, no_wrap=True)
    table.add_column(ratio=1)
    claim = Text(printable(judged.verdict.claim))
    if judged.place:
        claim = Text.assemble((f"{judged.place}  ", "cyan"), claim)
    if judged.topic:
        claim = Text.assemble((f"{judged.topic}  ", "bold"), claim)
    table.add_row(
        Text(f"{MARKS[outcome]} {outcome}", style=f"bold {COLOURS[outcome]}"),
        Group(claim, *(Padding(text, (0, 0, 0, 2)) for text in _details(judged))),
    )
    return table


def _details(judged: Judged) -> list[Text]:
    """The lines beneath a claim, most urgent first."""
    verdict = judged.verdict
    details = []
    if judged.expected and not judged.ok:
        details.append(Text(f"expected {judged.expected}", style="bold red"))
    if verdict.witness:
        details.append(Text(f"at {printable(witness_words(verdict))}", style="bold"))
    if verdict.trusted:
        details.append(Text(printable(trusted_words(verdict)), style="bold yellow"))
    said = (verdict.reason, *observations(verdict))
    details.extend(Text(printable(text), style="dim") for text in said if text)
    return details
