"""z3's word on polynomial goals: right where it is asked, marked, and never taken unasked."""

from __future__ import annotations

import math
import os
import re
import sys
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

import symact
from symact.catalog import catalogue
from symact.cli import main
from symact.language.parser import parse_claim
from symact.language.predicates import goal_of
from symact.prover.decide import decide
from symact.prover.smt import real_closed_fields
from symact.prover.smt.real_closed_fields import Answer, decide_by_z3
from symact.render import jsonl, plain, terminal
from symact.render.report import Judged
from symact.trust import NotInstalled, require
from symact.verdicts import Verdict

PROMISED = "smt" in os.environ.get("EXTRAS", "")  # what the build was asked to install
needs_z3 = pytest.mark.skipif(find_spec("z3") is None, reason="the extra smt is not installed")


def asked(text: str, seconds: float = 10) -> Answer:
    """What z3 says of a claim, without the rest of the prover."""
    claim = parse_claim(text, catalogue())
    return decide_by_z3(goal_of(claim, catalogue()), seconds)


def test_a_build_with_the_extra_has_it() -> None:
    """Where the extra was to be installed, none of the tests below is skipped."""
    assert find_spec("z3") is not None or not PROMISED


HOLD = [
    # polynomials, pieces, parameters
    "x**4*y**2 + x**2*y**4 + 1 >= 3*x**2*y**2",
    "x**2*y**2*(x**2 + y**2 - 1) >= -1/27",
    "max(x, y) == (x + y + abs(x - y))/2",
    "abs(leaky_relu(x, a) - leaky_relu(y, a)) <= max(1, abs(a))*abs(x - y)",
    "leaky_relu(t*x + (1-t)*y, a) <= t*leaky_relu(x, a) + (1-t)*leaky_relu(y, a)"
    " where 0 <= t <= 1, 0 <= a <= 1",
    "abs(hardswish(x) - hardswish(y)) <= 3/2*abs(x - y)",
    "x**2 >= 0 where x in Naturals",
    "x + y > 0 where x > pi, y > -3",
    # quotients and roots, with their domains
    "x/x == 1 where x < 0",
    "abs(softsign(x) - softsign(y)) <= abs(x - y)",
    "sqrt(x**2) == abs(x)",
    "sqrt((x+u)**2 + (y+v)**2) <= sqrt(x**2 + y**2) + sqrt(u**2 + v**2)",
    "1/(x - sqrt(x)) > 0 where x > 1",
    # exp of linear combinations, logarithms
    "tanh(x + y) <= tanh(x) + tanh(y) where x >= 0, y >= 0",
    "sigmoid((x+y)/2) >= (sigmoid(x) + sigmoid(y))/2 where x >= 0, y >= 0",
    "softplus((x+y)/2) <= (softplus(x) + softplus(y))/2",
    "tanh(softplus(x)) < 1",
    "log(x*y) == log(x) + log(y) where x > 0, y > 0",
    "exp(x) > 2 where x > 1",
    "strictly_increasing(sigmoid)",
    # derivatives, away from kinks
    "diff(sigmoid(x), x) <= 1/4",
    "diff(relu(x), x) == step(x) where x != 0",
    "diff(sqrt(x), x) > 0 where x > 0",
    "diff(a*abs(x)**3, x, 2) == 6*a*abs(x) where x < 0",
]

