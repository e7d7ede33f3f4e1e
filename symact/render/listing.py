"""The catalogue as a list: a table on a terminal, plain lines in a pipe, JSON for programs.

Above: cli. Below: catalog; rich only for the table.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TextIO

from symact.language.vocabulary import Parameter

if TYPE_CHECKING:
    from symact.catalog import Record


@dataclass(frozen=True)
class Row:
    """One activation: its names, its definition in the claim language, its parameters as text."""

    name: str
    title: str
    aliases: list[str]
    definition: str
    parameters: list[str]


def rows() -> list[Row]:
    """A row for each activation, by name. Fails with CatalogueError when a file is malformed."""
    from symact.catalog import catalogue

    known = catalogue()
    return [_row(known.record(name)) for name in sorted(known.canonical_names())]


def _row(record: Record) -> Row:
    parameters = list(map(_parameter, record.parameters))
    return Row(record.name, record.title, list(record.aliases), record.definition, parameters)


def _parameter(parameter: Parameter) -> str:
    """`alpha = 1 where alpha > 0`; never fails."""
    default = "" if parameter.default is None else f" = {parameter.default}"
    domain = f" where {parameter.domain}" if parameter.domain else ""
    return f"{parameter.name}{default}{domain}"


def write_json(listed: Sequence[Row], out: TextIO) -> None:
    """One object a line; fails as `out` fails."""
    for row in listed:
        print(json.dumps(asdict(row)), file=out)


def write_plain(listed: Sequence[Row], out: TextIO) -> None:
    """`name  definition   [title; parameters]`, one a line; fails as `out` fails."""
    width = max((len(row.name) for row in listed), default=0)
    for row in listed:
        also = [f"also {', '.join(row.aliases)}"] if row.aliases else []
        about = "; ".join([row.title, *also, *row.parameters])
        print(f"{row.name:<{width}}  {row.definition}   [{about}]", file=out)


def write_table(listed: Sequence[Row], out: TextIO) -> None:
    """A table with colours; fails as `out` fails."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("name", "title", "definition", "parameters")
    for row in listed:
        names = "\n".join([row.name, *(f"  {alias}" for alias in row.aliases)])
        cells = (row.title, row.definition, "\n".join(row.parameters))
        table.add_row(Text(names, style="bold cyan"), *map(Text, cells))
    Console(file=out).print(table)
