"""The committed certificates, and the places in the checker that reject."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import symact.checker
from symact.catalog import catalogue
from symact.checker import judge
from symact.checker.failures import CannotJudge, Rejected
from symact.language.parser import parse_claim

ROOT = Path(__file__).resolve().parents[2]
CERTIFICATES = ROOT / "tests" / "certificates"
CHECKER = Path(symact.checker.__file__).parent

Check = Callable[[str, Any], judge.Result]


def documents(folder: str) -> dict[str, Any]:
    """name -> the JSON value of tests/certificates/folder/name.json, by name."""
    paths = sorted((CERTIFICATES / folder).glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def nodes(value: Any) -> Iterator[Any]:
    """Every JSON value inside a JSON value, itself included."""
    stack = [value]
    while stack:
        current = stack.pop()
        yield current
        if isinstance(current, dict):
            stack.extend(current.values())
        elif isinstance(current, list):
            stack.extend(current)


class Site(NamedTuple):
    """A `raise` in the checker: the file, the first and the last line."""

    file: str
    first: int
    last: int


@cache
def rejection_sites() -> dict[Site, str]:
    """Every `raise` of Rejected, or of a subclass, in the checker's sources -> what it raises."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in CHECKER.glob("*.py")}
    kinds = {"Rejected"}
    for _ in trees:  # subclasses of subclasses, in whatever order the files are read
        for tree in trees.values():
            kinds |= {
                part.name
                for part in ast.walk(tree)
                if isinstance(part, ast.ClassDef)
                and any(isinstance(base, ast.Name) and base.id in kinds for base in part.bases)
            }
    return {
        Site(path.name, part.lineno, part.end_lineno or part.lineno): ast.unparse(part.exc)
        for path, tree in trees.items()
        for part in ast.walk(tree)
        if isinstance(part, ast.Raise)
        and isinstance(part.exc, ast.Call)
        and isinstance(part.exc.func, ast.Name)
        and part.exc.func.id in kinds
    }


def rejection(claim: str, certificate: Any) -> tuple[str, Site] | None:
    """The message of the rejection and where it was raised; None when it is not rejected."""
    try:
        judge._check(parse_claim(claim, catalogue()), certificate, catalogue())
    except CannotJudge:
        return None
    except Rejected as refusal:
        trace = refusal.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        if trace is None:
            return None
        file, line = Path(trace.tb_frame.f_code.co_filename).name, trace.tb_lineno
        for site in rejection_sites():
            if site.file == file and site.first <= line <= site.last:
                return str(refusal), site
    return None


def restored(document: dict[str, Any]) -> dict[str, Any]:
    """A rejected document with its one fault undone: `was` is put back at `place`."""
    copy: dict[str, Any] = json.loads(json.dumps(document))
    fault = copy["fault"]
    *path, last = fault["place"]
    inside: Any = copy
    for step in path:
        inside = inside[step]
    if "was" in fault:
        inside[last] = fault["was"]
    else:
        del inside[last]
    return copy


# -- conformance ----------------------------------------------------------------------------------
def disagreements(check: Check) -> list[str]:
    """Where a checker says something else than tests/certificates wants; a good one: nowhere."""
    found: list[str] = []
    for name, document in documents("accept").items():
        result = check(document["claim"], document["certificate"])
        if (result.outcome, result.verdict) != ("accept", document["verdict"]):
            found.append(f"accept/{name}: {result.outcome} {result.verdict} {result.message}")
        elif parse_claim(result.statement, catalogue()) != parse_claim(
            document["claim"], catalogue()
        ):
            found.append(f"accept/{name}: read as {result.statement}")
    for name, document in documents("reject").items():
        result = check(document["claim"], document["certificate"])
        if (result.outcome, result.message) != ("reject", document["fault"]["message"]):
            found.append(f"reject/{name}: {result.outcome} {result.message}")
    return found
