"""Guards of the run under `python -O`: it is optimised, and a false condition still fails there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import require

ROOT = Path(__file__).parent.parent
FALSE = {
    "require": "from tests.support import require\n\ndef test_false():\n    require(1 == 2)\n",
    "assert": "def test_false():\n    assert 1 == 2\n",
    "raises": "import pytest\ndef test_no():\n    with pytest.raises(ValueError):\n        pass\n",
}


def test_require_raises_on_what_is_false() -> None:
    """The helper fails when it should, and only then."""
    require(True)
    with pytest.raises(AssertionError, match="reason"):
        require(False, "reason")


def test_the_optimised_run_is_optimised() -> None:
    """Where PYTHONOPTIMIZE is set, the interpreter has dropped the `assert` of ordinary modules."""
    require(bool(os.environ.get("PYTHONOPTIMIZE")) == (not __debug__))


@pytest.mark.parametrize("kind", FALSE)
def test_a_false_test_fails_under_optimisation(kind: str, tmp_path: Path) -> None:
    """A test that is false fails under optimisation, however it states its condition."""
    (tmp_path / "test_false.py").write_text(FALSE[kind], encoding="utf-8")
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            str(tmp_path),
            str(tmp_path),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONOPTIMIZE": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    require(run.returncode == 1 and "1 failed" in run.stdout, run.stdout + run.stderr)
