"""The command line: what it prints, what it leaves with, and that no error of a user shows a
traceback.

The prover is a fake that does what the claim's first word says; what the real one decides is tested
elsewhere.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from symact import certificate_files, cli, targets
from symact.cli import main
from symact.render.report import printable
from symact.verdicts import Verdict
from tests import fakes


@pytest.fixture(autouse=True)
def _fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("decide_only", "decide_and_cross_check"):
        monkeypatch.setattr(targets, name, fakes.decide)
    for name in ("warm", "warm_with_cross_check"):
        monkeypatch.setattr(targets, name, None)


CODES = [
    (["fine"], 0),
    (["refute"], 1),
    (["doubt"], 3),
    (["misread"], 2),
    (["fine", "doubt"], 3),
    (["doubt", "refute", "fine"], 1),
    (["refute", "misread", "doubt"], 2),
    (["raise a bug"], 3),
    (["die"], 3),
    ([], 2),
    (["nowhere.md"], 2),
    (["nowhere/"], 2),
    (["--claims", "nowhere.txt"], 2),
    (["--claims", "tests"], 2),
    (["--timeout", "0", "fine"], 2),
    (["--timeout", "soon", "fine"], 2),
    (["--jobs", "0", "fine"], 2),
    (["--no-such-option", "fine"], 2),
]


@pytest.mark.parametrize(("arguments", "code"), CODES)
def test_the_exit_code_says_what_happened(arguments: list[str], code: int) -> None:
    """2 before 1 before 3 before 0, whatever the order of the claims."""
    assert main(["prove", *arguments]) == code


def test_a_plain_line_for_each_claim(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe: outcome, claim, reason, witness; and the counts on standard error."""
    main(["prove", "fine", "refute", "doubt", "misread"])
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "proved    fine   [fake]",
        "refuted   refute   [at x = 0; at a point]",
        "undecided doubt   [no strategy]",
        "error     misread   [line 1, column 1: no]",
    ]
    assert err == "4 claims: 1 proved, 1 refuted, 1 undecided, 1 error\n"


def test_trusted_verdicts_are_marked_and_counted_apart(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What rests on a solver's word says so in every line, and in the counts."""
    monkeypatch.setattr(cli, "require", lambda names: names)
    claims = ["trusting", "fine", "refute"]
    main(["prove", "--trust", "z3", *claims])
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == [
        "proved    trusting   [its word; trusted: z3 9.9]",
        "proved    fine   [fake]",
    ]
    assert err == "3 claims: 2 proved, 1 of them trusted: z3 9.9, 1 refuted\n"
    main(["prove", "--trust", "z3", "--json", *claims])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row.get("trusted") for row in rows] == [["z3 9.9"], None, None]
    main(["prove", *claims])
    assert "trusted" not in "".join(capsys.readouterr())


