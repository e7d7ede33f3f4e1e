"""The catalogue: a vocabulary read lazily from `activations/*.toml`.

Looking up a canonical name reads its file and those of the names that its definition uses; an
alias or an unknown word reads them all, once. Words of one letter are variables, never entries.

Above: every caller of the parser. Below: `record`, `language.parser`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Final

from symact.catalog.record import CatalogueError, Record, read_record
from symact.language.errors import ClaimError
from symact.language.parser import parse_term
from symact.language.terms import Term, postorder
from symact.language.vocabulary import FUNCTIONS, Definition, is_reserved

FOLDER: Final = Path(__file__).parent / "activations"


class Catalogue:
    """The activations of one folder; satisfies `language.vocabulary.Vocabulary`.

    Fails with CatalogueError, at the first use that meets it, when a file is malformed.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._records: dict[str, Record] = {}
        self._definitions: dict[str, Definition] = {}
        self._aliases: dict[str, str] | None = None
        self._canonical: frozenset[str] | None = None
        self._inner: set[str] = set()
        self._open: list[str] = []
        self._lock = RLock()

    def canonical_names(self) -> frozenset[str]:
        """The canonical names: the names of the files. Reads none of them."""
        if self._canonical is None:
            self._canonical = frozenset(path.stem for path in self._folder.glob("*.toml"))
        return self._canonical

    def names(self) -> list[str]:
        """Every canonical name and alias, sorted. Reads all files."""
        return sorted({*self.canonical_names(), *self.aliases()})

    def aliases(self) -> Mapping[str, str]:
        """alias -> canonical name. Fails when a word would have two meanings."""
        if self._aliases is None:
            found: dict[str, str] = {}
            for name in sorted(self.canonical_names()):
                for alias in self.record(name).aliases:
                    if alias in found or alias in self.canonical_names():
                        other = found.get(alias, alias)
                        raise CatalogueError(
                            f"{name}.toml: alias {alias!r} belongs to {other}.toml"
                        )
                    found[alias] = name
            for word in sorted(self._inner & found.keys()):
                reason = f"alias {word!r} is a variable or parameter of another file"
                raise CatalogueError(f"{found[word]}.toml: {reason}")
            self._aliases = found
        return self._aliases

    def canonical(self, name: str) -> str | None:
        """The canonical name that a name or alias stands for; None for any other word."""
        return name if name in self.canonical_names() else self.aliases().get(name)

    def knows(self, name: str) -> bool:
        """Whether the name or alias has an entry."""
        if len(name) == 1 or name in self._inner:
            return False
        return self.canonical(name) is not None

    def record(self, name: str) -> Record:
        """What the file of a canonical name says. Fails with KeyError for any other name."""
        if name not in self._records:
            if name not in self.canonical_names():
                raise KeyError(name)
            record = read_record(self._folder / f"{name}.toml")
            inner = {record.variable, *(parameter.name for parameter in record.parameters)}
            if clash := inner & self.canonical_names():
                raise CatalogueError(f"{name}.toml: {min(clash)!r} is the name of another file")
            self._inner |= inner
            self._records[name] = record
        return self._records[name]

    def lookup(self, name: str) -> Definition | None:
        """The definition of a name or alias, parsed; None for any other word."""
        canonical = self.canonical(name) if self.knows(name) else None
        if canonical is None:
            return None
        with self._lock:
            if canonical not in self._definitions:
                self._definitions[canonical] = self._define(canonical)
            return self._definitions[canonical]

    def _define(self, name: str) -> Definition:
        """Parses one definition, then those it uses; a name met again on the way is a circle."""
        if name in self._open:
            circle = " -> ".join([*self._open[self._open.index(name) :], name])
            raise CatalogueError(f"{name}.toml: circular definition: {circle}")
        self._open.append(name)
        try:
            record = self.record(name)
            body = self._parse(record)
            for used in self._references(body):
                self.lookup(used)
        finally:
            self._open.pop()
        return Definition(
            name, record.variable, record.parameters, body, is_vector=record.kind == "vector"
        )

    def _parse(self, record: Record) -> Term:
        """The body of a definition, which may use its variable and parameters only."""
        try:
            body = parse_term(record.definition, self)
        except ClaimError as error:
            raise CatalogueError(f"{record.name}.toml: definition: {error}") from error
        allowed = {record.variable, *(parameter.name for parameter in record.parameters)}
        for part in postorder(body):
            if part.op == "name" and part.value not in allowed:
                reason = f"{part.value!r} is neither the variable nor a parameter"
                raise CatalogueError(f"{record.name}.toml: definition: {reason}")
        return body

    def _references(self, body: Term) -> Iterator[str]:
        """The catalogue names that a body uses; arithmetic functions are no references."""
        for part in postorder(body):
            if part.op in ("call", "function"):
                used = part.value[0]
                own = used in self.canonical_names() or not is_reserved(used)
                if own and used not in FUNCTIONS and self.knows(used):
                    yield used


@cache
def catalogue() -> Catalogue:
    """The one catalogue of this process. Never fails; see `Catalogue` for its uses."""
    return Catalogue()
