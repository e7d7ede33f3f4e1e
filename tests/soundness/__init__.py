"""Random claims whose truth is known, or shows on a close look: no verdict may be wrong.

    python -m tests.soundness --count 100000 --seed 0 --jobs 2

From claims to verdicts and back: `families` make claims, `reading` and `balls` understand them
without any code of symact, `search` looks for points at which they fail, `judge` compares, `run`
counts.
"""