FAIL = [
    ("x**2*y**2*(x**2 + y**2 - 1) >= -1/28", "below the least value"),
    ("abs(hardswish(x) - hardswish(y)) <= 7/5*abs(x - y)", "the constant is too small"),
    ("relu(x)*relu(y) == relu(x*y)", "both negative"),
    ("exp(x) > 3 where x > 1", "e < 3"),
    ("sigmoid((x+y)/2) >= (sigmoid(x) + sigmoid(y))/2", "not concave on the left"),
    ("x/x == 1", "undefined at 0"),
    ("1/(x*y) == 1/x/y", "undefined on the axes"),
    ("sqrt(x)**2 == x", "undefined left of 0"),
    ("sqrt(x) >= 0 where x > -1", "undefined on a part"),
    ("log(x*y) == log(x) + log(y)", "undefined for most"),
    ("0*log(x) == 0", "undefined left of 0, though multiplied by 0"),
    ("x - x == 0/x", "undefined at 0, though nothing is left of it"),
    ("piecewise((0, 1/x > 0), (0, True)) == 0", "the guard is undefined at 0"),
    ("diff(relu(x), x) == step(x)", "a kink"),
    ("diff(abs(x), x)**2 == 1", "a kink"),
    ("0*diff(abs(x - y), x) == 0", "a kink, though multiplied by 0"),
    ("diff(abs(x)**3, x, 3) >= -6", "a kink of the second derivative"),
    ("diff(piecewise((1, x == 0), (x, True)), x) == 1", "a jump at one point"),
    ("diff(sqrt(x), x) > 0 where x >= 0", "no derivative at the end"),
    ("diff(x*sqrt(x), x) >= 0 where x >= 0", "nothing on the other side of the end"),
    ("diff(piecewise((x, sqrt(x) > -1), (0, True)), x) == 1 where x >= 0", "the guard's end"),
    ("diff(0*sqrt(x), x) == 0 where x >= 0", "nothing on the other side of the end"),
]

OUTSIDE = [
    ("silu(x) >= -1", "both inside and outside of exp"),
    ("x*exp(y) <= 1 where y < x", "x stands beside what is inside exp"),
    ("exp(x**2) >= 1", "exp of more than a linear combination"),
    ("sigmoid(a*x) < 1", "exp of more than a linear combination"),
    ("sin(x) <= 1", "sin is no polynomial"),
    ("floor(x) <= x", "floor is no polynomial"),
    ("diff(floor(x), x) == 0 where 0 < x < 1", ""),
    ("x**n*x == x**(n+1) where n in Naturals", "npow is no polynomial"),
    ("limit(1/x, x, oo) == 0", "limit is no polynomial"),
    ("x == x where integral(y, y, 0, x) > 0", "integral is no polynomial"),
    ("x > 0 where diff(abs(x), x) == 1", "a condition with a derivative"),
    ("x**99 >= 0 where x > 0", "powers too high"),
    ("exp(x) + exp(x/1000) > 0", "powers too high"),
    ("bounded(tanh)", "a property of a whole function"),
]


@needs_z3
@pytest.mark.parametrize("claim", HOLD)
def test_true_claims_hold(claim: str) -> None:
    """z3 finds no exception to them, and says who says so."""
    answer = asked(claim)
    assert answer.holds, answer.note
    assert answer.trusted[0].startswith("z3 ")


@needs_z3
@pytest.mark.parametrize("claim", [c for c, _ in FAIL], ids=[why for _, why in FAIL])
def test_false_claims_do_not_hold(claim: str) -> None:
    """False inside, undefined, or at a kink: neither they nor what is said of them holds."""
    assert not asked(claim).holds
    assert decide(claim, 5, ("z3",)).outcome != "proved"


@needs_z3
@pytest.mark.parametrize(("claim", "why"), OUTSIDE, ids=[claim for claim, _ in OUTSIDE])
def test_what_is_outside_is_left_alone(claim: str, why: str) -> None:
    """Goals that are not polynomial are not asked about, and the reason is told."""
    answer = asked(claim)
    assert (answer.holds, answer.points, answer.trusted) == (False, (), ())
    assert answer.note.startswith("not a question for z3: ")
    assert why in answer.note


@needs_z3
@pytest.mark.parametrize(
    "claim",
    ["1 == 2 where x > 0, x < 0", "x**2 >= 0 where sqrt(-x**2 - 1) > 0", "y > 0 where y > y"],
)
def test_nothing_is_proved_about_nothing(claim: str) -> None:
    """z3 finds no exception, but nothing that satisfies the conditions is found either."""
    assert asked(claim).holds
    verdict = decide(claim, 5, ("z3",))
    assert (verdict.outcome, verdict.trusted) == ("undecided", ())
    assert "no point found" in verdict.reason


@needs_z3
def test_a_solution_is_a_witness_for_the_checker() -> None:
    """A point that z3 names is judged like any other: refuted, and z3 need not be trusted."""
    claim = "x + y <= 0 where x > 1000003/7, y > x**2, y < x**2 + 1/10**9"
    verdict = decide(claim, 10, ("z3",))
    assert (verdict.outcome, verdict.trusted) == ("refuted", ())
    assert verdict.certificate is not None
    assert decide(claim, 1).outcome == "undecided"


