"""The order of tokens: brackets match, values and signs come in turn; if not, our words say so.

After `check` the text is an expression of Python by construction, small enough for `ast.parse`.
Above: `reading`, `parser`. Below: `tokens`, `limits`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from symact.language.errors import ClaimError
from symact.language.limits import MAX_NESTING, MAX_PARAMETERS, MAX_POSTFIX
from symact.language.spelling import Spelled
from symact.language.tokens import COMPARISONS, Token

_OPENERS: Final = {"(": ")", "[": "]"}
_BINARY: Final = COMPARISONS | {"+", "-", "*", "/", "**", "@", ">>"}


def depths(spelled: Spelled, tokens: Sequence[Token]) -> list[int]:
    """The number of brackets open around each token. Fails with ClaimError when unmatched."""
    stack: list[Token] = []
    result = []
    for token in tokens:
        if token.text in (")", "]"):
            if not stack:
                raise spelled.error(
                    token.start, f"'{token.text}' closes nothing", "an opening bracket before it"
                )
            opener = stack.pop()
            if _OPENERS[opener.text] != token.text:
                raise spelled.error(
                    token.start,
                    f"'{opener.text}' is closed by '{token.text}'",
                    f"'{_OPENERS[opener.text]}'",
                )
        result.append(len(stack))
        if token.text in _OPENERS:
            stack.append(token)
            if len(stack) > MAX_NESTING:
                raise _too_deep(spelled, token)
    if stack:
        raise spelled.error(
            stack[-1].start, f"'{stack[-1].text}' is never closed", f"'{_OPENERS[stack[-1].text]}'"
        )
    return result


def check(spelled: Spelled, tokens: Sequence[Token], end: int) -> None:
    """Values and signs come in turn, commas where they belong, nothing nests too deeply.

    `end` is the place an error points at when the text stops too early. Fails with ClaimError.
    """
    _Checker(spelled, tokens, end).run()


def _too_deep(spelled: Spelled, token: Token) -> ClaimError:
    return spelled.error(token.start, "nested too deeply", f"at most {MAX_NESTING} levels")


class _Level:
    """One open bracket: its kind, and what is pending inside it."""

    __slots__ = ("kind", "pending", "postfix")

    def __init__(self, kind: str) -> None:
        self.kind = kind  # "top" | "(" | "call" | "[" | "index"
        self.pending = 0  # signs and powers waiting for their operand
        self.postfix = 0  # calls and indices on the value at hand


class _Checker:
    """A pushdown automaton: `levels` are the open brackets; a value or a sign is due."""

    def __init__(self, spelled: Spelled, tokens: Sequence[Token], end: int) -> None:
        self.spelled = spelled
        self.tokens = tokens
        self.end = end
        self.place = 0
        self.levels = [_Level("top")]
        self.pending = 0  # over all levels

    def run(self) -> None:
        """Read alternately a value and what may follow it."""
        while True:
            self.value()
            if not self.follow():
                return

    def fail(
        self, token: Token | None, message: str, expected: str = "", example: str = ""
    ) -> ClaimError:
        """The error at a token, or at the end of the text."""
        return self.spelled.error(token.start if token else self.end, message, expected, example)

    def next(self) -> Token | None:
        """The token at hand, or None at the end; moves on."""
        self.place += 1
        return self.tokens[self.place - 1] if self.place <= len(self.tokens) else None

    def deepen(self, token: Token) -> None:
        """One more thing waits for its end."""
        self.levels[-1].pending += 1
        self.pending += 1
        self.bound(token)

    def bound(self, token: Token) -> None:
        """Brackets and pending signs together stay below the limit."""
        if len(self.levels) + self.pending > MAX_NESTING + 1:
            raise _too_deep(self.spelled, token)

    def settle(self) -> None:
        """Pending signs of this level have their operand."""
        self.pending -= self.levels[-1].pending
        self.levels[-1].pending = 0

    def value(self) -> None:
        """Signs and opening brackets, then a number, name or string."""
        while True:
            token = self.next()
            if token is None:
                raise self.fail(None, "something is missing here", "a value")
            if token.kind in ("number", "name", "string"):
                self.levels[-1].postfix = 0
                return
            if token.text in ("+", "-"):
                self.deepen(token)
            elif token.text in _OPENERS:
                self.levels[-1].postfix = 0
                self.open(token.text, token)
            elif token.text == "lambda":
                self.parameters(token)
            else:
                raise self.no_value(token)

    def open(self, kind: str, token: Token) -> None:
        """An opening bracket; something must stand in it."""
        self.levels.append(_Level(kind))
        self.bound(token)
        following = self.tokens[self.place]  # brackets match, so there is one
        if following.text in (")", "]"):
            raise self.fail(
                following,
                f"nothing stands between '{token.text}' and '{following.text}'",
                "a value",
            )

    def no_value(self, token: Token) -> ClaimError:
        """A value is due, and `token` cannot begin one."""
        if token.text == "not":
            return self.fail(token, "'not' can only begin a claim", "a value", "not odd(relu)")
        if token.text == "where":
            return self.fail(
                token, "'where' stands once, after the statement", "a value", "1/x > 0 where x > 0"
            )
        before = self.tokens[self.place - 2].text if self.place > 1 else ""
        after = f" after '{before}'" if before else ""
        return self.fail(token, f"unexpected '{token.text}'{after}", "a value")

    def parameters(self, token: Token) -> None:
        """lambda x, y: with distinct plain names, where an argument or the text begins."""
        if self.place > 1 and self.tokens[self.place - 2].text not in ("(", "[", ",", "="):
            raise self.fail(
                token, "a lambda stands in parentheses here", "'('", "relu == (lambda x: max(0, x))"
            )
        names: set[str] = set()
        while True:
            name, mark = self.next(), self.next()
            if name is None or name.kind != "name" or mark is None or mark.text not in (",", ":"):
                raise self.fail(
                    token, "'lambda' needs names and a colon", "lambda x: …", "lambda x: x**2"
                )
            if name.text in names:
                raise self.fail(name, f"'{name.text}' is a parameter twice", "different names")
            names.add(name.text)
            if len(names) > MAX_PARAMETERS:
                raise self.fail(name, "too many parameters", f"at most {MAX_PARAMETERS}")
            if mark.text == ":":
                return

    def follow(self) -> bool:
        """What may stand after a value; True when a value is due again, False at the end."""
        while (token := self.next()) is not None:
            if token.text in _BINARY or token.text == "in":
                self.operator(token)
                return True
            if token.text == "," and self.levels[-1].kind != "top":
                self.comma(token)
                return True
            if token.text == "=":
                self.keyword(token)
                return True
            if token.text in _OPENERS:
                self.postfix(token)
                return True
            if token.text in (")", "]"):
                self.settle()
                self.levels.pop()
            elif token.text == ".":
                self.attribute(token)
            else:
                raise self.no_sign(token)
        return False

    def operator(self, token: Token) -> None:
        """A binary operator: powers wait for their end, before others all signs have theirs."""
        if token.text == "**":
            self.deepen(token)
        else:
            self.settle()

    def comma(self, token: Token) -> None:
        """A comma ends an argument or entry."""
        if self.levels[-1].kind == "index":
            raise self.fail(token, "an index is one number", "']'", "A[0][1]")
        self.settle()

    def keyword(self, token: Token) -> None:
        """name=value, in a call only."""
        index = self.place - 1
        in_call = self.levels[-1].kind == "call" and index >= 2
        if not (
            in_call
            and self.tokens[index - 1].kind == "name"
            and self.tokens[index - 2].text in ("(", ",")
        ):
            raise self.fail(token, "equality is written ==", "'=='", "x + x == 2*x")

    def postfix(self, token: Token) -> None:
        """A call or an index right after a value."""
        before = self.tokens[self.place - 2]
        if before.kind in ("number", "string"):
            raise self.fail(
                token,
                "only functions are called, only lists have entries",
                "a sign",
                f"{before.text}*(x + 1)",
            )
        level = self.levels[-1]
        level.postfix += 1
        if level.postfix > MAX_POSTFIX:
            raise self.fail(token, "too many brackets in a row", f"at most {MAX_POSTFIX}")
        self.open("call" if token.text == "(" else "index", token)

    def attribute(self, token: Token) -> None:
        """Interval.open and its kin are the only dots."""
        before, after = self.tokens[self.place - 2], self.next()
        if (
            before.text != "Interval"
            or after is None
            or after.text not in ("open", "Lopen", "Ropen")
        ):
            raise self.fail(
                token,
                "a dot has no meaning here",
                "Interval.open, .Lopen or .Ropen",
                "x in Interval.open(0, 1)",
            )

    def no_sign(self, token: Token) -> ClaimError:
        """A value has ended, and `token` cannot follow it."""
        before = self.tokens[self.place - 2]
        if token.text == ",":
            return self.fail(
                token,
                "a comma stands between arguments or after 'where'",
                "one claim",
                "x > 0 where x > 1, x < 2",
            )
        if token.text in ("not", "where"):
            return self.no_value(token)
        if token.kind in ("number", "name") and before.kind == "number":
            return self.fail(
                token,
                f"a sign is missing between '{before.text}' and '{token.text}'",
                "'*'",
                f"{before.text}*{token.text}",
            )
        return self.fail(
            token, f"unexpected '{token.text}' after '{before.text}'", "a sign, as + or =="
        )
