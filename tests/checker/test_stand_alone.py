"""The checker in fresh interpreters, in which no dependency can be imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checker.suite import CERTIFICATES, ROOT, documents
from tests.support import require

BLOCKED = ("sympy", "flint", "numpy", "mpmath", "click", "rich", "pebble", "markdown_it", "z3")
BLOCKER = f"""
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {BLOCKED!r}:
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Blocker())
sys.path.insert(0, {str(ROOT)!r})
"""
CHECK_ALL = """
import json, pathlib
from symact.checker import check
found = {}
for path in pathlib.Path(sys.argv[1]).glob("*.json"):
    document = json.loads(path.read_text(encoding="utf-8"))
    result = check(document["claim"], document["certificate"])
    found[path.stem] = [result.outcome, result.verdict]
print(json.dumps(found))
"""


def _run(flags: str, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter with these flags, behind the blocker."""
    return subprocess.run(
        [sys.executable, *flags.split(), "-c", BLOCKER + script, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_proof_is_accepted_where_nothing_can_be_imported() -> None:
    """Isolated, without site-packages, and behind a blocker."""
    run = _run("-I -S", CHECK_ALL, str(CERTIFICATES / "accept"))
    require(run.returncode == 0, run.stderr)
    wanted = {name: ["accept", d["verdict"]] for name, d in documents("accept").items()}
    require(json.loads(run.stdout) == wanted)


@pytest.mark.parametrize("module", ["numpy", "sympy", "flint", "mpmath", "click", "rich"])
def test_the_blocker_blocks(module: str) -> None:
    """What is installed cannot be imported behind it (and could be without it)."""
    there = f"import importlib.util; sys.meta_path.pop(0); importlib.import_module({module!r})"
    require(_run("-I", there).returncode == 0, f"{module} is not installed: nothing is shown")
    run = _run("-I", f"import {module}")
    require(run.returncode == 1 and f"blocked: {module}" in run.stderr, run.stderr)


def test_a_checker_with_a_dependency_would_be_noticed() -> None:
    """The same run fails for a package that imports one."""
    run = _run("-I", CHECK_ALL.replace("symact.checker", "symact.prover.decide"), "nowhere")
    require(run.returncode == 1 and "blocked: flint" in run.stderr, run.stderr)


# -- the command ----------------------------------------------------------------------------------
def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """python -S -m symact.checker, in the folder of the project."""
    return subprocess.run(
        [sys.executable, "-S", "-m", "symact.checker", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


PROOF = (
    '{"format": 1, "kind": "proof", "body": {"relations": [{"step": "holds"}], "inhabitant": %s}}'
)
POINT = '{"values": {"x": "2"}, "laws": []}'
COMMANDS = {
    "accept": ("sigmoid(-x) == 1 - sigmoid(x)", PROOF % "null", 0, "accept: proved"),
    "accept a refutation": ("not 1 + 1 == 2", PROOF % "null", 0, "accept: refuted"),
    "reject": ("x == x + 1", PROOF % "null", 1, "reject: the relation does not follow"),
    "no such step": ("x == x", PROOF.replace("holds", "hops") % "null", 1, "reject: an unknown"),
    "cannot judge": ("limit(x, x, 0) == 0", PROOF % "null", 3, "cannot judge: "),
    "where": ("x + x == 2*x where x > 1", PROOF % POINT, 0, "accept: proved"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_says_what_it_read_what_it_trusted_and_what_it_found(
    name: str, tmp_path: Path
) -> None:
    """Three lines and an exit code."""
    claim, certificate, code, outcome = COMMANDS[name]
    (tmp_path / "claim.txt").write_text(claim + "\n", encoding="utf-8")
    (tmp_path / "certificate.json").write_text(certificate, encoding="utf-8")
    run = _command(str(tmp_path / "claim.txt"), str(tmp_path / "certificate.json"))
    require(run.returncode == code, run.stdout + run.stderr)
    statement, trusted, found = run.stdout.splitlines()
    require(statement == f"statement: {claim}", statement)
    require(trusted == "trusted:   the definitions of the catalogue", trusted)
    require(found.startswith(f"outcome:   {outcome}"), found)


def test_the_command_takes_a_certificate_beside_its_claim(tmp_path: Path) -> None:
    """The claim in the certificate's file is not read: another one is judged."""
    file = CERTIFICATES / "accept" / "identity-tanh-by-sigmoid.json"
    for claim, code in ((documents("accept")[file.stem]["claim"], 0), ("x == x + 1", 1)):
        (tmp_path / "claim.txt").write_text(claim, encoding="utf-8")
        run = _command(str(tmp_path / "claim.txt"), str(file))
        require(run.returncode == code and claim in run.stdout, run.stdout + run.stderr)


@pytest.mark.parametrize(
    ("claim", "certificate"),
    [("x ==", PROOF), ("x == x", "{"), ("x == x", "[" * 9000), ("x == x", "1" * 9000), (None, "")],
)
def test_the_command_has_a_code_for_bad_input(
    claim: str | None, certificate: str, tmp_path: Path
) -> None:
    """No claim, no JSON, no file: 2, one line, no traceback."""
    files = [tmp_path / "claim.txt", tmp_path / "certificate.json"]
    if claim is not None:
        files[0].write_text(claim, encoding="utf-8")
    files[1].write_text(certificate, encoding="utf-8")
    run = _command(*map(str, files))
    require(run.returncode == 2 and not run.stdout, run.stdout + run.stderr)
    require("Traceback" not in run.stderr and run.stderr.startswith("bad "), run.stderr)


def test_the_command_without_files_says_how_it_is_used() -> None:
    """Exit code 2."""
    run = _command()
    require(run.returncode == 2 and "CLAIM-FILE" in run.stderr, run.stderr)
