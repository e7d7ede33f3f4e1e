"""ASCII text to tokens: numbers with their exact values, names, signs.

Above: `grammar`, `reading`. Below: `spelling`, `vocabulary`, `limits`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from symact.language.errors import ClaimError
from symact.language.limits import DIGITS_AT_ONCE, MAX_DIGITS, MAX_NAME, MAX_TOKENS
from symact.language.spelling import Spelled
from symact.language.vocabulary import PYTHON_WORDS

Kind = Literal["number", "name", "string", "sign", "word"]

WORDS_USED: Final = frozenset({"not", "where", "in", "lambda"})
"""The words that join expressions; `True` is read as a name. Python's other words are errors."""

COMPARISONS: Final = frozenset({"==", "!=", "<=", ">=", "<", ">"})

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r]+) | (?P<line>\n[ \t\r\n]*)
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<string>"[+-]"|'[+-]')
    | (?P<sign>\*\*(?!\*)|==(?!=)|!=|<=|>=|>>|[-+@<>()\[\],=:.]|\*(?!\*)|/(?!/))""",
    re.VERBOSE,
)
_LETTER = re.compile("[A-Za-z_]")
_NUMBER = re.compile(r"([0-9]*)\.?([0-9]*)(?:[eE]([+-]?)0*([0-9]*))?")

_HINTS = MappingProxyType(
    {
        "|": ("absolute values are written abs(x); 'or' is not part of the language", "abs(x) < 1"),
        "/": ("'//' is not part of the language", "floor(x/2)"),
        "%": ("'%' is not part of the language", "x/100"),
        "'": ("derivatives are written diff(e, x)", "diff(relu(x), x)"),
        '"': ("text in quotes is not part of the language", 'limit(sign(x), x, 0, "+")'),
        "!": ("'!' is not part of the language", "x != 0"),
        "&": ("conditions are separated by commas", "x > 0, x < 1"),
        ";": ("conditions are separated by commas", "x > 0, x < 1"),
        "{": ("braces are not part of the language", "piecewise((x, x > 0), (0, True))"),
        "\\": ("a line may break inside parentheses", "(x +\n  1)"),
        "*": ("powers are written **", "x**2"),
        "=": ("equality is written ==", "x + x == 2*x"),
    }
)
_WORD_HINTS = MappingProxyType(
    {
        "and": ("write a chain, or separate conditions by commas", "0 < sigmoid(x) < 1"),
        "or": ("a claim is one statement; make it two claims", "x != 0"),
        "if": ("cases are written piecewise", "piecewise((x, x > 0), (0, True))"),
        "else": ("cases are written piecewise", "piecewise((x, x > 0), (0, True))"),
        "is": ("equality is written ==", "x + x == 2*x"),
        "for": ("every free name stands for all real numbers", "x**2 >= 0 where x in Reals"),
    }
)


class Token(NamedTuple):
    """A piece of the text: its kind and spelling, where it stands, its line (from 0)."""

    kind: Kind
    text: str
    start: int
    end: int
    line: int


def tokenise(spelled: Spelled) -> list[Token]:
    """The tokens in order. Fails with ClaimError where none begins, and when there are too many."""
    tokens: list[Token] = []
    place, line, text = 0, 0, spelled.text
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _no_token(spelled, place)
        place, kind = match.end(), match.lastgroup
        if kind == "number" and _LETTER.match(text, place):
            raise _glued(spelled, match)
        if kind == "line":
            line += match.group().count("\n")
        elif kind != "space":
            if len(tokens) == MAX_TOKENS:
                raise spelled.error(
                    match.start(), "the text is too long", f"at most {MAX_TOKENS} parts"
                )
            tokens.append(_token(spelled, match, line))
    return tokens


def _token(spelled: Spelled, match: re.Match[str], line: int) -> Token:
    """The token of a match. Fails with ClaimError for names too long and Python's other words."""
    text, kind = match.group(), match.lastgroup
    start, end = match.span()
    if kind == "name":
        if len(text) > MAX_NAME:
            raise spelled.error(start, "the name is too long", f"at most {MAX_NAME} characters")
        if text in WORDS_USED:
            return Token("word", text, start, end, line)
        if text in PYTHON_WORDS and text != "True":
            reason, example = _WORD_HINTS.get(text, ("choose another name", ""))
            raise spelled.error(
                start, f"'{text}' is not part of the language: {reason}", "", example
            )
        return Token("name", text, start, end, line)
    return Token(
        "number" if kind == "number" else "string" if kind == "string" else "sign",
        text,
        start,
        end,
        line,
    )


def _no_token(spelled: Spelled, place: int) -> ClaimError:
    """The error for a character that begins no token."""
    character = spelled.text[place]
    reason, example = _HINTS.get(character, (f"unexpected character '{character}'", ""))
    return spelled.error(place, reason, "", example)


def _glued(spelled: Spelled, number: re.Match[str]) -> ClaimError:
    """The error for 2x: the letters after a number are told up to their end."""
    after = _TOKEN.match(spelled.text, number.end())
    word = after.group() if after else ""
    message = f"a sign is missing between '{number.group()}' and '{word}'"
    return spelled.error(number.end(), message, "'*'", f"{number.group()}*{word}")


def exact(spelled: Spelled, token: Token) -> Fraction:
    """The rational number that a token writes. Fails with ClaimError past MAX_DIGITS digits."""
    match = _NUMBER.fullmatch(token.text)
    if match is None:  # the pattern of the tokens lets nothing else through
        raise spelled.error(token.start, "this number cannot be read")
    whole, decimals, sign, exponent = (group or "" for group in match.groups())
    if len(whole) + len(decimals) > MAX_DIGITS or len(exponent) > len(str(MAX_DIGITS)):
        raise _too_long(spelled, token)
    shift = int(exponent or "0")
    scale = (-shift if sign == "-" else shift) - len(decimals)
    digits = _integer(whole + decimals)
    return Fraction(digits * 10**scale) if scale >= 0 else Fraction(digits, 10**-scale)


def _integer(digits: str) -> int:
    """The number that the digits write."""
    value = 0
    for start in range(0, len(digits), DIGITS_AT_ONCE):
        chunk = digits[start : start + DIGITS_AT_ONCE]
        value = value * 10 ** len(chunk) + int(chunk)
    return value


def _too_long(spelled: Spelled, token: Token) -> ClaimError:
    return spelled.error(
        token.start,
        "the number is too long",
        f"at most {MAX_DIGITS} digits when written out",
        "1e-9",
    )
