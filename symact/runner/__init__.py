"""Judges claims in worker processes, each claim bounded in time and memory, so that its trouble
stays its own.

Above: lessons, cli. Below: nothing but verdicts; the function that decides is handed in, and
imported by the worker only.
"""

from symact.runner.batch import judge_all
from symact.runner.worker import Bounds, Decide

__all__ = ["Bounds", "Decide", "judge_all"]
