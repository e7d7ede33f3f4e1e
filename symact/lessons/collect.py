"""Finds the claims in lessons: Markdown files whose fenced blocks of language `symact` hold a claim
or derivation each.

Above: `judge`, cli. Below: language (to split a derivation into its steps), markdown-it-py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast, get_args

from symact.language.errors import ClaimError

if TYPE_CHECKING:
    from markdown_it.token import Token

Expectation = Literal["proved", "refuted", "undecided"]
LANGUAGE = "symact"


class LessonError(ValueError):
    """A lesson that cannot be read; the message names the file, and the line where there is one."""


@dataclass(frozen=True)
class Step:
    """One claim of a block: the line it stands on, counted from 1 in the file; `error` when it
    cannot be read.
    """

    line: int
    claim: str
    error: str = ""


@dataclass(frozen=True)
class Block:
    """A fenced block: where its fence opens, what its author expects, and its claims (more than
    one: a derivation).
    """

    file: Path
    line: int
    expected: Expectation
    steps: tuple[Step, ...]


def collect(target: Path) -> list[Block]:
    """The blocks of a lesson, or of all lessons beneath a folder, in order of file and line.

    Fails with LessonError when a file cannot be read, a fence is wrong, or there is not one block.
    """
    files = lesson_files(target) if target.is_dir() else [target]
    blocks = [block for file in files for block in blocks_of(file)]
    if not blocks:
        raise LessonError(f"{target}: no block of language {LANGUAGE} in it")
    return blocks


def lesson_files(folder: Path) -> list[Path]:
    """The Markdown files beneath `folder`, hidden ones left out, sorted. Fails with LessonError
    when there are none.
    """
    files = sorted(
        path
        for path in folder.rglob("*.md")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not files:
        raise LessonError(f"{folder}: no lesson (a file whose name ends in .md) in this folder")
    return files


def blocks_of(file: Path) -> list[Block]:
    """The blocks of one lesson. Fails with LessonError when the file cannot be read or a fence is
    wrong.
    """
    from markdown_it import MarkdownIt

    text = _read(file)
    lines = text.split("\n")
    tokens = MarkdownIt("commonmark").parse(text)
    return [_block(file, token, lines) for token in tokens if _is_ours(token)]


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise LessonError(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise LessonError(f"{file}: not UTF-8 at byte {error.start}") from error


def _is_ours(token: Token) -> bool:
    """Whether a token is a fence meant for us, rightly spelled or not: one that is only nearly ours
    is an error.
    """
    return token.type == "fence" and token.info.strip().lower().startswith(LANGUAGE)


def _block(file: Path, token: Token, lines: list[str]) -> Block:
    start, end = token.map or [0, 0]
    place = f"{file}:{start + 1}"
    if not (end - 1 > start and lines[end - 1].rstrip().endswith(token.markup)):
        raise LessonError(f"{place}: this fence is never closed")
    if not any(claim_line.split("#")[0].strip() for claim_line in token.content.split("\n")):
        raise LessonError(f"{place}: this block holds no claim")
    steps = tuple(_steps(token.content, start + 2))
    return Block(file, start + 1, _expectation(token.info, place), steps)


def _expectation(info: str, place: str) -> Expectation:
    """What a fence expects: proved, unless its second word says otherwise."""
    language, *rest = info.split()
    expected = " ".join(rest) or "proved"
    if language != LANGUAGE or expected not in get_args(Expectation):
        choices = " or ".join([LANGUAGE, f"{LANGUAGE} refuted", f"{LANGUAGE} undecided"])
        raise LessonError(f"{place}: the fence says {info.strip()!r}; expected {choices}")
    return cast("Expectation", expected)


def _steps(content: str, first: int) -> Iterator[Step]:
    """The claims of a block whose text starts on line `first`; one Step with an error when it
    cannot be read.
    """
    from symact.catalog import catalogue
    from symact.language.parser import parse_block

    try:
        steps = parse_block(content, catalogue())
    except ClaimError as error:
        line = first + error.line - 1
        yield Step(line, content.strip(), f"column {error.column}: {error.message}" + _help(error))
    else:
        for offset, text, _ in steps:
            yield Step(first + offset, text)


def _help(error: ClaimError) -> str:
    expected = f"; expected {error.expected}" if error.expected else ""
    return expected + (f"; for example: {error.example}" if error.example else "")
