"""The claims of tests/claims through the whole road: each is decided, and decided right."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from symact.prover.decide import decide
from symact.verdicts import Verdict

FOLDER = Path(__file__).parent / "claims"
WANTED = {
    "true": "proved",
    "false": "refuted",
    "shapes_true": "proved",
    "shapes_false": "refuted",
}
COLLECTED = {"true": 692, "false": 810, "shapes_true": 794, "shapes_false": 684}
HARD = 0  # true claims whose remark begins with "hard:": they may stay undecided
CHUNK = 25
MAX_UNDECIDED = 0.02  # of the others in true.txt and false.txt
SECONDS = 5.0  # for a claim about shapes
HURRIED = 1.0  # for one that may stay undecided: a wrong verdict would come all the same
MOST_OPEN = 35  # claims in undecided.txt, which tools/list_undecided.py writes: only ever lower it


def _claims(name: str) -> list[tuple[str, bool]]:
    """(claim without its remark, whether it is hard) for every line of a file."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    split = [line.partition("#") for line in lines if line.strip() and not line.startswith("#")]
    return [(claim.strip(), remark.strip().startswith("hard:")) for claim, _, remark in split]


CLAIMS = {name: _claims(name) for name in WANTED}
OPEN = frozenset(claim for claim, _ in _claims("undecided"))
CHUNKS = [(name, i) for name in WANTED for i in range(-(-len(CLAIMS[name]) // CHUNK))]


# A fresh interpreter without site packages: nothing beyond the standard library is there.
RECHECK = """
import json, sys
sys.path.insert(0, sys.argv[1])
from symact.checker import check
for claim, outcome, certificate in json.load(sys.stdin):
    again = check(claim, certificate)
    if (again.outcome, again.verdict) != ("accept", outcome):
        print(claim, again.outcome, again.verdict, again.message)
loaded = {name.partition(".")[0] for name in sys.modules} & {"sympy", "flint", "numpy", "mpmath"}
print(*sorted(loaded), end="")
"""


def _elsewhere(verdicts: list[Verdict]) -> list[str]:
    """What the checker does not accept in an interpreter that has nothing installed."""
    rows = json.dumps([(v.claim, v.outcome, v.certificate) for v in verdicts])
    command = [sys.executable, "-I", "-S", "-c", RECHECK, str(FOLDER.parents[1])]
    run = subprocess.run(command, input=rows, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def _told(verdict: Verdict) -> str:
    return f"{verdict.claim}\n    {verdict.outcome}: {verdict.reason}"


def _decided(name: str, claim: str, hard: bool) -> Verdict:
    """The verdict on a claim of a file; a busy machine gets a second chance with more time."""
    if claim in OPEN or hard:
        return decide(claim, HURRIED if claim in OPEN else 3)
    verdict = decide(claim, SECONDS if name.startswith("shapes") else None)
    again = verdict.outcome == "undecided" and claim not in UNDECIDED
    return decide(claim) if again else verdict


@pytest.mark.parametrize(("name", "index"), CHUNKS)
def test_claims_are_decided_as_they_should_be(name: str, index: int) -> None:
    """No wrong verdict; every certificate is accepted again; only known claims stay undecided."""
    verdicts = [
        (_decided(name, claim, hard), hard)
        for claim, hard in CLAIMS[name][index * CHUNK : (index + 1) * CHUNK]
    ]
    wrong = [v for v, _ in verdicts if v.outcome not in (WANTED[name], "undecided")]
    assert not wrong, "\n".join(map(_told, wrong))
    assert _elsewhere([v for v, _ in verdicts if v.outcome != "undecided"]) == []
    undecided = [v for v, hard in verdicts if v.outcome == "undecided" and not hard]
    new = [v for v in undecided if v.claim not in UNDECIDED | OPEN]
    assert not new, "\n".join(map(_told, new))


def test_the_second_look_can_fail() -> None:
    """A certificate for another claim is noticed in the fresh interpreter."""
    verdict = replace(decide("relu(x) == x"), claim="relu(x) == max(x, 0)")
    assert len(_elsewhere([verdict])) == 1


def test_no_claim_is_lost() -> None:
    """The numbers of claims are known, and hard ones are few."""
    assert {name: len(claims) for name, claims in CLAIMS.items()} == COLLECTED
    assert sum(hard for claims in CLAIMS.values() for _, hard in claims) == HARD
    assert sum(map(len, CLAIMS.values())) > CHUNK * (len(CHUNKS) - 2)


# Claims that are not decided yet, though they are not marked as hard.
UNDECIDED: frozenset[str] = frozenset()


def test_few_claims_are_undecided() -> None:
    """At most two in a hundred, and each is still a claim of the files."""
    plain = {claim for name in ("true", "false") for claim, hard in CLAIMS[name] if not hard}
    assert plain >= UNDECIDED
    assert len(UNDECIDED) <= MAX_UNDECIDED * len(plain)


def test_the_list_of_open_claims_only_shrinks() -> None:
    """Each is a claim about shapes, and there are no more than when the list was last made."""
    shapes = {claim for name in CLAIMS if name.startswith("shapes") for claim, _ in CLAIMS[name]}
    assert shapes >= OPEN
    assert len(OPEN) <= MOST_OPEN
