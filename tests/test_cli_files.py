"""The commands that need no prover: `symact check`, and `symact list`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symact import certificate_files
from symact.cli import main


def test_a_claim_of_any_length_makes_a_good_file_name() -> None:
    """Names are short, plain, and never hidden files."""
    for claim in ("", "x" * 10**6, "../../etc/passwd", ".", "σ(x) ≤ 1", "-" * 90):
        name = certificate_files.file_name(claim, 7)
        assert name.endswith("-0007.json")
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
        assert len(name) < 80
        assert not name.startswith((".", "-"))


NOT_CERTIFICATES = [
    (b"", "not JSON"),
    (b"{", "not JSON"),
    (b"\xff\xfe\x00", "not JSON"),
    (b"[" * 100_000, "not JSON"),
    (b"[]", "expected a JSON object"),
    (b"{}", "expected the keys"),
    (b'{"claim": 1, "certificate": {}}', "expected the keys"),
    (b'{"claim": "x == x", "certificate": []}', "expected the keys"),
    (b"1" + b"0" * 10_000, "not JSON"),
]


@pytest.mark.parametrize(("content", "message"), NOT_CERTIFICATES)
def test_check_names_what_is_no_certificate(
    content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken file is bad input: code 2, the file's name, a reason, and no traceback."""
    file = tmp_path / "certificate.json"
    file.write_bytes(content)
    assert main(["check", str(file)]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"error: {file}: ")
    assert message in err


def test_check_names_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file, and a folder in its place, are bad input."""
    assert main(["check", "nowhere.json", "tests"]) == 2
    assert "nowhere.json: No such file" in capsys.readouterr().err


CHECKED = [
    (["accept"], 0),
    (["accept", "reject"], 1),
    (["cannot judge", "accept"], 3),
    (["cannot judge", "reject"], 1),
]


@pytest.mark.parametrize(("outcomes", "code"), CHECKED)
def test_check_leaves_with_the_worst_outcome(
    outcomes: list[str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """0 all accepted, 1 some rejected, 3 some not judged; each file has its line."""

    def check_file(path: Path) -> certificate_files.Checked:
        return certificate_files.Checked(path, path.name, "x == x", "because")  # type: ignore[arg-type]

    monkeypatch.setattr(certificate_files, "check_file", check_file)
    assert main(["check", *outcomes]) == code
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == outcomes
    assert all("x == x" in line and "[because]" in line for line in lines)


def test_list_names_every_activation_three_ways(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain, JSON and the terminal's table list the same catalogue."""
    assert main(["list", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert list(rows[0]) == ["name", "title", "aliases", "definition", "parameters"]
    elu = next(row for row in rows if row["name"] == "elu")
    assert elu["parameters"] == ["alpha = 1 where alpha > 0"]
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [row["name"] for row in rows]
    monkeypatch.setattr("symact.cli._is_terminal", lambda _: True)
    assert main(["list"]) == 0
    table = capsys.readouterr().out
    assert all(row["name"] in table for row in rows)