def test_json_has_the_promised_keys_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line, as the claim language's document says, and nothing else on standard
    output.
    """
    main(["prove", "--json", "refute", "fine σ"])
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line) for line in lines] == [
        {
            "claim": "refute",
            "verdict": "refuted",
            "witness": {"x": "0"},
            "reason": "at a point",
            "seconds": 0.25,
        },
        {
            "claim": "fine σ",
            "verdict": "proved",
            "witness": None,
            "reason": "fake",
            "seconds": 0.5,
        },
    ]


FILES = [
    (b"one\ntwo\n", ["one", "two"]),
    (b"one\n\n# remark\n  # remark\n\t two  \nthree", ["one", "two", "three"]),
    (b"\xef\xbb\xbfone\r\ntwo\r\n", ["one", "two"]),
    (b"one\n\xff\xfe\nthree\n", ["one", "\ufffd\ufffd", "three"]),
    ("σ(x) ≤ 1\n".encode(), ["σ(x) ≤ 1"]),
    (b"a\x00b\n", ["a\x00b"]),
    (b"\n# nothing\n", []),
    (b"", []),
]


@pytest.mark.parametrize(("content", "claims"), FILES)
def test_a_file_of_claims_has_one_on_each_line(
    content: bytes, claims: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Blank lines and remarks are skipped, and a bad line costs nothing but itself."""
    file = tmp_path / "claims.txt"
    file.write_bytes(content)
    assert main(["prove", "--json", "--claims", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["claim"] for line in lines] == claims


def test_targets_come_before_the_claims_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both may be given, and one pool judges them."""
    file = tmp_path / "claims.txt"
    file.write_text("second\n", encoding="utf-8")
    assert main(["prove", "first", "--claims", str(file)]) == 0
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["first", "second"]


PRINTABLE = [
    ("x == x", "x == x"),
    ("a\n  == b\t", "a == b"),
    ("\x1b[31mred\x00", r"\x1b[31mred\x00"),
    ("a" * 300, "a" * 200 + "…"),
    (" " * 10**6 + "x", "…"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "shown"), PRINTABLE)
def test_text_is_made_fit_for_one_line(text: str, shown: str) -> None:
    """No claim can write control codes to a terminal, break a line or fill the screen."""
    assert printable(text) == shown


LESSON = """\
```symact
x == x
```

```symact refuted
x == {second}
```
"""


def lesson(folder: Path, second: str) -> Path:
    """A lesson with two blocks, the second of which is to be refuted."""
    path = folder / "lesson.md"
    path.write_text(LESSON.format(second=second), encoding="utf-8")
    return path


def decide_lesson(text: str, timeout: float | None = None) -> Verdict:
    """Refutes x == 0, has doubts about x == 1, proves everything else."""
    del timeout
    if text == "x == 0":
        return Verdict(text, "refuted", "a point", witness={"x": "1"})
    return Verdict(text, "undecided" if text == "x == 1" else "proved", "as it is")


LESSONS = [
    ("0", 0, "6: refuted   x == 0   [at x = 1; a point]"),
    ("1", 3, "6: undecided, expected refuted: x == 1 (as it is)"),
    ("x", 1, "6: proved, expected refuted: x == x (as it is)"),
    ("sigmod(x)", 2, "6: error, expected refuted: x == sigmod(x) (column"),
]


@pytest.mark.parametrize(("second", "code", "line"), LESSONS)
def test_a_lesson_is_held_against_its_fences(  # noqa: PLR0917 - a table's columns, and fixtures
    second: str,
    code: int,
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code and line, with file and line number, say which block is not as announced."""
    monkeypatch.setattr(targets, "decide_and_cross_check", decide_lesson)
    path = lesson(tmp_path, second)
    assert main(["prove", str(path)]) == code
    first, other = capsys.readouterr().out.splitlines()
    assert first == f"{path}:2: proved    x == x   [as it is]"
    assert other.startswith(f"{path}:{line}")


def test_a_bad_target_does_not_keep_the_others_from_being_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The missing lesson is named, the claim is judged, and the code is that of bad input."""
    missing = str(tmp_path / "missing.md")
    assert main(["prove", missing, "fine"]) == 2
    out, err = capsys.readouterr()
    assert out == "proved    fine   [fake]\n"
    assert err == f"error: {missing}: there is no such file or folder\n"


def test_certificates_are_written_for_decided_claims_and_read_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file for each verdict with a certificate, named after claim and place in the batch."""
    folder = tmp_path / "new" / "folder"
    assert main(["prove", "--certificate", str(folder), "x + 1 == y", "doubt", "***"]) == 3
    assert sorted(path.name for path in folder.iterdir()) == ["claim-0003.json", "x-1-y-0001.json"]
    assert certificate_files.read(folder / "x-1-y-0001.json") == ("x + 1 == y", {"version": 1})
    assert main(["prove", "--certificate", "/dev/null/folder", "fine"]) == 2
    assert "Traceback" not in capsys.readouterr().err


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_a_terminal_gets_colours_and_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal: outcome, claim, place of refutation and reason, in colour, and no control
    codes of the claim's.
    """
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main(["prove", "fine [bold]\x1b[2J", "refute", "doubt"]) == 1
    shown = terminal.getvalue()
    for words in ("proved", "refuted", "undecided", r"fine [bold]\x1b[2J", "x = 0", "no strategy"):
        assert words in shown
    assert "\x1b[1;32m" in shown
    assert "\x1b[2J" not in shown


FACTS = [
    (["fine", "refute"], 0),
    (["fine", "doubt"], 3),
    (["refute", "misread"], 2),
]


@pytest.mark.parametrize(("facts", "code"), FACTS)
def test_facts_are_questions_that_any_decision_answers(
    facts: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An activation's name stands for claims about it; refuted is an answer, undecided is none."""
    told = [("topic", fact) for fact in facts]
    monkeypatch.setattr(targets, "_facts", lambda name: told if name == "gelu" else [])
    assert main(["prove", "gelu"]) == code
    lines = capsys.readouterr().out.splitlines()
    wanted = [["gelu:", "topic:", fact] for fact in facts]
    assert [[*line.split()[:2], line.split()[3]] for line in lines] == wanted


DERIVATION = """\
```symact
x + x + 0 == x + x
          == 2*x
```
```symact
x == sigmod(x)
```
```symact refuted
x + 0 == x
      == 0
```
"""


def test_a_derivation_is_shown_step_by_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each step has its line; a block that cannot be read stands between the others, in order."""
    monkeypatch.setattr(targets, "decide_and_cross_check", decide_lesson)
    (tmp_path / "a.md").write_text(DERIVATION, encoding="utf-8")
    assert main(["prove", str(tmp_path)]) == 2
    shown = [line.split(":")[1:] for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in shown] == ["2", "3", "6", "9", "10"]
    assert shown[2][1] == " error, expected proved"
    assert shown[4][1].startswith(" refuted   x == 0")
