"""Collecting claims from Markdown: every block is found where it stands, and what is nearly one is
an error.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from symact.lessons.collect import Block, LessonError, Step, blocks_of, collect

LESSON = """\
# A lesson

Some words, `symact` among them.

```symact
x + x == 2*x
```

```python
assert False  # no business of ours
```

- in a list:

  ```symact refuted
  relu(x) == x
  ```

> in a quotation:
>
> ~~~ symact   undecided
> x < x + 1
> ~~~

````markdown
```symact
this is shown, not claimed
```
````
"""

DERIVATION = """\
```symact
x*(x + 1) == x*x + x
          == x**2 + x
```
"""


def write(folder: Path, text: str | bytes, name: str = "lesson.md") -> Path:
    """A lesson with this text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_block_is_found_with_line_and_expectation(tmp_path: Path) -> None:
    """Blocks in lists and quotations count, other languages and quoted fences do not."""
    file = write(tmp_path, LESSON)
    assert blocks_of(file) == [
        Block(file, 5, "proved", (Step(6, "x + x == 2*x"),)),
        Block(file, 15, "refuted", (Step(16, "relu(x) == x"),)),
        Block(file, 21, "undecided", (Step(22, "x < x + 1"),)),
    ]


def test_line_endings_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    """A lesson written on another system has the same blocks on the same lines."""
    plain = [block.steps for block in blocks_of(write(tmp_path, LESSON))]
    for text in (LESSON.replace("\n", "\r\n"), LESSON.replace("\n", "\r")):
        other = write(tmp_path, b"\xef\xbb\xbf" + text.encode(), "other.md")
        assert [block.steps for block in blocks_of(other)] == plain


def test_a_derivation_has_a_step_for_each_adjacent_pair(tmp_path: Path) -> None:
    """Two signs make two steps, each on a line of the block."""
    (block,) = blocks_of(write(tmp_path, DERIVATION))
    assert [step.line for step in block.steps] == [2, 3]
    assert not any(step.error for step in block.steps)


def test_a_claim_that_cannot_be_read_is_a_step_with_an_error(tmp_path: Path) -> None:
    """The parser's message is kept, with the line in the file, and the other blocks are read."""
    bad, good = blocks_of(write(tmp_path, "```symact\nx == sigmod(x)\n```\n" + DERIVATION))
    (step,) = bad.steps
    assert (step.line, step.claim) == (2, "x == sigmod(x)")
    assert step.error.startswith("column ")
    assert "sigmoid" in step.error
    assert len(good.steps) == 2


WRONG = [
    ("```symact proven\nx == x\n```\n", r"lesson\.md:1: the fence says 'symact proven'"),
    ("\n```symact refuted undecided\nx == x\n```\n", r"lesson\.md:2: the fence says"),
    ("```symact,refuted\nx == x\n```\n", r"lesson\.md:1: the fence says"),
    ("```Symact\nx == x\n```\n", r"lesson\.md:1: the fence says"),
    ("```symact\n\n```\n", r"lesson\.md:1: this block holds no claim"),
    ("```symact\n# only a remark\n```\n", r"lesson\.md:1: this block holds no claim"),
    ("```symact\n```\n", r"lesson\.md:1: this block holds no claim"),
    ("```symact\nx == x\n", r"lesson\.md:1: this fence is never closed"),
    ("```symact\nx == x\n\nand so on to the end", r"lesson\.md:1: this fence is never closed"),
    ("```symact", r"lesson\.md:1: this fence is never closed"),
    (b"```symact\nx == \xff\n```\n", r"lesson\.md: not UTF-8 at byte 15"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_wrong_lesson_is_an_error_with_its_place(
    text: str | bytes, message: str, tmp_path: Path
) -> None:
    """Nothing that may have been meant as a claim is passed over in silence."""
    with pytest.raises(LessonError, match=message):
        blocks_of(write(tmp_path, text))


def test_a_folder_gives_its_lessons_in_order(tmp_path: Path) -> None:
    """Files are sorted, folders within are searched, hidden ones are not."""
    for name in ("b.md", "a/z.md", "notes.txt", ".hidden/c.md"):
        write(tmp_path, DERIVATION, name)
    write(tmp_path, "# No claims here\n", "README.md")
    assert [block.file.name for block in collect(tmp_path)] == ["z.md", "b.md"]


EMPTY: list[tuple[dict[str, str], str]] = [
    ({}, "no lesson"),
    ({"notes.txt": DERIVATION}, "no lesson"),
    ({".hidden/a.md": DERIVATION}, "no lesson"),
    ({"a.md": "words", "b.md": ""}, "no block of language symact"),
]


@pytest.mark.parametrize(("files", "message"), EMPTY)
def test_a_folder_without_claims_is_an_error(
    files: dict[str, str], message: str, tmp_path: Path
) -> None:
    """A collector that finds nothing says so."""
    for name, text in files.items():
        write(tmp_path, text, name)
    with pytest.raises(LessonError, match=message):
        collect(tmp_path)


def test_a_missing_or_unreadable_file_is_an_error(tmp_path: Path) -> None:
    """A path that is not there, or is a folder called like a lesson, is named."""
    (tmp_path / "folder.md").mkdir()
    for name in ("nowhere.md", "folder.md"):
        with pytest.raises(LessonError, match=name):
            blocks_of(tmp_path / name)