@needs_z3
def test_solutions_inside_exp_are_logarithms() -> None:
    """A rational e^x gives x exactly, and nearly as a rational."""
    near, exact = asked("exp(2*x) != 9").points
    assert str(exact["x"]) == "1/2*log(9)"
    assert isinstance(near["x"], Fraction)
    assert 0 < abs(math.exp(2 * near["x"]) - 9) < 1e-4


@needs_z3
def test_irrational_solutions_are_dropped() -> None:
    """They are no exact values, so there is nothing to judge."""
    answer = asked("x**2 != 2")
    assert (answer.holds, answer.points) == (False, ())


@needs_z3
def test_the_verdict_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where z3 was named: proved, without certificate, its name in every output."""
    monkeypatch.setattr(import_module("symact.prover.decide")._Attempt, "proof", lambda _: None)
    claim = "x**2 + 1 > x where x > 0"
    assert symact.prove(claim, timeout=5).outcome == "undecided"
    verdict = symact.prove(claim, timeout=5, trust=("z3",), cross_check=True)
    assert (verdict.outcome, verdict.certificate, verdict.witness) == ("proved", None, None)
    assert verdict.reason == "decided by z3 (not replayed by the checker)"
    (mark,) = verdict.trusted
    assert f"trusted: {mark}" in plain.line(Judged(verdict))
    assert jsonl.record(verdict)["trusted"] == [mark]
    denial = symact.prove(f"not {claim}", timeout=5, trust="z3")
    assert (denial.outcome, denial.trusted) == ("refuted", (mark,))


@needs_z3
def test_the_proof_that_is_replayed_comes_first() -> None:
    """Trust changes nothing where the checker is convinced."""
    verdict = decide("x**2 + 1 > x", 5, ("z3",))
    assert (verdict.outcome, verdict.trusted) == ("proved", ())
    assert verdict.certificate is not None


@needs_z3
def test_the_time_is_kept() -> None:
    """A hard goal is given up when its time is over."""
    claim = "(x+y+z+u+v)**10 <= 5**9*(x**10 + y**10 + z**10 + u**10 + v**10)"
    answer = asked(claim, 0.5)
    assert not answer.holds
    assert "z3 gave up" in answer.note
    assert asked(claim, 0.0).note == "no time was left for z3"


def test_a_terminal_shows_whom_to_trust() -> None:
    """The mark is a line of its own, and stands out."""
    verdict = Verdict("x == x", "proved", "because", trusted=("z3 9.9",))
    assert [str(text) for text in terminal._details(Judged(verdict))] == [
        "trusted: z3 9.9",
        "because",
    ]


def test_the_message_without_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who asks for z3 where it is missing is told what to install."""
    monkeypatch.setitem(sys.modules, "z3", None)
    monkeypatch.setattr("symact.trust.find_spec", lambda _: None)
    message = "z3 is not installed: pip install 'symact[smt]'"
    with pytest.raises(NotInstalled, match=r"symact\[smt\]"):
        symact.prove("x == x", trust=("z3",))
    assert main(["prove", "--trust", "z3", "x == x"]) == 2
    assert message in capsys.readouterr().err
    assert asked("x == x").note == message
    assert decide("x**2 + 1 > x", 5, ("z3",)).outcome == "proved"


def test_only_solvers_can_be_trusted() -> None:
    """A name that is no solver's is refused, by the command too."""
    with pytest.raises(ValueError, match="z3 can be trusted, not 'me'"):
        require(["me"])
    assert main(["prove", "--trust", "me", "x == x"]) == 2


def test_nothing_is_asked_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without trust the solver is not even looked for."""
    monkeypatch.setattr(real_closed_fields, "import_module", pytest.fail)
    assert decide("x**4 >= 0 where x**3 > x**2 + 1/7, x**2 < 1 - x", 1).outcome == "undecided"


@needs_z3
def test_the_example_of_the_readme() -> None:
    """The claim shown there is still proved by z3's word alone."""
    text = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")
    (claim,) = re.findall(r'--trust z3 "(.+)"', text)
    verdict = decide(claim, 5, ("z3",))
    assert (verdict.outcome, verdict.certificate) == ("proved", None)
    assert verdict.reason in text
    assert verdict.trusted
