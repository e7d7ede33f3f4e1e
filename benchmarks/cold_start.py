"""Whole processes, side by side: one claim by symact, `import sympy`, and `symact --help`.

    python benchmarks/cold_start.py [--runs N]

Runs the commands in turn, so that a busy machine slows all of them; prints medians and ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

CLAIM = "tanh(x) == 2*sigmoid(2*x) - 1"


def main() -> int:
    """Runs the comparison and prints it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    beside = Path(sys.executable).with_name("symact")
    symact = str(beside) if beside.exists() else shutil.which("symact")
    if symact is None:
        print("the command symact is not installed: pip install .", file=sys.stderr)
        return 2
    commands = {
        f'symact prove "{CLAIM}"': [symact, "prove", CLAIM],
        'python -c "import sympy"': [sys.executable, "-c", "import sympy"],
        "symact --help": [symact, "--help"],
    }
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {label: [] for label in commands}
    for turn in range(runs + 1):
        for label, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environment)
            if turn:  # the first turn writes the bytecode caches
                times[label].append(time.perf_counter() - begun)
    base = median(times['python -c "import sympy"'])
    for label, measured in times.items():
        middle = median(measured)
        print(f"{middle * 1e3:7.0f} ms  {middle / base:5.2f} of importing SymPy   {label}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
