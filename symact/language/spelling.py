"""Unicode spellings to ASCII, with the way back: every character knows where it was typed.

Above: `tokens`. Below: `errors`, `limits`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from symact.language.errors import ClaimError
from symact.language.limits import MAX_LENGTH, MAX_TOKENS

GREEK: Final = MappingProxyType(
    dict(
        zip(
            "αβγδεζηθικλμνξορτυφχψωϵϑϕµΓΔ∆ΘΛΞΠΣΥΦΨΩ",
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda_ mu nu xi omicron "
            "rho tau upsilon phi chi psi omega epsilon theta phi mu Gamma Delta Delta Theta "
            "Lambda Xi Pi_ Sigma Upsilon Phi Psi Omega".split(),
            strict=True,
        )
    )
)
"""Letters that are names. lambda is a word of Python and Pi looks like pi: so an underscore."""

WORDS: Final = MappingProxyType(
    {"σ": "sigmoid", "π": "pi", "∞": "oo", "ℝ": "Reals", "ℕ": "Naturals", "ℤ": "Integers"}
)
SIGNS: Final = MappingProxyType(
    {
        "^": "**",
        "≤": "<=",
        "⩽": "<=",
        "≥": ">=",
        "⩾": ">=",
        "≠": "!=",
        "∈": " in ",
        "¬": " not ",
    }
)
ONE_TO_ONE: Final = str.maketrans(
    "−–·⋅∙×∗÷\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", "--*****/" + " " * 8
)
SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ", "0123456789-n")
SUBSCRIPTS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
HINTS: Final = MappingProxyType(
    {
        "∑": "sum(v)",
        "ᵀ": "transpose(A)",
        "≈": "abs(x - y) < 1/100",
        "∘": "f >> g, which feeds f into g",
        "→": "lambda x: x**2",
        "±": "two claims, one for each sign",
        "∫": "integral(e, x, a, b)",
        "∂": "diff(e, x)",
        "“": '"+"',
        "”": '"+"',
    }
)

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
_PIECE = re.compile(
    "(?P<remark>#[^\n]*)|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|⁻?ⁿ)|(?P<index>[₀₁₂₃₄₅₆₇₈₉]+)"
    "|(?P<root>√)|[\\^]|[^\x00-\x7f]"
)
_ROOT_OPERAND = re.compile(
    f"[A-Za-z_][A-Za-z0-9_]*|[0-9]+(?:\\.[0-9]+)?|[{''.join(GREEK)}π]", re.ASCII
)
_LETTER = re.compile(f"[A-Za-z0-9_₀₁₂₃₄₅₆₇₈₉{''.join(GREEK)}{''.join(WORDS)}]")
_BINDS_TIGHTER = re.compile(r"[ \t]*(?:\^|\*\*|[(\[⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ])")


@dataclass(frozen=True)
class Spelled:
    """The ASCII text, where each of its characters (and its end) was typed, the remarks by line."""

    original: str
    text: str
    origins: tuple[int, ...]
    remarks: Mapping[int, str]

    def error(self, index: int, message: str, expected: str = "", example: str = "") -> ClaimError:
        """The error that points at character `index` of the ASCII text, as it was typed."""
        return error_at(self.original, self.origins[index], message, expected, example)

    def excerpt(self, start: int, end: int) -> str:
        """What was typed for the characters from start to end: on one line, without remarks."""
        typed = self.original[self.origins[start] : self.origins[end - 1] + 1]
        return " ".join(re.sub("#[^\n]*", " ", typed).split())


def error_at(
    original: str, place: int, message: str, expected: str = "", example: str = ""
) -> ClaimError:
    """The error at character `place` of the text as typed: line and column count from 1."""
    line = original.count("\n", 0, place) + 1
    column = place - (original.rfind("\n", 0, place) + 1) + 1
    return ClaimError(message, line, column, expected, example)


def spell(text: str) -> Spelled:
    """The text in ASCII; `#` remarks are taken out.

    Fails with ClaimError when the text is too long, holds characters that have no meaning here or
    cannot be seen, or letters run into each other so that reading them would be a guess.
    """
    if len(text) > MAX_LENGTH:
        raise error_at(
            text, MAX_LENGTH, f"the text has {len(text)} characters", f"at most {MAX_LENGTH}"
        )
    if bad := _FORBIDDEN.search(text):
        raise error_at(text, bad.start(), f"character U+{ord(bad.group()):04X} cannot be read")
    return _Speller(text).run()


class _Speller:
    """One pass over the text; `out` and `origins` grow together."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.text = text.translate(ONE_TO_ONE)
        self.out: list[str] = []
        self.origins: list[int] = []
        self.remarks: dict[int, str] = {}
        self.line, self.counted = 0, 0  # of the place up to which lines are counted

    def run(self) -> Spelled:
        """Copy what is ASCII, translate the rest."""
        place = count = 0
        while piece := _PIECE.search(self.text, place):
            count += 1
            if count > 2 * MAX_TOKENS:  # a name in Greek with its index is two
                raise self.error(
                    piece.start(), "the text is too long", f"at most {MAX_TOKENS} parts"
                )
            self.copy(place, piece.start())
            place = self.translate(piece)
        self.copy(place, len(self.text))
        origins = (*self.origins, len(self.text))
        return Spelled(self.original, "".join(self.out), origins, MappingProxyType(self.remarks))

    def copy(self, start: int, end: int) -> None:
        """ASCII stands for itself."""
        self.out.append(self.text[start:end])
        self.origins.extend(range(start, end))

    def emit(self, spelling: str, start: int, end: int) -> None:
        """`spelling` stands for the characters from start to end."""
        self.out.append(spelling)
        self.origins.extend([start] * (len(spelling) - 1) + [end - 1])

    def translate(self, piece: re.Match[str]) -> int:
        """Write the ASCII of one piece; return where to go on."""
        start, typed = piece.start(), piece.group()
        if typed in SIGNS:
            self.emit(SIGNS[typed], start, start + 1)
            return start + 1
        if piece["remark"]:
            self.line += self.text.count("\n", self.counted, start)
            self.counted = start
            self.remarks[self.line] = typed[1:].strip()
            return piece.end()
        if piece["power"]:
            return self.power(start, typed)
        if piece["index"]:
            return self.index(start, typed)
        if piece["root"]:
            return self.root(start)
        return self.word(start)

    def power(self, start: int, typed: str) -> int:
        """x² -> x**2 ; an exponent in small print ends there, whatever follows."""
        end = start + len(typed)
        if after := _BINDS_TIGHTER.match(self.text, end):
            raise self.error(
                after.end() - 1, f"what does '{typed}' apply to here?", "parentheses", "(x²)**3"
            )
        exponent = typed.translate(SUPERSCRIPTS)
        self.emit(f"**({exponent})" if exponent[0] == "-" else f"**{exponent} ", start, end)
        return end

    def index(self, start: int, typed: str) -> int:
        """x₁ -> x1 ; small digits belong to the name before them."""
        before = self.text[start - 1 : start]
        if not (before in GREEK or (before.isascii() and (before.isalnum() or before == "_"))):
            raise self.error(start, f"'{typed}' has no name before it", "a name", "x₁")
        self.emit(typed.translate(SUBSCRIPTS), start, start + len(typed))
        return start + len(typed)

    def root(self, start: int) -> int:
        """√(…) -> sqrt(…), √x -> sqrt(x): without parentheses, one name or number."""
        self.apart(start)
        inside = start + 1
        if self.text[inside : inside + 1] == "(":
            self.emit("sqrt", start, inside)
            return inside
        operand = _ROOT_OPERAND.match(self.text, inside)
        if operand is None:
            raise self.error(
                start, "what is under the root?", "a name, a number or parentheses", "√(x + 1)"
            )
        end = operand.end()
        if _LETTER.match(self.text, end) or _BINDS_TIGHTER.match(self.text, end):
            raise self.error(end, "how far does the root reach?", "parentheses", "√(x**2)")
        self.emit("sqrt(", start, inside)
        if operand.group().isascii():
            self.copy(inside, end)
        else:
            self.emit({**GREEK, **WORDS}[operand.group()], inside, end)
        self.emit(")", end - 1, end)
        return end

    def word(self, start: int) -> int:
        """Greek letters and symbols that are words; they may not run into other letters."""
        typed = self.text[start]
        if typed not in GREEK and typed not in WORDS:
            raise self.error(start, f"unexpected character '{typed}'", example=HINTS.get(typed, ""))
        self.apart(start)
        after = self.text[start + 1 : start + 2]
        tail = typed in GREEK and after.isascii() and (after.isdigit() or after == "_")
        if not tail and not (typed in GREEK and after in "₀₁₂₃₄₅₆₇₈₉") and _LETTER.match(after):
            raise self.error(
                start + 1, f"'{typed}' runs into '{after}'", "a sign between them", f"{typed}*x"
            )
        spelling = GREEK.get(typed) or WORDS[typed]
        self.emit(spelling.rstrip("_") if after == "_" else spelling, start, start + 1)
        return start + 1

    def apart(self, start: int) -> None:
        """A word may not begin right after a letter or digit."""
        if start and _LETTER.match(before := self.text[start - 1]):
            typed = self.text[start]
            raise self.error(
                start, f"'{before}' runs into '{typed}'", "a sign between them", f"{before}*{typed}"
            )

    def error(self, place: int, message: str, expected: str = "", example: str = "") -> ClaimError:
        """The error at a place of the text as typed."""
        return error_at(self.original, place, message, expected, example)
