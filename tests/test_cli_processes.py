"""The command in a process of its own: pipes, interrupts, encodings, and what it imports."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WITH_FAKES = """\
import sys
from symact import cli, targets
from tests import fakes
targets.decide_only = targets.decide_and_cross_check = fakes.decide
targets.warm = targets.warm_with_cross_check = None
sys.exit(cli.main())
"""


def command(*arguments: str) -> list[str]:
    """The command line of a process of its own, with the fake prover."""
    return [sys.executable, "-c", WITH_FAKES, *arguments]


def test_standard_input_is_answered_line_by_line() -> None:
    """A program that waits for each answer before it writes the next claim gets it, also after a
    worker's death.
    """
    talk = subprocess.Popen(
        command("prove", "--claims", "-", "--json", "--jobs", "1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        cwd=ROOT,
    )
    assert talk.stdin is not None
    assert talk.stdout is not None
    verdicts = []
    for claim in ("one", "die", "two"):
        talk.stdin.write(claim + "\n")
        verdicts.append(json.loads(talk.stdout.readline())["verdict"])
    talk.stdin.close()
    talk.stdout.close()
    assert verdicts == ["proved", "undecided", "proved"]
    assert talk.wait(timeout=20) == 3


def test_an_interrupt_ends_everything_at_once() -> None:
    """Ctrl-C: what was judged is out, no traceback, no worker left, and the shell's usual code."""
    run = subprocess.Popen(
        command("prove", "pid", "sleep 60", "--jobs", "1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert run.stdout is not None
    worker = int(run.stdout.readline().split("[")[1].rstrip("]\n"))
    started = time.perf_counter()
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=20)
    assert (run.returncode, err.strip()) == (130, "interrupted")
    assert time.perf_counter() - started < 5
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_reader_that_leaves_is_no_error() -> None:
    """`symact prove … | head -1` ends without a complaint."""
    line = f'{sys.executable} -c "$CODE" prove --claims - | head -1'
    claims = "".join(f"claim {number}\n" for number in range(2000))
    run = subprocess.run(
        ["bash", "-c", line],
        input=claims,
        env={**os.environ, "CODE": WITH_FAKES},
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    assert (run.stdout, run.stderr) == ("proved    claim 0   [fake]\n", "")


def test_output_that_the_terminal_cannot_show_is_escaped() -> None:
    """A claim with a sign outside of the terminal's encoding, or no text at all, is still shown."""
    run = subprocess.run(
        [*command("prove", "σ(x) > 0"), b"\xff"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    lines = run.stdout.splitlines()
    assert lines == [rb"proved    \u03c3(x) > 0   [fake]", rb"proved    \udcff   [fake]"]


def test_help_imports_nothing_heavy() -> None:
    """`symact --help` leaves the algebra, the pool and the terminal's library alone."""
    script = (
        "import sys; from symact.cli import main; code = main(['--help'])\n"
        "heavy = {'sympy', 'flint', 'numpy', 'mpmath', 'rich', 'pebble', 'markdown_it'}\n"
        "print(code, sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert run.stdout.startswith("Usage: symact")
    assert run.stdout.splitlines()[-1] == "0 []"


def test_the_module_runs_like_the_command() -> None:
    """`python -m symact` with a command it does not know leaves with 2."""
    run = subprocess.run(
        [sys.executable, "-m", "symact", "disprove"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 2
    assert "No such command" in run.stderr
