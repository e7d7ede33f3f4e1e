"""The wall around what is trusted: what it imports, and what it does without."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# room -> the rooms that it may import
ROOMS = {
    "language": {"language"},
    "catalog": {"catalog", "language"},
    "checker": {"checker", "catalog", "language"},
}
LIBRARIES = {"sympy", "flint", "numpy", "mpmath", "click", "rich", "pebble", "markdown_it"}
MODULES = """
import sys, json
before = set(sys.modules)
%s
print(json.dumps(sorted({m.partition(".")[0] for m in set(sys.modules) - before})))
"""


def _loaded(statement: str) -> set[str]:
    """The top-level modules that a statement loads in a fresh interpreter with all libraries."""
    run = subprocess.run(
        [sys.executable, "-c", MODULES % statement],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found: set[str] = set(json.loads(run.stdout.splitlines()[-1]))
    return found


def _strangers(statement: str) -> set[str]:
    """Those of them that are neither ours nor of the standard library."""
    return _loaded(statement) - set(sys.stdlib_module_names) - {"symact"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_trusted_room_loads_the_standard_library_only(room: str) -> None:
    """Every module of the room, in a fresh interpreter."""
    files = sorted((ROOT / "symact" / room).glob("*.py"))
    names = [f"symact.{room}.{file.stem}" for file in files if not file.stem.startswith("__")]
    assert len(names) >= 2
    assert _strangers(f"import symact.{room}, {', '.join(names)}") == set()


def test_judging_loads_the_standard_library_only() -> None:
    """Nothing more is imported while a certificate is checked."""
    body = "{'relations': [{'step': 'holds'}], 'inhabitant': None}"
    proof = f"{{'format': 1, 'kind': 'proof', 'body': {body}}}"
    claim = "tanh(x) == 2*sigmoid(2*x) - 1"
    judge = f"assert symact.checker.check({claim!r}, {proof}).outcome == 'accept'"
    assert _strangers(f"import symact.checker; {judge}") == set()


def test_the_wall_can_be_broken() -> None:
    """A room with a library in it is noticed."""
    assert "flint" in _strangers("import symact.prover.decide")
    assert "numpy" in _strangers("import symact.checker, numpy")


def test_help_is_quick() -> None:
    """`symact --help` loads none of the large libraries."""
    call = "from symact.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit: pass"
    loaded = _loaded(call)
    assert "click" in loaded
    assert not loaded & {"sympy", "flint", "numpy", "mpmath", "rich"}


# -- sources --------------------------------------------------------------------------------------
BANNED = {"float", "complex", "eval", "exec", "compile", "__import__", "open", "globals"}
# difflib takes a float for how alike two spellings are: a suggestion in a message hangs on it.
EXCEPTIONS = {"vocabulary.py": ": 0.7"}
INTEGER_MATH = {"isqrt", "gcd", "lcm", "comb", "factorial", "prod"}
UNUSED = {"pickle", "subprocess", "random", "decimal", "os", "importlib", "ctypes", "cmath"}


def _faults(source: str, room: str) -> Iterator[str]:
    """What a trusted source must not have: asserts, floats, evaluation, other rooms."""
    for part in ast.walk(ast.parse(source)):
        if isinstance(part, ast.Assert):
            yield f"line {part.lineno}: assert"
        elif isinstance(part, ast.Constant) and isinstance(part.value, float | complex):
            yield f"line {part.lineno}: {part.value}"
        elif isinstance(part, ast.Name) and part.id in BANNED:
            yield f"line {part.lineno}: {part.id}"
        elif isinstance(part, ast.ImportFrom):
            module, names = part.module or "", {alias.name for alias in part.names}
            if part.level or not _is_allowed(module, room):
                yield f"line {part.lineno}: import of {module or '.'}"
            if module == "math" and not names <= INTEGER_MATH:
                yield f"line {part.lineno}: math {names - INTEGER_MATH}"
        elif isinstance(part, ast.Import):
            for alias in part.names:
                if alias.name == "math" or not _is_allowed(alias.name, room):
                    yield f"line {part.lineno}: import of {alias.name}"


def _is_allowed(module: str, room: str) -> bool:
    first, _, rest = module.partition(".")
    if first == "symact":
        return rest.partition(".")[0] in ROOMS[room]
    return first in sys.stdlib_module_names and first not in UNUSED


SOURCES = [
    (file, room) for room in ROOMS for file in sorted((ROOT / "symact" / room).rglob("*.py"))
]


@pytest.mark.parametrize(("file", "room"), SOURCES, ids=lambda value: getattr(value, "stem", value))
def test_a_trusted_source_has_no_assert_no_float_and_no_other_room(file: Path, room: str) -> None:
    """In every file of the three rooms."""
    faults = list(_faults(file.read_text(encoding="utf-8"), room))
    excused = EXCEPTIONS.get(file.name)
    assert [fault for fault in faults if not excused or not fault.endswith(excused)] == []


def test_the_sources_are_there() -> None:
    """A collector that shrinks is noticed."""
    assert len(SOURCES) >= 45


@pytest.mark.parametrize(
    "source",
    [
        "assert x",
        "x = 0.5",
        "x = 1e3",
        "x = 2j",
        "x = float(y)",
        "from math import sqrt",
        "import math",
        "import numpy",
        "import symact.prover.decide",
        "from symact.prover import decide",
        "from . import judge",
        "import pickle",
        "def f():\n    from flint import fmpq",
        "x = eval(y)",
    ],
)
def test_each_fault_would_be_seen(source: str) -> None:
    """The reading of sources can fail."""
    assert len(list(_faults(source, "checker"))) == 1


def test_the_checker_stays_small() -> None:
    """Files of at most 250 lines, 7,500 in all: each is to be read in one sitting."""
    lengths = {
        file.name: len(file.read_text(encoding="utf-8").splitlines())
        for file in (ROOT / "symact" / "checker").glob("*.py")
    }
    assert max(lengths.values()) <= 250, max(lengths, key=lengths.__getitem__)
    assert sum(lengths.values()) <= 7_500
