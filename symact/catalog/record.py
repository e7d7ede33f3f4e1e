"""One activation's file as a checked record. Definitions stay text here; `loader` parses them.

Above: `loader`. Below: `language.vocabulary`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from symact.language.vocabulary import FUNCTIONS, VECTOR_FUNCTIONS, Parameter, is_reserved

KINDS: Final = ("scalar", "vector")
_REQUIRED: Final = {
    "name": str,
    "title": str,
    "aliases": list,
    "kind": str,
    "variable": str,
    "definition": str,
}
_OPTIONAL: Final = {"note": str, "parameters": list}
_PARAMETER: Final = {"name": str, "domain": str}
_PARAMETER_OPTIONAL: Final = {"default": str}
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]{1,3})?|-?[0-9]+/[0-9]*[1-9][0-9]*")


class CatalogueError(ValueError):
    """A malformed activation file. The message names the file, the key and the reason."""


@dataclass(frozen=True)
class Record:
    """What one file says, checked key by key.

    name        the canonical name, which is the file's name
    title       the name in words
    aliases     other names that mean exactly the same function
    kind        "scalar", or "vector" for functions of a list
    variable    the name of the argument in `definition`
    definition  the body, in the claim language
    parameters  in the order in which a call gives them
    note        where texts disagree and what this definition takes; may be empty
    """

    name: str
    title: str
    aliases: tuple[str, ...]
    kind: str
    variable: str
    definition: str
    parameters: tuple[Parameter, ...]
    note: str = ""


def read_record(path: Path) -> Record:
    """The record in one file. Fails with CatalogueError for anything unlike `Record`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: not a TOML file: {error}") from error
    _check_keys(path.name, table, _REQUIRED, _OPTIONAL)
    record = Record(
        name=table["name"],
        title=table["title"],
        aliases=tuple(table["aliases"]),
        kind=table["kind"],
        variable=table["variable"],
        definition=table["definition"],
        parameters=tuple(_parameter(path.name, entry) for entry in table.get("parameters", [])),
        note=table.get("note", ""),
    )
    _check_words(path, record)
    return record


def _check_keys(
    where: str, table: Mapping[str, Any], required: Mapping[str, type], optional: Mapping[str, type]
) -> None:
    """Every required key is there, no other than the optional ones, all of the right type."""
    if missing := [key for key in required if key not in table]:
        raise CatalogueError(f"{where}: key {missing[0]!r} is missing")
    known = {**required, **optional}
    for key, value in table.items():
        if key not in known:
            raise CatalogueError(f"{where}: unknown key {key!r}; expected {', '.join(known)}")
        if not isinstance(value, known[key]):
            raise CatalogueError(f"{where}: key {key!r} must be a {known[key].__name__}")


def _parameter(where: str, entry: object) -> Parameter:
    """One table of `[[parameters]]`."""
    if not isinstance(entry, dict):
        raise CatalogueError(f"{where}: key 'parameters' must be a list of tables")
    _check_keys(f"{where}, parameters", entry, _PARAMETER, _PARAMETER_OPTIONAL)
    default = entry.get("default")
    if default is not None and not _NUMBER.fullmatch(default):
        reason = f"default {default!r} is not a number such as 1, 0.25, 1/3 or 1e-3"
        raise CatalogueError(f"{where}: parameter {entry['name']!r}: {reason}")
    return Parameter(entry["name"], None if default is None else Fraction(default), entry["domain"])


def _check_words(path: Path, record: Record) -> None:
    """Names are words, the file is called like its activation, no word has two meanings."""
    if record.name != path.stem:
        raise CatalogueError(f"{path.name}: name {record.name!r} is not the name of the file")
    if record.kind not in KINDS:
        raise CatalogueError(f"{path.name}: kind {record.kind!r} is none of {', '.join(KINDS)}")
    inner = [record.variable, *(parameter.name for parameter in record.parameters)]
    for words in ([record.name, *record.aliases], inner):
        for word in words:
            if not isinstance(word, str) or not _WORD.fullmatch(word):
                raise CatalogueError(f"{path.name}: {word!r} is not a name")
        if len(set(words)) < len(words):
            raise CatalogueError(f"{path.name}: a name occurs twice in {', '.join(words)}")
    for word in inner:
        if is_reserved(word):
            raise CatalogueError(f"{path.name}: {word!r} is a word of the language")
    for word in (record.name, *record.aliases):
        if len(word) == 1:
            raise CatalogueError(f"{path.name}: name {word!r}: one letter is a variable")
        _check_reserved(path.name, word, record)


def _check_reserved(where: str, word: str, record: Record) -> None:
    """A word of the language may name an entry only if the entry is that very function."""
    if not is_reserved(word) or (word in VECTOR_FUNCTIONS and record.kind == "vector"):
        return
    if word not in FUNCTIONS or record.definition != f"{word}({record.variable})":
        raise CatalogueError(f"{where}: {word!r} is a word of the language and cannot name this")
